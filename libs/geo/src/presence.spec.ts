import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { destination } from './sphere.ts';
import { provesPresence } from './presence.ts';

const place = { lat: -7.7551, lng: 113.2161, radiusM: 100 };
const at = (awayM: number, accuracyM: number) => ({ ...destination(place, 30, awayM), accuracyM });

it('takes a position inside the radius that is no vaguer than the radius is wide', () => {
  expect([provesPresence(place, at(95, 100)), provesPresence(place, at(95, 101))]).toEqual([true, false]);
  expect([provesPresence(place, at(105, 5)), provesPresence({ ...place, radiusM: 20 }, at(5, 50))]).toEqual([false, true]); // prettier-ignore
});

it('is never lost by coming nearer or measuring better', () => {
  const metres = fc.double({ min: 0, max: 300, noNaN: true });
  fc.assert(
    fc.property(metres, metres, fc.double({ min: 0, max: 1, noNaN: true }), (awayM, accuracyM, part) => {
      if (!provesPresence(place, at(awayM, accuracyM))) return;
      expect(provesPresence(place, at(awayM * part, accuracyM * part))).toBe(true);
    }),
  );
});
