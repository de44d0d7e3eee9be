import { PanelRegistered, type Panel, type PanelSupply, type Place } from '@siaga/contracts';
import { column, defineRegister, oneOf, optional, place, text, whole, type RowOf } from '@siaga/registers';
import { defineCollection, stateOf } from '@siaga/store';
import { feederKind } from '../feeders/feeder-kind.ts';
import { idColumn, idpelColumn, idText, kelurahanOf, roadColumn } from '../register/columns.ts';
import { defineKind } from '../register/kind.ts';
import { exerciseIndex, registrationFields, type Registered } from '../register/registration.ts';

type PanelDocument = Omit<Panel, 'panelId'> & Registered & { kelurahanCode?: string | undefined };

/** Panels; `_id` is the panelId. */
const panels = defineCollection<PanelDocument>({
  name: 'street_panels',
  fields: {
    supply: { type: String, required: true },
    idpel: String,
    feederId: String,
    road: String,
    place: { type: { lat: Number, lng: Number }, default: undefined, _id: false },
    contractedVa: Number,
    tariff: String,
    kelurahanCode: String,
    ...registrationFields,
  },
  indexes: [exerciseIndex, { name: 'idpel', fields: { idpel: 1 } }, { name: 'feeder', fields: { feederId: 1 } }],
  state: stateOf(PanelRegistered, ({ _id, supply, idpel, feederId, road, place: where, ...rest }) => {
    const { contractedVa, tariff, kelurahanCode, changedAtMs } = rest;
    const known = { supply, idpel, feederId, road, place: where, contractedVa, tariff, kelurahanCode };
    return { panelId: _id, ...known, changedAtMs };
  }),
});

const supplies: Record<PanelSupply, readonly [string, ...string[]]> = {
  metered: ['Meter', 'bermeter', 'kwh meter', 'meterisasi', 'pascabayar'],
  estimated: ['Taksasi', 'tanpa meter', 'non meter', 'langganan', 'abonemen', 'lumpsum'],
  solar: ['Surya', 'tenaga surya', 'solar', 'PJUTS'],
};

const sheet = defineRegister({
  name: 'panel',
  key: 'panelId',
  columns: {
    panelId: idColumn(
      { id: 'ID Panel', en: 'Panel ID', aliases: ['panel', 'kode panel', 'app', 'box app', 'id app', 'no panel'] },
      'APP-001',
    ),
    supply: column({
      headings: { id: 'Pasokan', en: 'Supply', aliases: ['jenis pasokan', 'pengukuran', 'jenis pengukuran', 'sumber'] },
      parse: oneOf(supplies),
      write: (supply: PanelSupply) => supplies[supply][0],
      example: 'Meter',
      explanation: 'Meter (PLN membaca meter), Taksasi (PLN memperkirakan), atau Surya.',
    }),
    idpel: idpelColumn('Nomor pelanggan PLN, 12 angka. Beberapa panel boleh memakai satu IDPEL.'),
    feederId: optional({
      headings: { id: 'Penyulang', en: 'Feeder', aliases: ['id penyulang', 'kode penyulang', 'feeder'] },
      parse: idText,
      example: 'PLG',
      explanation: 'ID penyulang PLN. Kosongkan bila tidak tahu.',
    }),
    road: roadColumn,
    place: optional({
      headings: {
        id: 'Koordinat',
        en: 'Place',
        aliases: ['lokasi peta', 'titik koordinat', 'tautan peta', 'google maps'],
      },
      parse: place(),
      write: ({ lat, lng }: Place) => `${String(lat)}, ${String(lng)}`,
      example: '-7.7551, 113.1910',
      explanation: 'Lintang, bujur; atau tempel tautan Google Maps.',
    }),
    contractedVa: optional({
      headings: { id: 'Daya Kontrak (VA)', en: 'Contracted (VA)', aliases: ['daya', 'daya kontrak', 'daya terpasang'] },
      parse: whole({ min: 100, max: 1_000_000, units: { va: 1, kva: 1000 } }),
      example: '7700',
      explanation: 'Daya tersambung menurut kontrak PLN, dalam VA.',
    }),
    tariff: optional({
      headings: { id: 'Tarif', en: 'Tariff', aliases: ['golongan tarif', 'gol tarif'] },
      parse: text({ max: 40 }),
      example: 'P3/TR',
      explanation: 'Golongan tarif PLN.',
    }),
  },
});
type PanelRow = RowOf<typeof sheet.columns>;

/** The register of panels. */
export const panelKind = defineKind({
  ...{ name: 'street.panels', collection: panels, key: ['panelId'], sheet },
  searched: ['_id', 'idpel', 'road'],
  optional: ['idpel', 'feederId', 'road', 'place', 'contractedVa', 'tariff', 'kelurahanCode'],
  parent: { field: 'feederId', kind: feederKind },
  thingOf: (row) => row,
  rowOf: (panel) => {
    const { panelId, supply, idpel, feederId, road, place: where, contractedVa, tariff } = panel as Panel;
    return { panelId, supply, idpel, feederId, road, place: where, contractedVa, tariff } satisfies PanelRow;
  },
  computed: (panel) => kelurahanOf((panel as Partial<Panel>).place),
});
