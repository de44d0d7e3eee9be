import { describe, expect, it } from '@jest/globals';
import { gridSizes, shownIn, turnsOf } from './rotation.ts';

describe('cameras side by side', () => {
  it.each(gridSizes)('are all shown once in a round of %i, whatever their number and where it begins', (size) => {
    for (let count = 0; count <= 70; count += 1)
      for (const from of [-500, -1, 0, 7]) {
        const cameras = Array.from({ length: count }, (_, index) => index);
        const round = Array.from({ length: turnsOf(count, size) }, (_, turn) => shownIn(cameras, size, from + turn));
        expect(round.flat().toSorted((one, other) => one - other)).toEqual(cameras);
        expect(round.every((shown) => shown.length <= size)).toBe(true);
      }
  });

  it('go on from where they were, forwards and back', () => {
    const cameras = ['a', 'b', 'c', 'd', 'e'];
    expect([0, 1, 2, -1].map((turn) => shownIn(cameras, 4, turn).join(''))).toEqual(['abcd', 'e', 'abcd', 'e']);
    expect(shownIn([], 9, 3)).toEqual([]);
  });
});
