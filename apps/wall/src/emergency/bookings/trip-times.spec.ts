import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { firstPickUp, momentOf, pickUpAt } from './trip-times.ts';

const at = (words: string) => Date.parse(`${words}+07:00`);
const first = (day: string, now: string) => {
  const { day: offered, clock } = firstPickUp(day, at(now), 'Asia/Jakarta');
  return `${offered} ${clock}`;
};

it('offers the next half hour of today, over midnight and the end of a month, and the morning of another day', () => {
  expect(first('2026-11-23', '2026-11-23T14:01')).toBe('2026-11-23 14:30');
  expect(first('2026-11-23', '2026-11-23T14:30')).toBe('2026-11-23 14:30');
  expect(first('2026-11-30', '2026-11-30T23:45')).toBe('2026-12-01 00:00');
  expect(first('2026-12-01', '2026-11-30T23:45')).toBe('2026-12-01 08:00');
});

it('reads back every minute that it wrote, in every zone of the country', () => {
  const zone = fc.constantFrom('Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura');
  fc.assert(
    fc.property(fc.integer({ min: 20_000_000, max: 40_000_000 }), zone, (minutes, timezone) => {
      expect(momentOf(pickUpAt(minutes * 60_000, timezone), timezone)).toBe(minutes * 60_000);
    }),
  );
});
