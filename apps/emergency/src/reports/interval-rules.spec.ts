import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { percentile, summaryOf, type Ends } from './interval-rules.ts';

const stamp = fc.option(fc.nat(1_000_000), { nil: undefined });
const intervals = fc.array(fc.record({ fromMs: stamp, toMs: stamp }));

it('counts each interval once: measured, not recorded, or contradicting, and never a missing stamp as nought', () => {
  fc.assert(
    fc.property(intervals, (all: Ends[]) => {
      const { measured, notRecorded, contradicting, p50Ms } = summaryOf(all);
      expect(measured + notRecorded + contradicting).toBe(all.length);
      expect(notRecorded).toBe(all.filter(({ fromMs, toMs }) => fromMs === undefined || toMs === undefined).length);
      expect(p50Ms === undefined).toBe(measured === 0);
    }),
  );
});

it('says the same in whatever order it was told', () => {
  const shuffled = intervals.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  );
  fc.assert(
    fc.property(shuffled, ([all, other]) => {
      expect(summaryOf(other)).toEqual(summaryOf(all));
    }),
  );
});

it('gives as percentile one that happened: so many per cent are not above it, and no lesser one is enough', () => {
  const values = fc.array(fc.nat(1000), { minLength: 1 });
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 100 }), (all, percent) => {
      const ascending = all.toSorted((one, other) => one - other);
      const value = percentile(ascending, percent) ?? NaN;
      const share = (limit: number) => (ascending.filter((one) => one <= limit).length / ascending.length) * 100;
      expect(ascending).toContain(value);
      expect(share(value)).toBeGreaterThanOrEqual(percent - 1e-9);
      const lesser = ascending.findLast((one) => one < value);
      if (lesser !== undefined) expect(share(lesser)).toBeLessThan(percent);
    }),
  );
  expect(percentile([], 50)).toBeUndefined();
  expect([50, 90].map((percent) => percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], percent))).toEqual([5, 9]);
});
