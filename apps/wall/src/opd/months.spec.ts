import { describe, expect, it } from '@jest/globals';
import { lastMonths, monthInWords } from './months.ts';

describe('months of a city', () => {
  it('begin with the one that runs there, not where the reader is', () => {
    // 1 January 2027 00:30 in Jakarta, still 31 December in London
    const nowMs = Date.parse('2026-12-31T17:30:00Z');
    expect(lastMonths(nowMs, 'Asia/Jakarta', 3)).toEqual(['2027-01', '2026-12', '2026-11']);
    expect(lastMonths(nowMs, 'Europe/London', 2)).toEqual(['2026-12', '2026-11']);
  });

  it('are written in the language of the reader', () => {
    expect(monthInWords('2026-10', 'id')).toBe('Oktober 2026');
    expect(monthInWords('2026-10', 'en')).toBe('October 2026');
  });
});
