import type { LampKind } from '@siaga/contracts';
import { column, date, decimal, defineRegister, oneOf, optional, text, whole, type RowOf } from '@siaga/registers';
import { idColumn, idpelColumn, idText, placeColumns, roadColumn } from '../register/columns.ts';

const sources: Record<LampKind, readonly [string, ...string[]]> = {
  grid: ['PLN', 'jaringan', 'listrik PLN'],
  solar: ['Surya', 'tenaga surya', 'solar', 'solar cell', 'PJUTS'],
};

/** The register of lamps as Dishub keeps it in a spreadsheet; an export of a smart PJU system (SALJU) is read as it is. */
export const lampSheet = defineRegister({
  name: 'lampu',
  key: 'lampId',
  columns: {
    lampId: idColumn(
      {
        id: 'ID Lampu',
        en: 'Lamp ID',
        aliases: ['id titik', 'kode lampu', 'kode titik', 'id pju', 'kode pju', 'no pju'],
      },
      'PJU-0142',
    ),
    poleNumber: optional({
      headings: {
        id: 'No Tiang',
        en: 'Pole Number',
        aliases: ['nomor tiang', 'tiang', 'kode tiang', 'id tiang', 'pole'],
      },
      parse: text({ max: 40 }),
      example: 'PLG/12/A',
      explanation: 'Nomor pada tiang.',
    }),
    panelId: optional({
      headings: {
        id: 'Panel',
        en: 'Panel',
        aliases: ['id panel', 'kode panel', 'app', 'box app', 'id app', 'no panel'],
      },
      parse: idText,
      example: 'APP-001',
      explanation: 'ID panel (box APP) yang memberinya listrik. Kosongkan bila tidak tahu.',
    }),
    idpel: idpelColumn('Nomor pelanggan PLN panelnya, 12 angka: panel yang belum terdaftar didaftarkan dengannya.'),
    watt: column({
      headings: { id: 'Daya (W)', en: 'Power (W)', aliases: ['daya', 'watt', 'daya lampu', 'wattage', 'daya watt'] },
      parse: whole({ min: 1, max: 3000, units: { w: 1, watt: 1 } }),
      example: '90',
      explanation: 'Daya lampu menurut labelnya, dalam watt.',
    }),
    road: roadColumn,
    ...placeColumns,
    kind: optional({
      headings: { id: 'Sumber Listrik', en: 'Source', aliases: ['sumber', 'pasokan', 'sumber daya', 'jenis sumber'] },
      parse: oneOf(sources),
      write: (kind: LampKind) => sources[kind][0],
      example: 'PLN',
      explanation: 'PLN atau Surya. Kosong berarti PLN.',
    }),
    ballastFactor: optional({
      headings: { id: 'Faktor Ballast', en: 'Ballast Factor', aliases: ['ballast'] },
      parse: decimal({ min: 1, max: 1.5 }),
      example: '1,1',
      explanation: 'Tambahan daya oleh ballast: 1,1 berarti 10 % lebih. Kosong berarti 1.',
    }),
    installedOn: optional({
      headings: { id: 'Tanggal Pasang', en: 'Installed', aliases: ['terpasang', 'tgl pasang', 'tanggal pemasangan'] },
      parse: date(),
      example: '21/11/2026',
      explanation: 'Sejak kapan terpasang.',
    }),
  },
});

export type LampRow = RowOf<typeof lampSheet.columns>;
