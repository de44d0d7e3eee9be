import { describe, expect } from '@jest/globals';
import { Schema, type Document } from 'mongoose';
import type { Cases } from '../conformance-case.ts';

/** Guarded commands through models, bulk writes and updates. */
export function commandCases({ connection, holds, fresh, code }: Cases): void {
  describe('models', () => {
    const incident = new Schema(
      {
        incidentId: { type: String, required: true, unique: true },
        status: { type: String, required: true },
        version: { type: Number, default: 0 },
        idempotencyKey: { type: String, unique: true, sparse: true },
        outbox: [{ _id: false, eventId: String, atMs: Number }],
        wakeAtMs: { type: Number, index: true },
      },
      { timestamps: true },
    );
    let models = 0;
    const model = async () => {
      const made = connection().model(`Incident${++models}`, incident);
      await made.init();
      return made;
    };

    holds('a command guarded by a predicate is taken by exactly one of many', async () => {
      const Incident = await model();
      await Incident.create({ incidentId: 'I-1', status: 'ringing' });
      const claims = await Promise.all(
        Array.from({ length: 20 }, (_, by) =>
          Incident.findOneAndUpdate(
            { incidentId: 'I-1', status: 'ringing' },
            {
              $set: { status: 'answered' },
              $inc: { version: 1 },
              $push: { outbox: { eventId: `e${by}`, atMs: by } },
            },
            { returnDocument: 'after' },
          ).lean(),
        ),
      );
      const won = claims.filter((claim) => claim !== null);
      expect(won).toHaveLength(1);
      expect(won[0]).toMatchObject({ status: 'answered', version: 1, outbox: [expect.any(Object)] });
    });

    holds(
      'a second document under a unique key is refused, and says which key',
      async () => {
        const Incident = await model();
        await Incident.create({ incidentId: 'I-2', status: 'new' });
        await code(Incident.create({ incidentId: 'I-2', status: 'new' })).toMatchObject({
          code: 11000,
          keyPattern: { incidentId: 1 },
          keyValue: { incidentId: 'I-2' },
        });
      },
      { referenceDiffers: 'tells no keyPattern and keyValue' },
    );

    holds('a unique sparse key binds only documents that have it', async () => {
      const Incident = await model();
      await Incident.create([
        { incidentId: 'a', status: 'x' },
        { incidentId: 'b', status: 'x' },
      ]);
      await Incident.create({ incidentId: 'c', status: 'x', idempotencyKey: 'k' });
      await code(Incident.create({ incidentId: 'd', status: 'x', idempotencyKey: 'k' })).toMatchObject({
        code: 11000,
      });
      expect(await Incident.countDocuments()).toBe(3);
    });

    holds('save() sends only what changed, and versions guard arrays', async () => {
      const Incident = await model();
      const first = await Incident.create({ incidentId: 'I-3', status: 'new', outbox: [{ eventId: 'e', atMs: 1 }] });
      const second = await Incident.findOne({ incidentId: 'I-3' }).orFail();
      first.outbox.pull({ eventId: 'e', atMs: 1 });
      first.set('outbox', []);
      await first.save();
      second.set('outbox.0.atMs', 2);
      await code(second.save()).toMatchObject({ name: 'VersionError' });
    });

    holds('an upsert sets its query, its update and what is only for inserting', async () => {
      const Incident = await model();
      const update = { $set: { status: 'open' }, $setOnInsert: { version: 7 }, $inc: { wakeAtMs: 5 } };
      const options = { upsert: true, returnDocument: 'after' } as const;
      expect(await Incident.findOneAndUpdate({ incidentId: 'I-4' }, update, options).lean()).toMatchObject({
        incidentId: 'I-4',
        status: 'open',
        version: 7,
        wakeAtMs: 5,
      });
      await Incident.updateOne({ incidentId: 'I-4' }, { version: 8 });
      expect(await Incident.findOneAndUpdate({ incidentId: 'I-4' }, update, options).lean()).toMatchObject({
        version: 8,
        wakeAtMs: 10,
      });
    });

    holds('findOneAndUpdate gives the document before, after, projected, by sort, or null', async () => {
      const Incident = await model();
      await Incident.create([1, 2, 3].map((version) => ({ incidentId: `s${version}`, status: 's', version })));
      const take = { $set: { status: 'taken' } };
      expect(
        await Incident.findOneAndUpdate({ status: 's' }, take, {
          sort: { version: -1 },
          returnDocument: 'before',
        }).lean(),
      ).toMatchObject({ version: 3, status: 's' });
      expect(
        await Incident.findOneAndUpdate({ status: 's' }, take, {
          sort: { version: 1 },
          projection: { status: 1 },
          returnDocument: 'after',
        }).lean(),
      ).toEqual({ _id: expect.anything(), status: 'taken' });
      expect(await Incident.findOneAndUpdate({ status: 'none' }, take)).toBeNull();
      expect(await Incident.findOneAndDelete({ status: 's' }).lean()).toMatchObject({ version: 2 });
      expect(await Incident.countDocuments({ status: 'taken' })).toBe(2);
    });
  });

  describe('bulk writes', () => {
    const upsertOf = (truckId: string, atMs: number) => ({
      updateOne: { filter: { truckId, atMs: { $lt: atMs } }, update: { $set: { atMs } }, upsert: true },
    });

    holds('put the newest of each truck, and an older one never replaces it', async () => {
      const collection = await fresh();
      await collection.createIndex({ truckId: 1 }, { unique: true }, {});
      await collection.bulkWrite([upsertOf('A', 10), upsertOf('B', 10), upsertOf('A', 20)]);
      await code(collection.bulkWrite([upsertOf('A', 15), upsertOf('B', 30)], { ordered: false })).toMatchObject({
        code: 11000,
        result: { modifiedCount: 1 },
      });
      expect(
        await collection
          .find({}, { projection: { _id: 0 } })
          .sort({ truckId: 1 })
          .toArray(),
      ).toEqual([
        { truckId: 'A', atMs: 20 },
        { truckId: 'B', atMs: 30 },
      ]);
    });

    holds('stop at the first error when ordered and go on when not', async () => {
      for (const [ordered, expected] of [
        [true, [1, 2]],
        [false, [1, 2, 3]],
      ] as const) {
        const collection = await fresh();
        const documents = [{ _id: 1 }, { _id: 2 }, { _id: 1 }, { _id: 3 }] as unknown as Document[];
        await code(collection.insertMany(documents, { ordered })).toMatchObject({
          code: 11000,
          writeErrors: [{ index: 2 }],
        });
        expect((await collection.find().sort({ _id: 1 }).toArray()).map(({ _id }) => Number(_id))).toEqual(expected);
      }
    });

    holds('count what they matched, changed, made and removed', async () => {
      const collection = await fresh({ k: 'a', v: 1 }, { k: 'b', v: 1 }, { k: 'c', v: 1 });
      const result = await collection.bulkWrite([
        { insertOne: { document: { k: 'd' } } },
        { updateMany: { filter: { v: 1 }, update: { $set: { v: 1 } } } },
        { replaceOne: { filter: { k: 'a' }, replacement: { k: 'a', w: 2 } } },
        { updateOne: { filter: { k: 'z' }, update: { $set: { v: 9 } }, upsert: true } },
        { deleteOne: { filter: { k: 'b' } } },
        { deleteMany: { filter: { v: { $exists: false } } } },
      ]);
      expect(result).toMatchObject({
        insertedCount: 1,
        matchedCount: 4,
        modifiedCount: 1,
        upsertedCount: 1,
        deletedCount: 3,
      });
      expect(await collection.countDocuments()).toBe(2);
    });
  });

  describe('updates', () => {
    /** The document, without its _id, after updates one after the other. */
    const after = async (before: object, ...updates: object[]) => {
      const collection = await fresh(before);
      for (const update of updates) await collection.updateOne({}, update);
      return collection.findOne({}, { projection: { _id: 0 } });
    };

    holds('push with $each, $position, $slice and $sort', async () => {
      expect(await after({ a: [1, 2] }, { $push: { a: 3, b: 'x' } })).toEqual({ a: [1, 2, 3], b: ['x'] });
      expect(await after({ a: [1, 2] }, { $push: { a: { $each: [9, 8], $position: 1 } } })).toEqual({
        a: [1, 9, 8, 2],
      });
      expect(await after({ a: [1, 2, 3] }, { $push: { a: { $each: [4], $slice: -2 } } })).toEqual({ a: [3, 4] });
      expect(
        await after({ a: [{ n: 5 }] }, { $push: { a: { $each: [{ n: 1 }, { n: 9 }], $sort: { n: -1 }, $slice: 2 } } }),
      ).toEqual({ a: [{ n: 9 }, { n: 5 }] });
    });

    holds('pull by value, by operators and by a query on elements', async () => {
      expect(await after({ a: [1, 2, 3, 2] }, { $pull: { a: 2 } })).toEqual({ a: [1, 3] });
      expect(await after({ a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } })).toEqual({ a: [1] });
      expect(
        await after(
          {
            a: [
              { id: 1, x: 1 },
              { id: 2, x: 1 },
            ],
          },
          { $pull: { a: { id: 2 } } },
        ),
      ).toEqual({ a: [{ id: 1, x: 1 }] });
      expect(await after({ a: [1, 2, 3] }, { $pullAll: { a: [1, 3] } }, { $pop: { a: 1 } })).toEqual({ a: [] });
    });

    holds('add to a set what it does not have', async () => {
      expect(
        await after(
          { a: [1, 'x'] },
          { $addToSet: { a: { $each: [1, 'y', 'y'] } } },
          { $addToSet: { a: 'x', b: { c: 1 } } },
        ),
      ).toEqual({ a: [1, 'x', 'y'], b: [{ c: 1 }] });
    });

    holds('keep the least, keep the greatest, multiply, unset', async () => {
      const update = {
        $min: { low: 1, none: 4 },
        $max: { high: 1, text: 5 },
        $mul: { m: 3, absent: 2 },
        $unset: { gone: '', 'list.0': '' },
      };
      expect(await after({ low: 3, high: 3, text: 'a', m: 2, gone: 1, list: [1, 2] }, update)).toEqual({
        low: 1,
        none: 4,
        high: 3,
        text: 'a',
        m: 6,
        absent: 0,
        list: [null, 2],
      });
    });

    holds('make documents on the way, fill arrays, and refuse a scalar in the way', async () => {
      expect(await after({ list: [] }, { $set: { 'a.b.c': 1, 'list.2': 'x' } })).toEqual({
        list: [null, null, 'x'],
        a: { b: { c: 1 } },
      });
      await code(after({ a: 5 }, { $set: { 'a.b': 1 } })).toMatchObject({ code: 28 });
      await code(after({ a: 5 }, { $push: { a: 1 } })).toMatchObject({ code: 2 });
      await code(after({ a: 5 }, { $set: { a: 1, 'a.b': 1 } })).toMatchObject({ code: 40 });
    });

    holds('reach array elements by $, $[] and $[name]', async () => {
      const collection = await fresh({
        units: [
          { id: 'a', state: 'idle' },
          { id: 'b', state: 'idle' },
        ],
      });
      const states = async () =>
        ((await collection.findOne())?.['units'] as { state: string }[]).map(({ state }) => state);
      await collection.updateOne({ 'units.id': 'b' }, { $set: { 'units.$.state': 'sent' } });
      expect(await states()).toEqual(['idle', 'sent']);
      await collection.updateOne(
        {},
        { $set: { 'units.$[unit].state': 'back' } },
        { arrayFilters: [{ 'unit.state': 'sent' }] },
      );
      expect(await states()).toEqual(['idle', 'back']);
      await collection.updateOne({}, { $set: { 'units.$[].state': 'off' } });
      expect(await states()).toEqual(['off', 'off']);
    });

    holds('never change an _id', async () => {
      await code(after({ _id: 1, a: 1 }, { $set: { _id: 2 } })).toMatchObject({ code: 66 });
      const collection = await fresh({ _id: 1, a: 1 });
      await code(collection.replaceOne({ a: 1 }, { _id: 2, a: 2 })).toMatchObject({ code: 66 });
      await collection.replaceOne({ a: 1 }, { b: 2 });
      expect(await collection.findOne()).toEqual({ _id: 1, b: 2 });
    });

    holds(
      'refuse a document past 16 MiB',
      async () => {
        const collection = await fresh({ _id: 1, parts: [] });
        const part = 'x'.repeat(6 * 1024 * 1024);
        const grow = () => collection.updateOne({}, { $push: { parts: part } } as object);
        await grow();
        await grow();
        await code(grow()).toMatchObject({ name: 'MongoServerError' });
        expect(((await collection.findOne())?.['parts'] as string[]).length).toBe(2);
      },
      { referenceDiffers: 'has no limit' },
    );
  });
}
