import { describe, expect, it } from '@jest/globals';
import { sparkPoints } from './spark-points.ts';

const box = { width: 100, height: 20 };

describe('a sparkline', () => {
  it('fills its box, zero at the bottom', () => {
    expect(sparkPoints([0, 5, 10], 10, box)).toEqual([
      [0, 20],
      [50, 10],
      [100, 0],
    ]);
  });

  it('of nothing but zeros lies on the ground', () => {
    expect(sparkPoints([0, 0], 0, box).map(([, y]) => y)).toEqual([20, 20]);
  });

  it('never leaves its box', () => {
    expect(sparkPoints([30, -4], 10, box).map(([, y]) => y)).toEqual([0, 20]);
  });
});
