import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fault } from '@siaga/contracts';
import { serviceContext, withContext } from '@siaga/service';
import { trusted } from 'mongoose';
import { CityDatabases } from './cities.ts';
import { defineCollection } from './collection.ts';
import { Store } from './store.ts';

interface Lamp {
  panel: string;
  watts: number;
  tags?: { name: string }[];
}

const lamps = defineCollection<Lamp>({
  name: 'lamps',
  fields: {
    panel: { type: String, required: true },
    watts: Number,
    tags: { type: [{ _id: false, name: String }], default: undefined },
  },
  indexes: [{ name: 'panel', fields: { panel: 1 }, unique: true }],
});

const [here, there] = ['1', '2'].map((digit) => `${digit}${String(Math.floor(Math.random() * 900) + 100)}`) as [
  string,
  string,
];
const databases = new CityDatabases(process.env['MONGODB_URI'] ?? 'mongodb://127.0.0.1:27999', [here, there]);
const store = new Store(databases);
const inCity = <T>(city: string, run: () => Promise<T>) => withContext(serviceContext(city), run);

beforeAll(async () => {
  await databases.connect();
  await databases.ensure([lamps]);
});
afterAll(async () => {
  for (const city of [here, there]) await databases.native(city).dropDatabase();
  await databases.close();
});

describe('Store', () => {
  it('keeps cities apart and throws without a context', async () => {
    await inCity(here, () => store.create(lamps, { _id: 'L1', panel: 'P1', watts: 90 }));
    expect(await inCity(here, () => store.of(lamps).countDocuments())).toBe(1);
    expect(await inCity(there, () => store.of(lamps).countDocuments())).toBe(0);
    expect(() => store.of(lamps)).toThrow('no context');
  });

  it('says which key is taken', async () => {
    const again = inCity(here, () => store.create(lamps, { _id: 'L2', panel: 'P1', watts: 90 }));
    await expect(again).rejects.toMatchObject({ kind: 'conflict', issues: [{ at: 'panel' }] });
  });

  it('changes a document once under its guard', async () => {
    const dim = () =>
      inCity(here, () => store.change(lamps, { where: { _id: 'L1', watts: 90 }, change: { $set: { watts: 40 } } }));
    const outcomes = await Promise.all([dim(), dim(), dim()]);
    expect(outcomes.filter((outcome) => outcome !== undefined)).toEqual([
      { _id: 'L1', panel: 'P1', watts: 40, version: 2 },
    ]);
  });

  it('takes operators in a filter for values unless they are marked', async () => {
    const bright = { watts: { $gt: 1 } };
    await expect(inCity(here, () => store.of(lamps).find(bright))).rejects.toBeInstanceOf(Fault);
    expect(await inCity(here, () => store.of(lamps).countDocuments({ watts: trusted({ $gt: 1 }) }))).toBe(1);
  });

  it('refuses fields nobody declared', async () => {
    const odd = { _id: 'L9', panel: 'P9', watts: 1, colour: 'red' };
    await expect(inCity(here, () => store.create(lamps, odd))).rejects.toThrow('colour');
  });
});
