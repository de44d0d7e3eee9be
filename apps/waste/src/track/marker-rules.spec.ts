import { describe, expect, it } from '@jest/globals';
import type { Fix, TruckMoved } from '@siaga/contracts';
import { markerAfter } from './marker-rules.ts';

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
