import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Grid } from './grid.ts';
import { distanceM } from './sphere.ts';

const place = fc.record({
  lat: fc.double({ min: -7.83, max: -7.71, noNaN: true }),
  lng: fc.double({ min: 113.15, max: 113.25, noNaN: true }),
});

describe('Grid', () => {
  it('finds what a look at every key finds, nearest first, after any moves and removals', () => {
    const step = fc.record({ key: fc.integer({ min: 0, max: 20 }), place: fc.option(place) });
    fc.assert(
      fc.property(fc.array(step), place, fc.integer({ min: 0, max: 15_000 }), (steps, centre, radiusM) => {
        const grid = new Grid<number>();
        const plain = new Map<number, { lat: number; lng: number }>();
        for (const { key, place: to } of steps) {
          if (to === null) expect(grid.remove(key)).toBe(plain.delete(key));
          else {
            grid.put(key, to);
            plain.set(key, to);
          }
        }
        const expected = [...plain].filter(([, at]) => distanceM(centre, at) <= radiusM).map(([key]) => key);
        const found = grid.near(centre, radiusM);
        expect(grid.size).toBe(plain.size);
        expect(found.map(({ key }) => key).toSorted((a, b) => a - b)).toEqual(expected.toSorted((a, b) => a - b));
        expect(found.map((near) => near.distanceM)).toEqual(
          found.map((near) => near.distanceM).toSorted((a, b) => a - b),
        );
      }),
    );
  });
});
