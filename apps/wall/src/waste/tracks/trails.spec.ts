import { describe, expect, it } from '@jest/globals';
import { gapMs, stretchesOf, Trails } from './trails.ts';

const at = (atMs: number) => ({ atMs, lat: -7.75, lng: 113.2 + atMs / 1e9 });

describe('a trail', () => {
  it('puts a late report where it belongs', () => {
    const trails = new Trails(60_000);
    for (const atMs of [1000, 4000, 2000, 3000]) trails.add('A', at(atMs));
    expect(trails.of('A').map((point) => point.atMs)).toEqual([1000, 2000, 3000, 4000]);
  });

  it('takes a repeat once', () => {
    const trails = new Trails(60_000);
    for (const atMs of [1000, 2000, 1000, 2000]) trails.add('A', at(atMs));
    expect(trails.of('A')).toHaveLength(2);
  });

  it('forgets what is too old, and a truck with nothing left', () => {
    const trails = new Trails(10_000);
    trails.add('A', at(1000));
    trails.add('A', at(20_000));
    trails.add('B', at(2000));
    trails.trim(25_000);
    expect(trails.of('A').map((point) => point.atMs)).toEqual([20_000]);
    expect([...trails.truckIds()]).toEqual(['A']);
  });
});

describe('a way', () => {
  it('is broken where nothing was heard for long, because nobody knows where the truck was', () => {
    const stretches = stretchesOf([at(0), at(gapMs), at(2 * gapMs + 1), at(2 * gapMs + 2)]);
    expect(stretches.map((stretch) => stretch.length)).toEqual([2, 2]);
  });

  it('of nothing is nothing', () => {
    expect(stretchesOf([])).toEqual([]);
  });
});
