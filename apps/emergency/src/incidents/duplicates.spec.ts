import { expect, it } from '@jest/globals';
import type { EmergencyPlace } from '@siaga/contracts';
import { distanceM } from '@siaga/geo';
import fc from 'fast-check';
import { duplicatesOf, type Known } from './duplicates.ts';

const somewhere: fc.Arbitrary<EmergencyPlace> = fc.record({
  lat: fc.double({ min: -7.76, max: -7.74, noNaN: true }),
  lng: fc.double({ min: 113.2, max: 113.22, noNaN: true }),
  uncertaintyM: fc.constantFrom(0, 20, 500),
  source: fc.constant('map' as const),
});
const kind = fc.option(fc.constantFrom('medical' as const, 'traffic-accident' as const), { nil: undefined });
const place = fc.option(somewhere, { nil: undefined });
const seenAtMs = fc.option(fc.nat(7_200_000), { nil: undefined });
const open = fc
  .array(fc.record({ place, kind, openedAtMs: fc.nat(7_200_000), seenAtMs, isSameNumber: fc.boolean() }), {
    maxLength: 14,
  })
  .map((some) => some.map((one, at): Known => ({ ...one, incidentId: `INS-${String(at).padStart(8, '0')}` })));
const call = fc.record({ place, kind, atMs: fc.nat(7_200_000) });

it('suggests exactly what is near as far as both are known, and soon or of the same kind, or of the same number; nearest at best first', () => {
  fc.assert(
    fc.property(call, open, (told, known) => {
      const found = duplicatesOf(told, known);
      const fits = known.filter(({ place: at, kind: its, openedAtMs, seenAtMs: atMs = openedAtMs, isSameNumber }) => {
        if (isSameNumber) return true;
        if (told.place === undefined || at === undefined) return false;
        if (Math.abs(told.atMs - atMs) > 3_600_000 && (its === undefined || its !== told.kind)) return false;
        return Math.round(distanceM(told.place, at)) - told.place.uncertaintyM - at.uncertaintyM <= 150;
      });
      expect(found).toHaveLength(Math.min(10, fits.length));
      for (const { incidentId } of found) expect(fits.map((one) => one.incidentId)).toContain(incidentId);
      const left = found.map(({ isSameNumber, distanceM: far = Infinity, uncertaintyM = 0 }) =>
        isSameNumber ? -1 : Math.max(0, far - uncertaintyM),
      );
      expect(left).toEqual(left.toSorted((one, other) => one - other));
      for (const one of found) expect(one.distanceM === undefined).toBe(one.uncertaintyM === undefined);
    }),
  );
});
