import { ControllerRegistered, StreetThing, type Controller, type ControllerProtocol } from '@siaga/contracts';
import { column, defineRegister, oneOf, optional, whole, type CellParser, type RowOf } from '@siaga/registers';
import { defineCollection, stateOf } from '@siaga/store';
import { idColumn } from '../register/columns.ts';
import { defineKind } from '../register/kind.ts';
import { exerciseIndex, registrationFields, type Registered } from '../register/registration.ts';

type ControllerDocument = Omit<Controller, 'controllerId'> & Registered;

/** Controllers; `_id` is the controllerId. */
const controllers = defineCollection<ControllerDocument>({
  name: 'street_controllers',
  fields: {
    protocol: { type: String, required: true },
    speaksFor: { type: String, required: true },
    intervalS: { type: Number, required: true },
    ...registrationFields,
  },
  indexes: [exerciseIndex, { name: 'speaks-for', fields: { speaksFor: 1 } }],
  state: stateOf(ControllerRegistered, ({ _id, protocol, speaksFor, intervalS, changedAtMs }) => ({
    ...{ controllerId: _id, protocol, speaksFor, intervalS, changedAtMs },
  })),
});

const DEFAULT_INTERVAL_S = 900;

const protocols: Record<ControllerProtocol, readonly [string, ...string[]]> = {
  street: ['JSON', 'street', 'http', 'mqtt'],
  chirpstack: ['LoRaWAN', 'chirpstack', 'lora'],
};

/** `lamp:PJU-0142`, `panel:APP-001`; in Bahasa, too. */
const thing: CellParser<string> = ({ text: given }) => {
  const said = given.replace(/\s*:\s*/, ':').replace(/^lampu:/i, 'lamp:');
  const [kind = '', ...rest] = said.split(':');
  const read = StreetThing.safeParse([kind.toLowerCase(), ...rest].join(':'));
  if (read.success) return { value: read.data };
  return { problem: `"${given.slice(0, 60)}" harus berbentuk lampu:ID atau panel:ID, misalnya lampu:PJU-0142` };
};

const sheet = defineRegister({
  name: 'pengendali',
  key: 'controllerId',
  columns: {
    controllerId: idColumn(
      {
        id: 'ID Perangkat',
        en: 'Device ID',
        aliases: ['perangkat', 'deveui', 'dev eui', 'imei', 'id pengendali', 'controller id', 'serial'],
      },
      'LC-0142',
    ),
    protocol: optional({
      headings: { id: 'Protokol', en: 'Protocol', aliases: ['cara lapor'] },
      parse: oneOf(protocols),
      write: (protocol: ControllerProtocol) => protocols[protocol][0],
      example: 'JSON',
      explanation: 'JSON (HTTP atau MQTT) atau LoRaWAN (ChirpStack). Kosong: JSON.',
    }),
    speaksFor: column({
      headings: { id: 'Untuk', en: 'Speaks For', aliases: ['lampu atau panel', 'milik', 'terpasang di'] },
      parse: thing,
      write: (key: string) => key.replace(/^lamp:/, 'lampu:'),
      example: 'lampu:PJU-0142',
      explanation: 'Lampu atau panel tempatnya terpasang: lampu:ID atau panel:ID.',
    }),
    intervalS: optional({
      headings: { id: 'Selang Lapor (s)', en: 'Interval (s)', aliases: ['interval', 'selang', 'selang lapor'] },
      parse: whole({ min: 10, max: 86_400, units: { s: 1, detik: 1, menit: 60, min: 60, jam: 3600 } }),
      example: '900',
      explanation: 'Setiap berapa detik ia melapor; boleh juga 15 menit. Kosong: 900.',
    }),
  },
});
type ControllerRow = RowOf<typeof sheet.columns>;

/** The register of controllers. */
export const controllerKind = defineKind({
  ...{ name: 'street.controllers', collection: controllers, key: ['controllerId'], sheet },
  searched: ['_id', 'speaksFor'],
  optional: [],
  thingOf: (row) => {
    const { controllerId, protocol = 'street', speaksFor, intervalS = DEFAULT_INTERVAL_S } = row as ControllerRow;
    return { controllerId, protocol, speaksFor, intervalS };
  },
  rowOf: (controller) => {
    const { controllerId, protocol, speaksFor, intervalS } = controller as Controller;
    return {
      ...{ controllerId, speaksFor },
      ...(protocol === 'street' ? {} : { protocol }),
      ...(intervalS === DEFAULT_INTERVAL_S ? {} : { intervalS }),
    } satisfies ControllerRow;
  },
});
