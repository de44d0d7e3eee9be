import { describe, expect } from '@jest/globals';
import { mongo } from 'mongoose';
import type { Cases } from '../conformance-case.ts';

const { Long, MaxKey, MinKey, ObjectId } = mongo;

/** Queries, sorts, projections and cursors. */
export function queryCases({ connection, holds, fresh, matches, code }: Cases): void {
  describe('queries', () => {
    holds('tell null from missing only by $exists and $type', async () => {
      const documents = [{ a: null }, {}, { a: 1 }, { a: [] }, { a: [null] }];
      expect(await matches(documents, { a: null })).toEqual([0, 1, 4]);
      expect(await matches(documents, { a: { $exists: true } })).toEqual([0, 2, 3, 4]);
      expect(await matches(documents, { a: { $type: 'null' } })).toEqual([0, 4]);
      expect(await matches(documents, { a: { $ne: null } })).toEqual([2, 3]);
      expect(await matches(documents, { a: { $in: [null, 1] } })).toEqual([0, 1, 2, 4]);
    });

    holds(
      'look into arrays, whole and element by element',
      async () => {
        const documents = [{ a: [1, 2, 3] }, { a: 2 }, { a: [[2]] }, { a: [] }, { a: [5, 20] }];
        expect(await matches(documents, { a: 2 })).toEqual([0, 1]);
        expect(await matches(documents, { a: [1, 2, 3] })).toEqual([0]);
        expect(await matches(documents, { a: { $size: 2 } })).toEqual([4]);
        expect(await matches(documents, { a: { $all: [1, 3] } })).toEqual([0]);
        expect(await matches(documents, { a: { $gt: 10, $lt: 15 } })).toEqual([4]);
        expect(await matches(documents, { a: { $elemMatch: { $gt: 10, $lt: 15 } } })).toEqual([]);
        expect(await matches(documents, { 'a.0': 1 })).toEqual([0]);
        expect(await matches(documents, { a: { $not: { $gt: 2 } } })).toEqual([1, 2, 3]);
      },
      { referenceDiffers: 'asks one element to satisfy both ends of a range' },
    );

    holds(
      'reach through documents in arrays',
      async () => {
        const documents = [
          {
            u: [
              { id: 'a', n: 1 },
              { id: 'b', n: 5 },
            ],
          },
          { u: [{ id: 'a', n: 5 }] },
          { u: { id: 'a', n: 5 } },
          { u: [] },
        ];
        expect(await matches(documents, { 'u.id': 'a', 'u.n': 5 })).toEqual([0, 1, 2]);
        expect(await matches(documents, { u: { $elemMatch: { id: 'a', n: 5 } } })).toEqual([1]);
        expect(await matches(documents, { 'u.1.id': 'b' })).toEqual([0]);
        expect(await matches(documents, { 'u.id': { $nin: ['b'] } })).toEqual([1, 2, 3]);
        expect(await matches(documents, { 'u.id': { $exists: false } })).toEqual([3]);
      },
      { referenceDiffers: 'a field of an empty array is neither there nor missing' },
    );

    holds('compare whole sub-documents by the order of their fields', async () => {
      const documents = [{ at: { lat: 1, lng: 2 } }, { at: { lng: 2, lat: 1 } }, { at: { lat: 1 } }];
      expect(await matches(documents, { at: { lat: 1, lng: 2 } })).toEqual([0]);
      expect(await matches(documents, { at: { $in: [{ lat: 1 }] } })).toEqual([2]);
    });

    holds(
      'compare only within a type',
      async () => {
        const documents = [{ v: 5 }, { v: '5' }, { v: true }, { v: new Date(5) }, { v: null }, {}, { v: NaN }];
        expect(await matches(documents, { v: { $gte: 5 } })).toEqual([0]);
        expect(await matches(documents, { v: { $lt: 'a' } })).toEqual([1]);
        expect(await matches(documents, { v: { $gte: new Date(0) } })).toEqual([3]);
        expect(await matches(documents, { v: { $lte: null } })).toEqual([4, 5]);
        expect(await matches(documents, { v: NaN })).toEqual([6]);
      },
      { referenceDiffers: 'puts NaN above every number' },
    );

    holds('join by $and, $or, $nor, $mod and $regex', async () => {
      const documents = ['Mayangan', 'Kanigaran', 'Kademangan', 'wonoasih'].map((name, index) => ({ name, index }));
      expect(await matches(documents, { $or: [{ name: /^ka/i }, { index: 3 }] })).toEqual([1, 2, 3]);
      expect(await matches(documents, { $and: [{ name: { $regex: 'gan$' } }, { index: { $mod: [2, 0] } }] })).toEqual([
        0, 2,
      ]);
      expect(await matches(documents, { $nor: [{ name: { $regex: '^WONO', $options: 'i' } }, { index: 0 }] })).toEqual([
        1, 2,
      ]);
      expect(await matches(documents, { name: { $in: [/^May/, 'wonoasih'] } })).toEqual([0, 3]);
      expect(await matches(documents, { name: { $not: /a/ } })).toEqual([]);
    });

    holds(
      'refuse what they do not know, with the right code',
      async () => {
        const collection = await fresh({ a: 1 });
        await code(collection.find({ a: { $near: 1 } } as object).toArray()).toMatchObject({ code: 2 });
        await code(collection.find({ $bogus: [] }).toArray()).toMatchObject({ code: 2 });
        await code(collection.find({ a: { $in: 5 } } as object).toArray()).toMatchObject({ code: 2 });
        await code(collection.updateOne({}, { $bogus: { a: 1 } })).toMatchObject({ code: 9 });
        await code(collection.aggregate([{ $bogus: {} }]).toArray()).toMatchObject({ code: 40324 });
        await code(connection().db?.command({ bogus: 1 }) ?? Promise.resolve()).toMatchObject({
          code: 59,
          codeName: 'CommandNotFound',
        });
      },
      { referenceDiffers: 'has codes of its own' },
    );
  });

  describe('sort, projection and cursors', () => {
    holds('sort by MongoDB’s order of types', async () => {
      const ascending = [
        new MinKey(),
        null,
        -1,
        Long.fromNumber(7),
        'a',
        'b',
        { a: 1 },
        Buffer.from([1]),
        new ObjectId('000000000000000000000001'),
        false,
        true,
        new Date(0),
        /x/,
        new MaxKey(),
      ];
      const collection = await fresh(...ascending.map((v, n) => ({ n, v })).toReversed());
      const order = async (direction: 1 | -1) =>
        (await collection.find().sort({ v: direction }).toArray()).map(({ n }) => Number(n));
      expect(await order(1)).toEqual([...ascending.keys()]);
      expect(await order(-1)).toEqual([...ascending.keys()].toReversed());
    });

    holds('sort an array by its least element up and its greatest down', async () => {
      const collection = await fresh(
        { n: 0, v: [5, 1] },
        { n: 1, v: 3 },
        { n: 2, v: [] },
        { n: 3 },
        { n: 4, v: [2, 9] },
      );
      const order = async (direction: 1 | -1) =>
        (await collection.find().sort({ v: direction }).toArray()).map(({ n }) => Number(n));
      expect(await order(1)).toEqual([2, 3, 0, 4, 1]);
      expect(await order(-1)).toEqual([4, 0, 1, 3, 2]);
    });

    holds('skip and limit after a sort of several fields', async () => {
      const collection = await fresh(...[3, 1, 2].flatMap((a) => ['x', 'y'].map((b) => ({ a, b }))));
      const found = await collection
        .find({}, { projection: { _id: 0 } })
        .sort({ a: -1, b: 1 })
        .skip(1)
        .limit(3)
        .toArray();
      expect(found).toEqual([
        { a: 3, b: 'y' },
        { a: 2, b: 'x' },
        { a: 2, b: 'y' },
      ]);
    });

    holds('project fields in and out, through documents and arrays', async () => {
      const collection = await fresh({ _id: 1, a: { b: 1, c: 2 }, list: [{ x: 1, y: 2 }, 5, { y: 3 }], z: 1 });
      const project = (projection: object) => collection.findOne({}, { projection });
      expect(await project({ 'a.b': 1, 'list.x': 1 })).toEqual({ _id: 1, a: { b: 1 }, list: [{ x: 1 }, {}] });
      expect(await project({ _id: 0, z: 1 })).toEqual({ z: 1 });
      expect(await project({ a: 0, 'list.y': 0 })).toEqual({ _id: 1, list: [{ x: 1 }, 5, {}], z: 1 });
      await code(project({ a: 1, z: 0 })).toMatchObject({ name: 'MongoServerError' });
    });

    holds('walk 10,000 documents by cursor, each once, while others write', async () => {
      const collection = await fresh(...Array.from({ length: 10_000 }, (_, n) => ({ n, pad: 'x'.repeat(100) })));
      const seen: number[] = [];
      for await (const document of collection.find({ n: { $gte: 0 } }).batchSize(700)) {
        seen.push(Number(document['n']));
        if (seen.length % 2_500 === 0)
          await collection.updateMany({ n: { $lt: 50 } }, { $set: { pad: 'y'.repeat(200) } });
      }
      expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 10_000 }, (_, n) => n));
    });

    holds('refuse a cursor that was closed', async () => {
      const collection = await fresh(...Array.from({ length: 300 }, (_, n) => ({ n })));
      const cursor = collection.find().batchSize(10);
      await cursor.next();
      const id = cursor.id;
      await cursor.close();
      await code(
        connection().db?.command({ getMore: id, collection: collection.collectionName }) ?? Promise.resolve(),
      ).toMatchObject({ code: 43 });
    });
  });
}
