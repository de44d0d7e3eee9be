import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { between, bearingDeg, destination, distanceM } from './sphere.ts';

/** Within reach of a city, as places are here; the poles and the date line are nobody's city. */
const place = fc.record({
  lat: fc.double({ min: -11, max: 6, noNaN: true }),
  lng: fc.double({ min: 95, max: 141, noNaN: true }),
});
const bearing = fc.double({ min: 0, max: 359.999, noNaN: true });
const metres = fc.double({ min: 1, max: 50_000, noNaN: true });

describe('distanceM', () => {
  it('is a degree of latitude long', () => {
    expect(distanceM({ lat: -8, lng: 113 }, { lat: -7, lng: 113 })).toBeCloseTo(111_195.08, 1);
  });

  it('measures hospital to farthest kelurahan as the survey of the city says: 8.3 km', () => {
    const kilometres = distanceM({ lat: -7.745126, lng: 113.210576 }, { lat: -7.8191, lng: 113.2195 }) / 1000;
    expect(kilometres).toBeCloseTo(8.3, 1);
  });

  it('is the same both ways and never longer by a detour', () => {
    fc.assert(
      fc.property(place, place, place, (a, b, c) => {
        expect(distanceM(a, b)).toBeCloseTo(distanceM(b, a), 6);
        expect(distanceM(a, c)).toBeLessThanOrEqual(distanceM(a, b) + distanceM(b, c) + 1e-6);
      }),
    );
  });
});

describe('destination', () => {
  it('is as far as asked, and lies in the asked direction', () => {
    fc.assert(
      fc.property(place, bearing, metres, (start, degrees, length) => {
        const end = destination(start, degrees, length);
        expect(Math.abs(distanceM(start, end) - length)).toBeLessThan(0.001);
        const turned = Math.abs(bearingDeg(start, end) - degrees);
        expect(Math.min(turned, 360 - turned)).toBeLessThan(0.001);
      }),
    );
  });
});

describe('bearingDeg', () => {
  it.each([
    [{ lat: -7, lng: 113 }, 0],
    [{ lat: -8, lng: 114 }, 90],
    [{ lat: -9, lng: 113 }, 180],
    [{ lat: -8, lng: 112 }, 270],
  ])('to %o is about %d°', (end, expected) => {
    expect(bearingDeg({ lat: -8, lng: 113 }, end)).toBeCloseTo(expected, 0);
  });

  it('is never 360 nor negative', () => {
    fc.assert(
      fc.property(place, place, (a, b) => {
        const degrees = bearingDeg(a, b);
        expect(degrees >= 0 && degrees < 360).toBe(true);
      }),
    );
  });
});

describe('between', () => {
  it('divides the way in proportion', () => {
    fc.assert(
      fc.property(place, bearing, fc.double({ min: 0, max: 1, noNaN: true }), (start, degrees, share) => {
        const end = destination(start, degrees, 5000);
        expect(Math.abs(distanceM(start, between(start, end, share)) - 5000 * share)).toBeLessThan(1);
      }),
    );
  });
});
