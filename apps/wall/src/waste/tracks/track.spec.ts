import { describe, expect, it } from '@jest/globals';
import { playedTo, pointAt, speedLine, type TrackPoint } from './track.ts';

const points: TrackPoint[] = [10_000, 20_000, 30_000].map((atMs, index) => ({
  atMs,
  lat: -7.75,
  lng: 113.2,
  speedKph: index * 20,
}));

describe('a moment on the track', () => {
  it.each([
    [5000, 10_000],
    [10_000, 10_000],
    [19_999, 10_000],
    [20_000, 20_000],
    [99_000, 30_000],
  ])('%d shows the fix of %d', (moment, atMs) => {
    expect(pointAt(points, moment)?.atMs).toBe(atMs);
  });

  it('of an empty track is nothing', () => {
    expect(pointAt([], 5)).toBeUndefined();
  });
});

describe('playing', () => {
  it('never runs slower than the day itself, nor past its end', () => {
    expect(playedTo(points, 10_000, 1000)).toBe(11_000);
    expect(playedTo(points, 29_500, 1000)).toBe(30_000);
    expect(playedTo(points, 0, 0)).toBe(10_000);
  });

  it('shows a whole day in 40 s', () => {
    const day: TrackPoint[] = [0, 14_400_000].map((atMs) => ({ atMs, lat: -7.75, lng: 113.2 }));
    expect(playedTo(day, 0, 20_000)).toBe(7_200_000);
  });
});

describe('the line of speed', () => {
  it('runs over the box, fast at the top', () => {
    expect(speedLine(points, 100, 40)).toBe('0,40.0 50,20.0 100,0.0');
  });

  it('leaves out what was not reported', () => {
    expect(speedLine([{ atMs: 1, lat: 0, lng: 0 }], 100, 40)).toBe('');
  });
});
