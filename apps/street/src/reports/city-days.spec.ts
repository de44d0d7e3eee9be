import { describe, expect, it } from '@jest/globals';
import { beginOf, dayAfter, dayAt, dueAtMs } from './city-days.ts';

const WIB = 'Asia/Jakarta';

describe('days of a city', () => {
  it('begin at its own midnight', () => {
    expect(dayAt(Date.parse('2026-11-22T17:30:00Z'), WIB)).toBe('2026-11-23');
    expect(beginOf('2026-11-23', WIB)).toBe(Date.parse('2026-11-22T17:00:00Z'));
    expect(beginOf('2026-11-23', 'Asia/Jayapura')).toBe(Date.parse('2026-11-22T15:00:00Z'));
    // clocks went back at one in the morning of that day, UTC
    expect(beginOf('2026-10-26', 'Europe/Berlin')).toBe(Date.parse('2026-10-25T23:00:00Z'));
    expect(dayAfter('2026-12-31', 1)).toBe('2027-01-01');
  });

  it.each([
    ['a Monday', '2026-11-23T01:00:00Z', '2026-11-26'],
    ['a Thursday, over the weekend', '2026-11-26T01:00:00Z', '2026-12-01'],
    ['a Saturday', '2026-11-28T01:00:00Z', '2026-12-02'],
    ['late on a Sunday by UTC, a Monday here', '2026-11-22T18:00:00Z', '2026-11-26'],
  ])('a complaint of %s is due at the end of the second working day', (_, told, dayThen) => {
    expect(dueAtMs(Date.parse(told), WIB)).toBe(beginOf(dayThen, WIB));
  });
});
