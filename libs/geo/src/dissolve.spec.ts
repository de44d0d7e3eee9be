import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dissolve } from './dissolve.ts';
import { polygonsContain, ringAreaM2, type Ring } from './polygon.ts';

/** Squares of about 110 m on a grid of `size` by `size`. */
const STEP = 0.001;
const square = (row: number, column: number): Ring => {
  const at = (r: number, c: number) => ({ lat: -7 + r * STEP, lng: 113 + c * STEP });
  return [at(row, column), at(row, column + 1), at(row + 1, column + 1), at(row + 1, column)];
};
const size = 6;
const cells = Array.from({ length: size * size }, (_, index) => ({
  row: Math.floor(index / size),
  column: index % size,
}));

describe('dissolve', () => {
  it('joins two neighbours into one ring', () => {
    expect(dissolve([square(0, 0), square(0, 1)]).map((rings) => rings.map((ring) => ring.length))).toEqual([[6]]);
  });

  it('keeps a hole', () => {
    const around = cells.filter(({ row, column }) => row < 3 && column < 3 && !(row === 1 && column === 1));
    const joined = dissolve(around.map(({ row, column }) => square(row, column)));
    expect(joined.map((rings) => rings.length)).toEqual([2]);
    expect(polygonsContain(joined, { lat: -7 + 1.5 * STEP, lng: 113 + 1.5 * STEP })).toBe(false);
  });

  it('covers exactly the cells it was given, whatever their shape', () => {
    fc.assert(
      fc.property(fc.subarray(cells, { minLength: 1 }), (chosen) => {
        const joined = dissolve(chosen.map(({ row, column }) => square(row, column)));
        for (const cell of cells) {
          const centre = { lat: -7 + (cell.row + 0.5) * STEP, lng: 113 + (cell.column + 0.5) * STEP };
          expect(polygonsContain(joined, centre)).toBe(chosen.includes(cell));
        }
      }),
    );
  });

  it('drops slivers', () => {
    const sliver: Ring = [
      { lat: -7, lng: 113 },
      { lat: -7, lng: 113.001 },
      { lat: -6.99999, lng: 113.001 },
    ];
    expect(ringAreaM2(sliver)).toBeGreaterThan(0);
    expect(dissolve([sliver])).toEqual([]);
  });
});
