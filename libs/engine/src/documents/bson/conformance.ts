import { describe, expect } from '@jest/globals';
import { mongo } from 'mongoose';
import type { Cases } from '../conformance-case.ts';

const { Binary, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp, UUID } = mongo;

/** Values keep their type, and numbers their worth. */
export function valueCases({ holds, fresh, matches, code }: Cases): void {
  describe('values', () => {
    holds(
      'come back as they went, type and all',
      async () => {
        const value = {
          _id: new ObjectId(),
          long: Long.fromString('9007199254740993'),
          int: new Int32(5),
          double: new Double(5),
          decimal: Decimal128.fromString('12.30'),
          date: new Date('2026-11-21T00:00:00.123Z'),
          past: new Date(-1),
          binary: new Binary(Buffer.from([0, 1, 255]), 5),
          uuid: new UUID('0d2f6a9e-3a52-4f7e-9f6f-0b8c2a1d4e5f'),
          text: 'Jl. Panglima Sudirman – Mayangan 🚛\u0000end',
          regex: /^a.*b$/i,
          stamp: new Timestamp({ t: 7, i: 9 }),
          nothing: null,
          yes: true,
          min: new MinKey(),
          max: new MaxKey(),
          list: [1, [], {}, [null]],
          nested: { z: 1, a: { b: 'c' } },
        };
        const collection = await fresh(value);
        const raw = await collection.findOne({}, { promoteValues: false, promoteLongs: false });
        expect(raw).toEqual({
          ...value,
          list: [new Int32(1), [], {}, [null]],
          nested: { z: new Int32(1), a: { b: 'c' } },
          yes: true,
        });
        expect(Object.keys(raw ?? {})).toEqual(Object.keys(value));
        expect(Object.keys(raw?.['nested'] as object)).toEqual(['z', 'a']);
      },
      { referenceDiffers: 'closes the connection over a type it cannot store' },
    );

    holds('named __proto__, constructor or toString are ordinary fields', async () => {
      const hostile = JSON.parse(
        '{ "__proto__": { "isAdmin": true }, "constructor": { "prototype": 1 }, "toString": "x", "hasOwnProperty": 0 }',
      ) as object;
      const collection = await fresh(hostile);
      const found = await collection.findOne({ toString: 'x' });
      expect(Object.hasOwn(found ?? {}, '__proto__')).toBe(true);
      expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
      await collection.updateOne({}, { $set: { '__proto__.isAdmin': false, 'constructor.prototype': 2 } });
      expect(await collection.countDocuments({ '__proto__.isAdmin': false, 'constructor.prototype': 2 })).toBe(1);
      expect(Object.prototype).not.toHaveProperty('isAdmin');
    });

    holds('of different number types are equal and ordered by what they are worth', async () => {
      const big = Long.fromString('9007199254740993');
      const documents = [
        { v: 5 },
        { v: Long.fromNumber(5) },
        { v: new Double(5.5) },
        { v: big },
        { v: 2 ** 53 },
        { v: Decimal128.fromString('5.00') },
      ];
      expect(await matches(documents, { v: 5 })).toEqual([0, 1, 5]);
      expect(await matches(documents, { v: { $gt: 5 } })).toEqual([2, 3, 4]);
      expect(await matches(documents, { v: { $gt: 2 ** 53 } })).toEqual([3]);
      expect(await matches(documents, { v: big })).toEqual([3]);
      expect(await matches(documents, { v: { $type: 'long' } })).toEqual([1, 3]);
    });

    holds(
      'keep their number type under $inc, and int32 grows to int64',
      async () => {
        const collection = await fresh({ long: Long.fromNumber(1), int: 2 ** 31 - 1, double: 0.5, small: 1 });
        await collection.updateOne({}, { $inc: { long: 1, int: 1, double: 1, small: 1, made: Long.fromNumber(3) } });
        expect(
          await collection.findOne({}, { promoteValues: false, promoteLongs: false, projection: { _id: 0 } }),
        ).toEqual({
          long: Long.fromNumber(2),
          int: Long.fromNumber(2 ** 31),
          double: new Double(1.5),
          small: new Int32(2),
          made: Long.fromNumber(3),
        });
        await collection.updateOne({}, { $set: { long: Long.MAX_VALUE } });
        await code(collection.updateOne({}, { $inc: { long: 1 } })).toMatchObject({ code: 2 });
        await code(
          collection
            .updateOne({}, { $set: { small: 'x' } })
            .then(() => collection.updateOne({}, { $inc: { small: 1 } })),
        ).toMatchObject({ code: 14 });
      },
      { referenceDiffers: 'lets an int64 overflow' },
    );
  });
}
