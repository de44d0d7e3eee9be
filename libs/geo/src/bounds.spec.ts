import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { areaContains, boundsOf, grow } from './bounds.ts';
import { destination } from './sphere.ts';

const place = fc.record({
  lat: fc.double({ min: -11, max: 6, noNaN: true }),
  lng: fc.double({ min: 95, max: 141, noNaN: true }),
});

describe('boundsOf', () => {
  it('is undefined for nothing', () => {
    expect(boundsOf([])).toBeUndefined();
  });

  it('holds every place and touches one on each side', () => {
    fc.assert(
      fc.property(fc.array(place, { minLength: 1 }), (places) => {
        const area = boundsOf(places);
        expect(area).toEqual({
          south: Math.min(...places.map(({ lat }) => lat)),
          west: Math.min(...places.map(({ lng }) => lng)),
          north: Math.max(...places.map(({ lat }) => lat)),
          east: Math.max(...places.map(({ lng }) => lng)),
        });
      }),
    );
  });
});

describe('grow', () => {
  it('takes in all that is within the margin', () => {
    fc.assert(
      fc.property(place, fc.integer({ min: 0, max: 359 }), (corner, bearing) => {
        const area = grow({ south: corner.lat, west: corner.lng, north: corner.lat, east: corner.lng }, 1000);
        expect(areaContains(area, destination(corner, bearing, 999))).toBe(true);
        expect(areaContains(area, destination(corner, bearing, 1415))).toBe(false);
      }),
    );
  });
});
