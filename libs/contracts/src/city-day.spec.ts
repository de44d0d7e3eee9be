import { expect, it } from '@jest/globals';
import { beginOfDay, dayAfter, dayAt, hourAt } from './city-day.ts';

const WIB = 'Asia/Jakarta';

it('days of a city begin at its own midnight', () => {
  expect(dayAt(Date.parse('2026-11-22T17:30:00Z'), WIB)).toBe('2026-11-23');
  expect(hourAt(Date.parse('2026-11-22T17:30:00Z'), WIB)).toBe(0);
  expect(hourAt(Date.parse('2026-11-22T16:59:59.999Z'), WIB)).toBe(23);
  expect(beginOfDay('2026-11-23', WIB)).toBe(Date.parse('2026-11-22T17:00:00Z'));
  expect(beginOfDay('2026-11-23', 'Asia/Jayapura')).toBe(Date.parse('2026-11-22T15:00:00Z'));
  // clocks went back at one in the morning of that day, UTC
  expect(beginOfDay('2026-10-26', 'Europe/Berlin')).toBe(Date.parse('2026-10-25T23:00:00Z'));
  expect(dayAfter('2026-12-31', 1)).toBe('2027-01-01');
});
