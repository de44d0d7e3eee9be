import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serviceContext, withContext } from '@siaga/service';
import { randomCities, startTestEngine, type TestEngine } from '@siaga/testing';
import fc from 'fast-check';
import { CityDatabases } from './cities.ts';
import { defineCollection } from './collection.ts';
import { Store } from './store.ts';

interface Bin {
  street: string;
  litres: number;
}

const bins = defineCollection<Bin>({
  name: 'bins',
  fields: { street: String, litres: Number },
  indexes: [{ name: 'litres', fields: { litres: 1, _id: 1 } }],
});

const [city] = randomCities(1) as [string];
let engine: TestEngine;
let databases: CityDatabases;
let store: Store;
const inCity = <T>(run: () => Promise<T>) => withContext(serviceContext(city), run);

beforeAll(async () => {
  engine = await startTestEngine();
  databases = new CityDatabases(engine.mongoUri, [city]);
  store = new Store(databases);
  await databases.connect();
  await databases.ensure([bins]);
  for (let number = 0; number < 25; number += 1) {
    const id = `B${String(number).padStart(2, '0')}`;
    await inCity(() =>
      store.create(bins, { _id: id, street: number % 2 ? 'Jl. (Pahlawan)' : 'Jl. Mastrip', litres: number % 4 }),
    );
  }
});
afterAll(async () => {
  await databases.native(city).dropDatabase();
  await databases.close();
  await engine.close();
});

async function allPages(query: { limit: number; sort?: string; descending?: true }): Promise<string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = await inCity(() => store.page(bins, { ...query, after }));
    expect(page.items.length).toBeLessThanOrEqual(query.limit);
    ids.push(...page.items.map((bin) => bin._id));
    after = page.next;
  } while (after !== undefined);
  return ids;
}

describe('a list in pages', () => {
  it('holds every document once, for any page size, order and direction', async () => {
    const inOrder = (await inCity(() => store.of(bins).find().lean())).map((bin) => [bin.litres, bin._id] as const);
    const limits = fc.integer({ min: 1, max: 30 });
    await fc.assert(
      fc.asyncProperty(limits, fc.constantFrom('_id', 'litres'), fc.boolean(), async (limit, sort, descending) => {
        const sorted = inOrder.toSorted(([a, x], [b, y]) => (sort === 'litres' && a !== b ? a - b : x < y ? -1 : 1));
        const expected = (descending ? sorted.toReversed() : sorted).map(([, id]) => id);
        const query = { limit, sort, ...(descending ? { descending: true as const } : {}) };
        expect(await allPages(query)).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });

  it('finds text in any case, taking signs for what they are', async () => {
    const found = (text: string) =>
      inCity(() => store.page(bins, { limit: 100, search: { text, fields: ['_id', 'street'] } }));
    expect((await found('(PAHLAWAN')).items).toHaveLength(12);
    expect((await found('b07')).items.map((bin) => bin._id)).toEqual(['B07']);
    expect((await found('.*')).items).toEqual([]);
  });

  it('refuses an "after" it did not give', async () => {
    for (const after of ['', 'x', Buffer.from('[{"$gt":""},"a"]').toString('base64url')]) {
      const page = inCity(() => store.page(bins, { limit: 1, after }));
      await expect(page).rejects.toMatchObject({ kind: 'invalid' });
    }
  });
});
