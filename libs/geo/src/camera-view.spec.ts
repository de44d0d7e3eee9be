import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bestViewFirst, cameraViewOf, type CameraStance, type CameraView } from './camera-view.ts';
import { destination } from './sphere.ts';

const flora = { lat: -7.7551, lng: 113.2101 };
const metres = (least: number, most: number) => fc.double({ min: least, max: most, noNaN: true });
const degrees = metres(0, 359.999);

/** The same by vectors on flat ground, which a city is. */
function seesFlat(place: typeof flora, { place: at, directionDeg = 0, fieldOfViewDeg = 0, rangeM = 0 }: CameraStance) {
  const north = (place.lat - at.lat) * 111_195.08;
  const east = (place.lng - at.lng) * 111_195.08 * Math.cos((at.lat * Math.PI) / 180);
  const length = Math.hypot(north, east);
  const axis = (directionDeg * Math.PI) / 180;
  const cosine = (north * Math.cos(axis) + east * Math.sin(axis)) / length;
  const off = (Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI;
  return { length, off, isSeen: length <= rangeM && off <= fieldOfViewDeg / 2 };
}

describe('a camera and a place', () => {
  it('are seen as brute force sees them', () => {
    fc.assert(
      fc.property(
        degrees,
        metres(1, 1900),
        degrees,
        metres(1, 360),
        metres(5, 2000),
        (towards, far, directionDeg, fieldOfViewDeg, rangeM) => {
          // prettier-ignore
          const sight = { place: flora, approximate: false, directionDeg, fieldOfViewDeg, rangeM };
          const place = destination(flora, towards, far);
          const { length, off, isSeen } = seesFlat(place, sight);
          // a city is flat to a part in a thousand
          fc.pre(Math.abs(length - rangeM) > 2 + rangeM / 500 && Math.abs(off - fieldOfViewDeg / 2) > 0.5);
          expect(cameraViewOf(place, sight).sees).toBe(isSeen ? 'yes' : 'no');
          expect(Math.abs(cameraViewOf(place, sight).distanceM - far)).toBeLessThan(0.01);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('may see one another where nobody measured', () => {
    const north = destination(flora, 0, 50);
    const sight = { place: flora, approximate: false, directionDeg: 10, fieldOfViewDeg: 60, rangeM: 80 };
    expect(cameraViewOf(north, sight).sees).toBe('yes');
    expect(cameraViewOf(north, { ...sight, approximate: true }).sees).toBe('maybe');
    expect(cameraViewOf(north, { ...sight, directionDeg: undefined }).sees).toBe('maybe');
    expect(cameraViewOf(north, { ...sight, rangeM: undefined }).sees).toBe('maybe');
    expect(cameraViewOf(destination(flora, 0, 150), { ...sight, rangeM: undefined }).sees).toBe('no');
    expect(cameraViewOf(flora, { ...sight, fieldOfViewDeg: 360 }).sees).toBe('yes');
  });

  it('come in order of use: what sees it, what may, what is near', () => {
    const near = (sees: CameraView['sees'], distanceM: number): CameraView => ({ sees, distanceM, bearingDeg: 0 });
    const given = [
      near('no', 5),
      near('maybe', 90),
      near('yes', 80),
      near('maybe', 10),
      near('yes', 20),
      near('no', 300),
    ];
    expect(given.toSorted(bestViewFirst).map(({ sees, distanceM }) => [sees, distanceM])).toEqual([
      ...[['yes', 20], ['yes', 80], ['maybe', 10], ['maybe', 90], ['no', 5], ['no', 300]], // prettier-ignore
    ]);
  });
});
