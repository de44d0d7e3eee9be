import { describe, expect } from '@jest/globals';
import type { Cases } from '../conformance-case.ts';

/** Aggregation stages and accumulators, counts and distinct values. */
export function aggregationCases({ holds, fresh }: Cases): void {
  describe('aggregation', () => {
    const trips = [
      { truck: 'A', tonnes: 2, stops: ['x', 'y'] },
      { truck: 'B', tonnes: 5, stops: [] },
      { truck: 'A', tonnes: 4, stops: ['y'] },
    ];

    holds('groups with every accumulator the services use', async () => {
      const collection = await fresh(...trips);
      const group = {
        _id: '$truck',
        sum: { $sum: '$tonnes' },
        trips: { $sum: 1 },
        mean: { $avg: '$tonnes' },
        least: { $min: '$tonnes' },
        most: { $max: '$tonnes' },
        first: { $first: '$tonnes' },
        last: { $last: '$tonnes' },
        all: { $push: '$tonnes' },
        kinds: { $addToSet: '$truck' },
      };
      expect(
        await collection.aggregate([{ $sort: { tonnes: 1 } }, { $group: group }, { $sort: { _id: 1 } }]).toArray(),
      ).toEqual([
        { _id: 'A', sum: 6, trips: 2, mean: 3, least: 2, most: 4, first: 2, last: 4, all: [2, 4], kinds: ['A'] },
        { _id: 'B', sum: 5, trips: 1, mean: 5, least: 5, most: 5, first: 5, last: 5, all: [5], kinds: ['B'] },
      ]);
    });

    holds('unwinds, adds, projects, skips, limits and counts', async () => {
      const collection = await fresh(...trips);
      const run = (...stages: object[]) => collection.aggregate(stages).toArray();
      expect(
        await run({ $unwind: '$stops' }, { $group: { _id: '$stops', n: { $sum: 1 } } }, { $sort: { _id: 1 } }),
      ).toEqual([
        { _id: 'x', n: 1 },
        { _id: 'y', n: 2 },
      ]);
      expect(
        await run(
          { $addFields: { kg: { $multiply: ['$tonnes', 1000] } } },
          { $match: { kg: { $gte: 4000 } } },
          { $sort: { kg: -1 } },
          { $project: { _id: 0, kg: 1, who: '$truck' } },
        ),
      ).toEqual([
        { kg: 5000, who: 'B' },
        { kg: 4000, who: 'A' },
      ]);
      expect(
        await run({ $sort: { tonnes: 1 } }, { $skip: 1 }, { $limit: 1 }, { $project: { _id: 0, stops: 0, truck: 0 } }),
      ).toEqual([{ tonnes: 4 }]);
      expect(await run({ $match: { truck: 'A' } }, { $count: 'trips' })).toEqual([{ trips: 2 }]);
      expect(await run({ $unwind: { path: '$stops', preserveNullAndEmptyArrays: true } }, { $count: 'rows' })).toEqual([
        { rows: 4 },
      ]);
    });

    holds('counts and lists distinct values', async () => {
      const collection = await fresh(...trips);
      expect(await collection.countDocuments({ truck: 'A' })).toBe(2);
      expect(await collection.countDocuments({}, { skip: 1, limit: 5 })).toBe(2);
      expect(await collection.estimatedDocumentCount()).toBe(3);
      expect((await collection.distinct('stops')).toSorted()).toEqual(['x', 'y']);
      expect(await collection.distinct('truck', { tonnes: { $gt: 4 } })).toEqual(['B']);
    });
  });
}
