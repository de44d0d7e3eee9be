import type { MeterReading } from '@siaga/contracts';
import { column, date, decimal, defineRegister, optional, type RowOf } from '@siaga/registers';
import { defineCollection } from '@siaga/store';
import { panelKind } from '../panels/panel-kind.ts';
import { idText, yesOrNo } from '../register/columns.ts';
import { defineKind } from '../register/kind.ts';
import { exerciseIndex, registrationFields, type Registered } from '../register/registration.ts';

type ReadingDocument = MeterReading & Registered;

/** Stands of meters; `_id` is `panelId@day`. */
const readings = defineCollection<ReadingDocument>({
  name: 'street_readings',
  fields: {
    panelId: { type: String, required: true },
    day: { type: String, required: true },
    kwhTotal: { type: Number, required: true },
    replaced: { type: Boolean, required: true },
    closingKwh: Number,
    ...registrationFields,
  },
  indexes: [exerciseIndex, { name: 'panel', fields: { panelId: 1 } }, { name: 'day', fields: { day: 1 } }],
});

const stand = decimal({ min: 0, max: 1_000_000_000, units: { kwh: 1 } });

const sheet = defineRegister({
  name: 'stand meter',
  key: ['panelId', 'day'],
  columns: {
    panelId: column({
      headings: {
        id: 'Panel',
        en: 'Panel',
        aliases: ['id panel', 'kode panel', 'app', 'box app', 'id app', 'no panel'],
      },
      parse: idText,
      example: 'APP-001',
      explanation: 'ID panel yang meternya dibaca.',
    }),
    day: column({
      headings: { id: 'Tanggal', en: 'Day', aliases: ['tanggal baca', 'tgl', 'tgl baca', 'tanggal catat'] },
      parse: date(),
      example: '1/11/2026',
      explanation: 'Tanggal meter dibaca; satu kali sehari.',
    }),
    kwhTotal: column({
      headings: {
        id: 'Stand (kWh)',
        en: 'Stand (kWh)',
        aliases: ['stand', 'stan', 'stand meter', 'angka meter', 'kwh'],
      },
      parse: stand,
      example: '107010',
      explanation: 'Angka pada meter. Untuk meter baru: angka awalnya.',
    }),
    replaced: optional({
      headings: { id: 'Meter Baru', en: 'New Meter', aliases: ['ganti meter', 'meter diganti', 'penggantian'] },
      parse: yesOrNo,
      write: (isNew: boolean) => (isNew ? 'ya' : 'tidak'),
      example: 'tidak',
      explanation: 'ya bila sejak hari itu tergantung meter baru.',
    }),
    closingKwh: optional({
      headings: {
        id: 'Stand Terakhir Meter Lama',
        en: 'Last Stand of Old Meter',
        aliases: ['stand meter lama', 'stand bongkar'],
      },
      parse: stand,
      example: '106950',
      explanation: 'Angka terakhir meter yang diturunkan. Kosong bila tidak dibaca.',
    }),
  },
});
type ReadingRow = RowOf<typeof sheet.columns>;

/** The register of stands of meters. */
export const readingKind = defineKind({
  ...{ name: 'street.readings', collection: readings, key: ['panelId', 'day'], sheet },
  searched: ['_id'],
  optional: ['closingKwh'],
  parent: { field: 'panelId', kind: panelKind, isRecord: true },
  thingOf: (row) => ({ ...row, replaced: (row as Partial<MeterReading>).replaced ?? false }),
  rowOf: (reading) => {
    const { panelId, day, kwhTotal, replaced, closingKwh } = reading as MeterReading;
    return { panelId, day, kwhTotal, closingKwh, ...(replaced ? { replaced } : {}) } satisfies ReadingRow;
  },
});
