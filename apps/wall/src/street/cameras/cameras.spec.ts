import { describe, expect, it } from '@jest/globals';
import { CameraRegistered, CameraStateChanged, type CameraHealth } from '@siaga/contracts';
import { bearingDeg, distanceM } from '@siaga/geo';
import { wedge } from './camera-features.ts';
import { countCameras, seeCameras } from './seen-cameras.ts';

const place = { lat: -7.7541, lng: 113.2221 };
const nowMs = 1_800_000_000_000;

const camera = (cameraId: string, more: object = {}) =>
  CameraRegistered.data.parse({ cameraId, name: cameraId, owner: 'dishub', place, changedAtMs: 1, ...more });
const state = (cameraId: string, health: CameraHealth, checkedAgoMs = 0) =>
  CameraStateChanged.data.parse({
    ...{ cameraId, owner: 'dishub', place, health },
    ...{ sinceMs: nowMs - 1000, checkedAtMs: nowMs - checkedAgoMs, changedAtMs: nowMs },
  });
const items = <Data extends { cameraId: string }>(data: Data[]) =>
  new Map(data.map((one) => [one.cameraId, { data: one, exercise: false }]));

describe('what a camera sees on the ground', () => {
  it('is a closed wedge around its direction, as wide and far as was measured', () => {
    const ring = wedge(camera('flora', { directionDeg: 350, fieldOfViewDeg: 60, rangeM: 80 })) ?? [];
    expect(ring[0]).toEqual([place.lng, place.lat]);
    expect(ring.at(-1)).toEqual(ring[0]);
    const edge = ring.slice(1, -1).map(([lng, lat]) => ({ lng, lat }));
    for (const point of edge) expect(distanceM(place, point)).toBeCloseTo(80, 3);
    expect(edge.map((point) => Math.round(bearingDeg(place, point)) % 360)).toEqual([
      ...[320, 326, 332, 338, 344, 350, 356, 2, 8, 14, 20],
    ]);
  });

  it('is not drawn when nobody measured it', () => {
    expect(wedge(camera('flora'))).toBeUndefined();
    expect(wedge(camera('flora', { directionDeg: 350 }))).toBeUndefined();
  });
});

describe('cameras', () => {
  it('that show nothing come first; one of which nothing new is known counts as old, not as live', () => {
    const seen = seeCameras(
      items([camera('bayuangga'), camera('flora'), camera('gladak'), camera('plaza')]),
      items([
        state('bayuangga', 'live'),
        state('flora', 'unreachable'),
        state('gladak', 'live', (CameraStateChanged.freshForMs ?? 0) + 1),
      ]),
      nowMs,
    );
    expect(seen.map(({ camera: { cameraId }, health }) => [cameraId, health])).toEqual([
      ['flora', 'unreachable'],
      ['plaza', 'unchecked'],
      ['bayuangga', 'live'],
      ['gladak', 'live'],
    ]);
    expect(countCameras(seen)).toEqual({ registered: 4, live: 1, down: 1, unchecked: 1, old: 1 });
  });
});
