import { FeederRegistered, type Feeder } from '@siaga/contracts';
import { column, defineRegister, text, type RowOf } from '@siaga/registers';
import { defineCollection, stateOf } from '@siaga/store';
import { idColumn } from '../register/columns.ts';
import { defineKind } from '../register/kind.ts';
import { exerciseIndex, registrationFields, type Registered } from '../register/registration.ts';

type FeederDocument = Omit<Feeder, 'feederId'> & Registered;

/** Feeders; `_id` is the feederId. */
const feeders = defineCollection<FeederDocument>({
  name: 'street_feeders',
  fields: { name: { type: String, required: true }, ...registrationFields },
  indexes: [exerciseIndex],
  state: stateOf(FeederRegistered, ({ _id, name, changedAtMs }) => ({ feederId: _id, name, changedAtMs })),
});

const sheet = defineRegister({
  name: 'penyulang',
  key: 'feederId',
  columns: {
    feederId: idColumn(
      { id: 'ID Penyulang', en: 'Feeder ID', aliases: ['penyulang', 'kode penyulang', 'feeder'] },
      'PLG',
    ),
    name: column({
      headings: { id: 'Nama', en: 'Name', aliases: ['nama penyulang'] },
      parse: text({ max: 80 }),
      example: 'Penyulang Pilang',
      explanation: 'Nama penyulang seperti disebut PLN.',
    }),
  },
});
type FeederRow = RowOf<typeof sheet.columns>;

/** The register of feeders. */
export const feederKind = defineKind({
  ...{ name: 'street.feeders', collection: feeders, key: ['feederId'], sheet },
  searched: ['_id', 'name'],
  optional: [],
  thingOf: (row) => row,
  rowOf: (feeder) => {
    const { feederId, name } = feeder as Feeder;
    return { feederId, name } satisfies FeederRow;
  },
});
