import { describe, expect, it } from '@jest/globals';
import { fixIdOf, plausibleArea, reachable, refusalOf } from './fix-rules.ts';
import type { Position } from './reading.ts';
import { RecentFixes } from './recent-fixes.ts';

const receivedAtMs = Date.UTC(2026, 0, 15, 3, 4, 5);
const minute = 60_000;
const day = 86_400_000;
const area = plausibleArea({ lat: -7.7697, lng: 113.2063 });
const position = (over: Partial<Position> = {}): Position => ({
  atMs: receivedAtMs,
  lat: -7.747,
  lng: 113.216,
  valid: true,
  mock: false,
  ...over,
});
const judge = (over: Partial<Position>, neighbours: { atMs: number; lat: number; lng: number }[] = []) =>
  refusalOf(position(over), { receivedAtMs, area, neighbours })?.reason;

describe('a position is refused', () => {
  it.each<[string, Partial<Position>]>([
    ['not-valid', { valid: false }],
    ['mock-location', { mock: true }],
    ['null-island', { lat: 0, lng: 0 }],
    ['null-island', { lat: 0.05, lng: -0.05 }],
    ['clock-ahead', { atMs: receivedAtMs + 5 * minute + 1 }],
    ['too-old', { atMs: receivedAtMs - 30 * day - 1 }],
    ['too-old', { atMs: 0 }],
    ['outside-area', { lat: 7.747 }],
    ['outside-area', { lat: 60, lng: 30 }],
    ['outside-area', { lat: -6.2, lng: 106.8 }],
  ])('as %s: %p', (reason, over) => {
    expect(judge(over)).toBe(reason);
  });

  it('with a detail an operator understands', () => {
    expect(refusalOf(position({ atMs: receivedAtMs + 412_000 }), { receivedAtMs, area, neighbours: [] })).toEqual({
      reason: 'clock-ahead',
      detail: 'jam alat 412 s di depan',
    });
  });

  it('as impossible-speed against the fix before and the fix after, whichever it contradicts', () => {
    const far = { lat: -7.6, lng: 113.0 };
    expect(judge({}, [{ ...far, atMs: receivedAtMs - minute }])).toBe('impossible-speed');
    expect(judge({ atMs: receivedAtMs - minute }, [{ ...far, atMs: receivedAtMs }])).toBe('impossible-speed');
  });
});

describe('a position is taken', () => {
  it.each<[string, Partial<Position>]>([
    ['now', {}],
    ['with a clock a little ahead', { atMs: receivedAtMs + 5 * minute }],
    ['after four weeks without a network', { atMs: receivedAtMs - 28 * day }],
    ['from Surabaya', { lat: -7.25, lng: 112.75 }],
  ])('%s', (_, over) => {
    expect(judge(over)).toBeUndefined();
  });

  it('when it scatters within a kilometre in a second', () => {
    expect(judge({}, [{ lat: -7.752, lng: 113.216, atMs: receivedAtMs }])).toBeUndefined();
  });

  it('anywhere in the world for a city whose place is not known', () => {
    expect(
      refusalOf(position({ lat: 60, lng: 30 }), { receivedAtMs, area: undefined, neighbours: [] }),
    ).toBeUndefined();
  });
});

describe('the id of a fix', () => {
  const fix = { truckId: 'DLH-01', atMs: receivedAtMs, lat: -7.747, lng: 113.216 };

  it('is the same for a repeat whose numbers were printed differently', () => {
    expect(fixIdOf({ ...fix, lat: -7.74700000001 })).toBe(fixIdOf(fix));
  });

  it('differs by truck, time and place', () => {
    const others = [{ truckId: 'DLH-02' }, { atMs: receivedAtMs + 1 }, { lat: -7.747001 }, { lng: 113.216001 }];
    expect(new Set([fix, ...others.map((over) => ({ ...fix, ...over }))].map(fixIdOf)).size).toBe(5);
  });
});

describe('recent fixes of a device', () => {
  const at = (minutes: number, lat = -7.747) => ({ atMs: receivedAtMs + minutes * minute, lat, lng: 113.216 });

  it('gives the neighbours in time, however they came in', () => {
    const recent = new RecentFixes();
    for (const minutes of [0, 10, 5]) recent.took(at(minutes));
    expect(recent.neighbours(at(7))).toEqual([at(5), at(10)]);
    expect(recent.neighbours(at(-1))).toEqual([at(0)]);
    expect(recent.neighbours(at(11))).toEqual([at(10)]);
  });

  it('forgets the oldest', () => {
    const recent = new RecentFixes();
    for (let minutes = 0; minutes < 100; minutes++) recent.took(at(minutes));
    expect(recent.neighbours(at(20))).toEqual([at(36)]);
  });

  it('believes refused jumps in the end when they agree, and forgets what they contradict', () => {
    const recent = new RecentFixes();
    recent.took(at(0, -7.2));
    for (const minutes of [1, 2, 3]) {
      expect(recent.neighbours(at(minutes))).toEqual([at(0, -7.2)]);
      recent.doubted(at(minutes));
    }
    expect(recent.neighbours(at(4))).toEqual([]);
    recent.took(at(4));
    expect(recent.neighbours(at(5))).toEqual([at(4)]);
  });

  it('does not believe jumps that contradict one another', () => {
    const recent = new RecentFixes();
    recent.took(at(0));
    for (const [minutes, lat] of [
      [1, -7.2],
      [2, -8.2],
      [3, -7.2],
      [4, -8.2],
    ] as const)
      recent.doubted(at(minutes, lat));
    expect(reachable(at(3, -7.2), at(4, -8.2))).toBe(false);
    expect(recent.neighbours(at(5, -7.2))).toEqual([at(0)]);
  });
});
