import { describe, expect, it } from '@jest/globals';
import { distanceM, ringContains } from '@siaga/geo';
import { softOutline } from './area-shape.ts';

const pilang = { south: -7.752, west: 113.185, north: -7.741, east: 113.19 };
const ringOf = (shape: [number, number][] | undefined) => (shape ?? []).map(([lng, lat]) => ({ lat, lng }));

describe('the soft outline of an alarm', () => {
  it('holds everything in the area, its corners included, and is closed', () => {
    const shape = softOutline({ area: pilang });
    const ring = ringOf(shape);
    expect(shape?.at(0)).toEqual(shape?.at(-1));
    for (const lat of [pilang.south, pilang.north])
      for (const lng of [pilang.west, pilang.east]) expect(ringContains(ring, { lat, lng })).toBe(true);
  });

  it('makes a single thing large enough to be found', () => {
    const place = { lat: -7.75, lng: 113.2 };
    const ring = ringOf(softOutline({ place }));
    const reach = Math.max(...ring.map((corner) => distanceM(place, corner)));
    expect(reach).toBeGreaterThan(150);
    expect(reach).toBeLessThan(300);
  });

  it('draws nothing for an alarm of no place', () => {
    expect(softOutline({})).toBeUndefined();
  });
});
