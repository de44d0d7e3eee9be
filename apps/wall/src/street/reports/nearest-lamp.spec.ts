import { expect, it } from '@jest/globals';
import { destination } from '@siaga/geo';
import { nearestLamp } from './nearest-lamp.ts';

const here = { lat: -7.7551, lng: 113.191 };
const lamps = [
  { lampId: 'PJU-1', place: destination(here, 90, 30) },
  { lampId: 'PJU-2', place: destination(here, 180, 8) },
  { lampId: 'PJU-3', place: destination(here, 0, 9) },
];

it('is the nearest within reach, or none', () => {
  expect(nearestLamp(lamps, here, 15)).toBe('PJU-2');
  expect(nearestLamp(lamps, here, 5)).toBeUndefined();
  expect(nearestLamp([], here, 500)).toBeUndefined();
});
