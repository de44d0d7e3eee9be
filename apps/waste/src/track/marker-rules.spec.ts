import { describe, expect, it } from '@jest/globals';
import type { Fix, TruckMoved } from '@siaga/contracts';
import { markerAfter, type Marker } from './marker-rules.ts';

const at = Date.UTC(2026, 0, 15, 3, 4, 5);
const fix = (over: Partial<Fix> = {}): Fix => ({
  fixId: 'f',
  truckId: 'DLH-01',
  protocol: 'osmand',
  deviceId: '1',
  atMs: at,
  receivedAtMs: at + 500,
  lat: -7.747,
  lng: 113.216,
  ...over,
});
const known = (over: Partial<TruckMoved> = {}): TruckMoved => ({
  truckId: 'DLH-01',
  protocol: 'osmand',
  atMs: at - 10_000,
  lat: -7.747,
  lng: 113.215,
  headingDeg: 45,
  ...over,
});

describe('the marker after a fix', () => {
  it('is where and how the device says', () => {
    expect(markerAfter(fix({ speedKph: 36, headingDeg: 90, batteryPercent: 80 }), known())).toEqual({
      truckId: 'DLH-01',
      protocol: 'osmand',
      atMs: at,
      deviceAtMs: at,
      lat: -7.747,
      lng: 113.216,
      speedKph: 36,
      headingDeg: 90,
      batteryPercent: 80,
    });
  });

  it('never moves back for a late fix', () => {
    expect(markerAfter(fix({ atMs: at - 10_001 }), known())).toBeUndefined();
  });

  it('stays what it is for a repeat', () => {
    const marker = markerAfter(fix(), known());
    expect(markerAfter(fix(), marker)).toBe(marker);
  });

  it('takes our time when the device’s clock is ahead', () => {
    expect(markerAfter(fix({ atMs: at + 200_000 }), undefined)?.atMs).toBe(at + 500);
  });

  it('derives speed and heading from the last two places', () => {
    // 0.001 degrees of longitude at 7.7 degrees south are 110.2 m: in 10 s 39.7 km/h, due east
    expect(markerAfter(fix(), known())).toMatchObject({ speedKph: 39.7, headingDeg: expect.closeTo(90, 0) });
  });

  it('derives nothing across a long gap in time, or from nothing', () => {
    expect(markerAfter(fix(), known({ atMs: at - 300_001 }))?.speedKph).toBeUndefined();
    expect(markerAfter(fix(), undefined)).toMatchObject({ speedKph: undefined, headingDeg: undefined });
  });

  it('stands still within the scatter of the receiver and keeps its heading', () => {
    expect(markerAfter(fix({ lng: 113.2151 }), known())).toMatchObject({ speedKph: 0, headingDeg: 45 });
    expect(markerAfter(fix({ speedKph: 0, headingDeg: 0 }), known())).toMatchObject({ headingDeg: 45 });
    expect(markerAfter(fix({ speedKph: 0, headingDeg: 10 }), undefined)).toMatchObject({ headingDeg: 10 });
  });
});

describe('a batch from a device whose clock is ahead', () => {
  // 100 to 130 s ahead of the moment it was heard, 110.2 m east every 10 s
  const batch = [0, 1, 2, 3].map((step) =>
    fix({ fixId: String(step), atMs: at + 100_000 + step * 10_000, receivedAtMs: at, lng: 113.216 + step / 1000 }),
  );
  const ordersOf = (fixes: readonly Fix[]): Fix[][] =>
    fixes.length === 0
      ? [[]]
      : fixes.flatMap((first) => ordersOf(fixes.filter((one) => one !== first)).map((rest) => [first, ...rest]));
  const after = (fixes: readonly Fix[], from?: Marker) =>
    fixes.reduce<Marker | undefined>((marker, one) => markerAfter(one, marker) ?? marker, from);

  it('shows its newest place at the time it was heard, whatever the order, and again after any repeat', () => {
    for (const order of ordersOf(batch)) {
      const marker = after(order);
      expect(marker).toMatchObject({ atMs: at, deviceAtMs: at + 130_000, lng: 113.219 });
      for (const repeat of ordersOf(batch)) expect(after(repeat, marker)).toBe(marker);
    }
  });

  it('derives speed by the device’s clock where ours stood still', () => {
    expect(after(batch)).toMatchObject({ speedKph: 39.7 });
  });

  it('does not hold up the next report of a clock that is right', () => {
    const next = fix({ atMs: at + 1, receivedAtMs: at + 1, lng: 113.22 });
    expect(markerAfter(next, after(batch))).toMatchObject({ atMs: at + 1, lng: 113.22 });
  });

  it('takes a marker kept without the device’s time for one of its own time', () => {
    const kept = known({ atMs: at });
    expect(markerAfter(fix({ atMs: at, receivedAtMs: at }), kept)).toBe(kept);
  });
});
