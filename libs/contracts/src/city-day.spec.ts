import { expect, it } from '@jest/globals';
import { beginOfDay, dayAfter, dayAt, hourAt } from './city-day.ts';
import { CityDay } from './shapes.ts';

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

it('a day that a contract takes has a beginning, and a day after it', () => {
  for (const day of ['1900-01-01', '2026-02-28', '2096-02-29', '2099-12-31']) {
    const next = dayAfter(CityDay.parse(day), 1);
    expect(dayAt(beginOfDay(next, WIB) - 1, WIB)).toBe(day);
  }
  const refused = ['0001-01-01', '0999-12-31', '1899-12-31', '2100-01-01', '9999-12-31', '2026-02-29', '2026-2-1'];
  expect(refused.filter((day) => CityDay.safeParse(day).success)).toEqual([]);
});
