import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { open, type RootDatabase } from 'lmdb';
import { createConnection, type Connection } from 'mongoose';
import { Disk } from '../../disk.ts';
import { serveDocuments, type Documents } from '../documents.ts';

const disk = await Disk.watch({ file: tmpdir(), reserveBytes: 0 });

let folder: string;
let root: RootDatabase;
let server: Documents;
let connection: Connection;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'siaga-planner-'));
  root = open({ path: folder, overlappingSync: false });
  server = await serveDocuments({ root, disk, listen: { path: path.join(folder, 'documents.sock') } });
  connection = await createConnection(server.uri, { dbName: 'siaga_3574' }).asPromise();
});

afterAll(async () => {
  await connection.close();
  await server.close();
  await root.close();
  await rm(folder, { recursive: true });
});

/** How many documents and index entries the server reads while `run` runs. */
async function touchedBy(run: () => Promise<unknown>): Promise<{ scanned: number; scannedObjects: number }> {
  const figures = async () => {
    const { metrics } = (await connection.db?.admin().serverStatus()) as unknown as {
      metrics: { queryExecutor: { scanned: number; scannedObjects: number } };
    };
    return metrics.queryExecutor;
  };
  const before = await figures();
  await run();
  const after = await figures();
  return { scanned: after.scanned - before.scanned, scannedObjects: after.scannedObjects - before.scannedObjects };
}

describe('looking up among 20,000 documents', () => {
  const fixes = () => connection.collection('fixes');

  beforeAll(async () => {
    await fixes().createIndex({ truckId: 1, atMs: -1 }, {}, {});
    await fixes().createIndex({ fixId: 1 }, { unique: true }, {});
    await fixes().createIndex({ tags: 1, _id: 1 }, {}, {});
    await fixes().createIndex({ wakeAtMs: 1 }, { sparse: true }, {});
    await fixes().createIndex({ unit: 1 }, { unique: true, partialFilterExpression: { open: true } }, {});
    const documents: object[] = Array.from({ length: 20_000 }, (_, n) => ({
      _id: n,
      fixId: `f${n}`,
      truckId: `T-${n % 20}`,
      atMs: n,
      tags: [`t${n % 1000}`, 'all'],
      ...(n % 5000 === 0 ? { wakeAtMs: n, open: true, unit: n } : {}),
    }));
    await fixes().insertMany(documents);
  });

  test.each<[string, () => Promise<unknown>, number, number]>([
    ['an _id', () => fixes().findOne({ _id: 777 as never }), 1, 1],
    ['a unique key', () => fixes().find({ fixId: 'f777' }).toArray(), 1, 1],
    [
      'several keys',
      () =>
        fixes()
          .find({ fixId: { $in: ['f1', 'f2', 'f2', 'gone'] } })
          .toArray(),
      2,
      2,
    ],
    [
      'one truck’s span of time',
      () =>
        fixes()
          .find({ truckId: 'T-3', atMs: { $gte: 1000, $lt: 1200 } })
          .toArray(),
      11,
      10,
    ],
    ['the last of one truck', () => fixes().find({ truckId: 'T-3' }).sort({ atMs: -1 }).limit(1).toArray(), 16, 1],
    [
      'the first of one truck, walking backward',
      () => fixes().find({ truckId: 'T-3' }).sort({ atMs: 1 }).limit(1).toArray(),
      16,
      1,
    ],
    [
      'the last of an element of an array',
      () => fixes().find({ tags: 'all' }).sort({ _id: -1 }).limit(5).toArray(),
      16,
      5,
    ],
    ['an element of an array', () => fixes().find({ tags: 't7' }).toArray(), 20, 20],
    [
      'what is due, in a sparse index',
      () =>
        fixes()
          .find({ wakeAtMs: { $lte: 10_000 } })
          .sort({ wakeAtMs: 1 })
          .toArray(),
      3,
      3,
    ],
    [
      'what a partial index holds',
      () =>
        fixes()
          .find({ open: true, unit: { $gte: 0 } })
          .toArray(),
      4,
      4,
    ],
    [
      'a beginning of a text',
      () =>
        fixes()
          .find({ fixId: /^f1999/ })
          .toArray(),
      11,
      11,
    ],
    [
      'either of two keys',
      () =>
        fixes()
          .find({ $or: [{ fixId: 'f5' }, { tags: 't9' }] })
          .toArray(),
      21,
      20,
    ],
    ['a guarded update', () => fixes().updateOne({ fixId: 'f9', atMs: { $lt: 100 } }, { $set: { seen: true } }), 1, 1],
  ])('%s reads only what it needs', async (_, run, most, atLeast) => {
    const { scannedObjects } = await touchedBy(run);
    expect(scannedObjects).toBeLessThanOrEqual(most);
    expect(scannedObjects).toBeGreaterThanOrEqual(atLeast);
  });

  test('a field without an index reads everything, and still answers', async () => {
    const { scannedObjects } = await touchedBy(async () => {
      expect(await fixes().countDocuments({ atMs: { $lt: 10 } })).toBe(10);
    });
    expect(scannedObjects).toBe(20_000);
  });
});

describe('an index never changes an answer', () => {
  const scalar = fc.oneof(
    fc.integer({ min: -2, max: 3 }),
    fc.constantFrom('', 'a', 'b', 'ab', 'a\0', null, true, false, {}, Buffer.of(), Buffer.of(1)),
    fc.constantFrom(0.5, 1.5),
  );
  const inner = fc.record({ b: fc.oneof(scalar, fc.array(scalar, { maxLength: 2 })) }, { requiredKeys: [] });
  const field = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), inner, fc.array(inner, { maxLength: 2 }));
  const document = fc.record({ a: field, c: scalar }, { requiredKeys: [] });

  const operators = fc.oneof(
    scalar,
    inner,
    fc.array(scalar, { maxLength: 2 }),
    fc.record({ $gt: scalar, $lte: scalar }, { requiredKeys: [] }).filter((range) => Object.keys(range).length > 0),
    scalar.map((operand) => ({ $ne: operand })),
    fc.array(scalar, { maxLength: 3 }).map((operand) => ({ $in: operand })),
    fc.array(scalar, { maxLength: 2 }).map((operand) => ({ $all: operand })),
    fc.boolean().map((operand) => ({ $exists: operand })),
    fc.constantFrom<unknown>(
      /^a/,
      /^a|b/,
      /^ab*/,
      { $gte: '' },
      { $lt: 'a' },
      { $lte: Buffer.of(2) },
      { $gte: false },
      { $regex: '^ab' },
      { $type: 'number' },
      { $size: 1 },
      { $elemMatch: { $gt: 0 } },
    ),
  );
  const clause = fc.record({ a: operators, 'a.b': operators, c: operators }, { requiredKeys: [] });
  const query = fc.oneof(
    clause,
    fc.array(clause, { minLength: 1, maxLength: 2 }).map(($or) => ({ $or })),
    fc.tuple(clause, clause).map(($and) => ({ $and })),
  );
  const indexes = [{ a: 1 }, { a: 1, _id: 1 }, { 'a.b': -1 }, { a: 1, c: -1 }, { c: -1, 'a.b': 1 }, { c: 1 }] as const;

  test('whatever the documents, the query, the order and the index', async () => {
    const plain = connection.collection('plain');
    const indexed = connection.collection('indexed');
    await fc.assert(
      fc.asyncProperty(
        fc.array(document, { maxLength: 12 }),
        fc.array(query, { minLength: 4, maxLength: 4 }),
        fc.subarray([...indexes], { minLength: 1 }),
        fc.constantFrom<Record<string, 1 | -1>>({ c: 1, _id: 1 }, { c: -1, _id: 1 }, { _id: -1 }),
        fc.boolean(),
        async (documents, queries, keys, sort, sparse) => {
          await Promise.all([plain.deleteMany({}), indexed.drop()]);
          for (const key of keys) await indexed.createIndex(key, { sparse }, {});
          const numbered = documents.map((fields, n) => ({ _id: n as never, ...fields }));
          if (numbered.length > 0) await Promise.all([plain.insertMany(numbered), indexed.insertMany(numbered)]);
          for (const one of queries) {
            const expected = await plain.find(one).sort(sort).toArray();
            expect(await indexed.find(one).sort(sort).toArray()).toEqual(expected);
          }
        },
      ),
      { numRuns: 300 },
    );
  }, 120_000);
});
