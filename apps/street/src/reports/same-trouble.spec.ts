import { expect, it } from '@jest/globals';
import { destination } from '@siaga/geo';
import fc from 'fast-check';
import { JOINED_WITHIN_M } from './report-rules.ts';
import { openTileOf, openTilesAround } from './same-trouble.ts';

const dark = { trouble: 'dark', exercise: false } as const;
const anywhere = fc.record({
  lat: fc.double({ min: -70, max: 70, noNaN: true }),
  lng: fc.double({ min: -179, max: 179, noNaN: true }),
});

it('whatever is within reach is looked for, in four tiles near the equator', () => {
  const near = fc.record({
    place: anywhere,
    bearing: fc.double({ min: 0, max: 360, noNaN: true }),
    metres: fc.double({ min: 0, max: JOINED_WITHIN_M - 0.01, noNaN: true }),
  });
  fc.assert(
    fc.property(near, ({ place, bearing, metres }) => {
      const there = destination(place, bearing, metres);
      expect(openTilesAround({ place, ...dark })).toContain(openTileOf({ place: there, ...dark }));
    }),
  );
  expect(openTilesAround({ place: { lat: -7.7551, lng: 113.191 }, ...dark }).length).toBeLessThanOrEqual(4);
});

it('another trouble, or a simulated one, is never looked at', () => {
  const place = { lat: -7.7551, lng: 113.191 };
  const around = openTilesAround({ place, ...dark });
  expect(around).not.toContain(openTileOf({ place, trouble: 'cable', exercise: false }));
  expect(around).not.toContain(openTileOf({ place, ...dark, exercise: true }));
});
