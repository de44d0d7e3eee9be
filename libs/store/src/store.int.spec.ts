import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fault } from '@siaga/contracts';
import { serviceContext, withContext } from '@siaga/service';
import { randomCities, startTestEngine, type TestEngine } from '@siaga/testing';
import { trusted } from 'mongoose';
import { CityDatabases } from './cities.ts';
import { defineCollection, type AnyCollection } from './collection.ts';
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

/** The same collection one release later: watts became a lamp's `power`. */
const lampsNow = defineCollection<{ panel: string; power: { watts: number }; tags?: { name: string }[] }>({
  name: 'lamps',
  fields: {
    panel: String,
    power: { watts: Number },
    tags: { type: [{ _id: false, name: String }], default: undefined },
  },
  schemaVersion: 2,
  upgrade: ({ watts, ...lamp }) => ({ ...lamp, power: { watts } }),
});

const [here, there] = randomCities(2) as [string, string];
let engine: TestEngine;
let databases: CityDatabases;
let store: Store;
const inCity = <T>(city: string, run: () => Promise<T>) => withContext(serviceContext(city), run);

beforeAll(async () => {
  engine = await startTestEngine();
  databases = new CityDatabases(engine.mongoUri, [here, there]);
  store = new Store(databases);
  await databases.connect();
  await databases.ensure([lamps]);
});
afterAll(async () => {
  for (const city of [here, there]) await databases.native(city).dropDatabase();
  await databases.close();
  await engine.close();
});

describe('Store', () => {
  it('keeps cities apart and throws without a context', async () => {
    await inCity(here, () => store.create(lamps, { _id: 'L1', panel: 'P1', watts: 90 }));
    expect(await inCity(here, () => store.of(lamps).countDocuments())).toBe(1);
    expect(await inCity(there, () => store.of(lamps).countDocuments())).toBe(0);
    expect(() => store.of(lamps)).toThrow('no context');
  });

  it('refuses a city that is not served', () => {
    expect(() => withContext(serviceContext('0000'), () => store.of(lamps))).toThrow('does not serve');
  });

  it('says which key is taken', async () => {
    const again = inCity(here, () => store.create(lamps, { _id: 'L2', panel: 'P1', watts: 90 }));
    await expect(again).rejects.toMatchObject({ kind: 'conflict', issues: [{ at: 'panel' }] });
    const same = inCity(here, () => store.create(lamps, { _id: 'L1', panel: 'P7', watts: 90 }));
    await expect(same).rejects.toMatchObject({ kind: 'conflict', issues: [{ at: '_id' }] });
    const document = { _id: 'L8', panel: 'P1', watts: 90, version: 1 };
    const many = inCity(here, () => store.of(lamps).bulkWrite([{ insertOne: { document } }]));
    await expect(many).rejects.toMatchObject({ kind: 'conflict', issues: [{ at: 'panel' }] });
  });

  it('lets every turn count, however many are made at once, and answers as it is where the rule makes none', async () => {
    await inCity(here, () => store.create(lamps, { _id: 'L40', panel: 'P40', watts: -3 }));
    const brighter = () =>
      inCity(here, () => store.turn(lamps, 'L40', ({ watts }) => ({ change: { $set: { watts: watts + 1 } } })));
    const turned = await Promise.all([brighter(), brighter(), brighter()]);
    expect(new Set(turned.map(({ document }) => document.watts))).toEqual(new Set([-2, -1, 0]));
    const same = await inCity(here, () => store.turn(lamps, 'L40', () => undefined));
    expect(same).toMatchObject({ isChanged: false, document: { watts: 0, version: 4 } });
    await expect(inCity(here, () => store.turn(lamps, 'L41', () => undefined))).rejects.toThrow('lamps L41 tidak ada');
  });

  it('makes a document once, whoever else makes it, too', async () => {
    const lamp = { _id: 'L30', panel: 'P30', watts: 1 };
    const made = await Promise.all([1, 2, 3].map(() => inCity(here, () => store.createIfFree(lamps, lamp))));
    expect(made.filter((one) => one !== undefined)).toEqual([{ ...lamp, version: 1 }]);
    expect(await inCity(here, () => store.createIfFree(lamps, { ...lamp, _id: 'L31' }))).toBeUndefined();
    const unreadable = inCity(here, () =>
      store.createIfFree(lamps, { ...lamp, _id: 'L32', panel: undefined as never }),
    );
    await expect(unreadable).rejects.toThrow();
  });

  it('lets one of three claims under one guard through', async () => {
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
    await expect(inCity(here, () => store.of(lamps).find({ colour: 'red' } as never))).rejects.toThrow('colour');
  });

  it('names what it does not find', async () => {
    await expect(inCity(here, () => store.get(lamps, 'L404'))).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('removes under a guard and frees the keys', async () => {
    await inCity(here, () => store.create(lamps, { _id: 'L3', panel: 'P3', watts: 1 }));
    expect(await inCity(here, () => store.remove(lamps, { _id: 'L3', watts: 2 }))).toBeUndefined();
    expect(await inCity(here, () => store.remove(lamps, { _id: 'L3', watts: 1 }))).toMatchObject({ panel: 'P3' });
    await inCity(here, () => store.create(lamps, { _id: 'L4', panel: 'P3', watts: 1 }));
  });
});

describe('Idempotency-Key', () => {
  const once = { key: 'press-1', bodyHash: 'a' };

  it('counts a repeated change once', async () => {
    await inCity(here, () => store.create(lamps, { _id: 'L5', panel: 'P5', watts: 1 }));
    const press = () =>
      inCity(here, () => store.change(lamps, { where: { _id: 'L5' }, change: { $inc: { watts: 10 } }, once }));
    await press();
    expect(await press()).toEqual({ _id: 'L5', panel: 'P5', watts: 11, version: 2 });
  });

  it('answers a repeated create with what the first one made', async () => {
    const create = () => inCity(here, () => store.create(lamps, { _id: 'L6', panel: 'P6', watts: 1 }, { once }));
    await create();
    expect(await create()).toEqual({ _id: 'L6', panel: 'P6', watts: 1, version: 1 });
  });

  it('refuses a key that was used for something else', async () => {
    const other = { key: 'press-1', bodyHash: 'b' };
    const press = inCity(here, () => store.change(lamps, { where: { _id: 'L6' }, change: {}, once: other }));
    await expect(press).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('remembers the last twenty', async () => {
    const press = (number: number) => {
      const wanted = {
        where: { _id: 'L6' },
        change: { $inc: { watts: 1 } },
        once: { key: `k${String(number)}`, bodyHash: '' },
      };
      return inCity(here, () => store.change(lamps, wanted));
    };
    for (let number = 0; number < 21; number += 1) await press(number);
    expect(await press(1)).toMatchObject({ watts: 22 });
    expect(await press(0)).toMatchObject({ watts: 23 });
  });
});

describe('a document of an older release', () => {
  it('is read in today’s shape, lean or not', async () => {
    await inCity(there, () => store.create(lamps, { _id: 'L1', panel: 'P1', watts: 90, tags: [{ name: 'old' }] }));
    const today = { _id: 'L1', panel: 'P1', power: { watts: 90 }, tags: [{ name: 'old' }], version: 1 };
    const later = new CityDatabases(engine.mongoUri, [there]);
    await later.connect();
    const storeNow = new Store(later);
    expect(await inCity(there, () => storeNow.get(lampsNow, 'L1'))).toEqual(today);
    expect(await inCity(there, () => storeNow.of(lampsNow).find().lean())).toEqual([today]);
    const hydrated = await inCity(there, () => storeNow.of(lampsNow).findOne({ _id: 'L1' }));
    expect(hydrated?.power).toMatchObject({ watts: 90 });
    await later.close();
  });

  it('is written in today’s shape before it changes', async () => {
    const later = new CityDatabases(engine.mongoUri, [there]);
    await later.connect();
    const storeNow = new Store(later);
    const change = { $set: { 'power.watts': 40 } };
    const after = await inCity(there, () => storeNow.change(lampsNow, { where: { _id: 'L1' }, change }));
    expect(after).toEqual({ _id: 'L1', panel: 'P1', power: { watts: 40 }, tags: [{ name: 'old' }], version: 2 });
    const raw = await later.native(there).collection<{ _id: string }>('lamps').findOne({ _id: 'L1' });
    expect(raw).toMatchObject({ schemaVersion: 2, version: 2 });
    expect(raw).not.toHaveProperty('watts');
    await later.close();
  });
});

describe('a start', () => {
  it('fails loudly when an index cannot be made', async () => {
    await inCity(here, () => store.create(lamps, { _id: 'L7', panel: 'P7', watts: 1 }));
    await inCity(here, () => store.create(lamps, { _id: 'L8', panel: 'P8', watts: 1 }));
    const strict: AnyCollection = defineCollection<Lamp>({
      name: 'lamps',
      fields: { panel: String },
      indexes: [{ name: 'watts', fields: { watts: 1 }, unique: true }],
    });
    await expect(databases.ensure([strict])).rejects.toMatchObject({ kind: 'conflict', issues: [{ at: 'watts' }] });
  });

  it('is unavailable without a database, and says so within seconds', async () => {
    const nowhere = new CityDatabases('mongodb://127.0.0.1:9', [here]);
    await expect(nowhere.connect()).rejects.toMatchObject({ kind: 'unavailable', retriable: true });
    expect(() => withContext(serviceContext(here), () => nowhere.of(lamps))).toThrow(Fault);
  }, 15_000);
});
