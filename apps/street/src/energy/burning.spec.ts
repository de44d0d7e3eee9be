import { describe, expect, it } from '@jest/globals';
import { cities } from '@siaga/contracts';
import { darkHoursOf } from '../sun/sun.ts';
import { expectationOf } from './burning.ts';
import { daysBetween, monthAfter, spanOf } from './calendar.ts';

const { centre } = cities['3574']!;

describe('what a lamp should use', () => {
  const june = expectationOf(spanOf('2026-06'), centre);

  it('is its watts in the dark hours of the month', () => {
    expect(june.darkHours).toBeCloseTo(30 * 12.32, 0);
    expect(june.kwhOf({ watt: 100, kind: 'grid' })).toBeCloseTo(june.darkHours / 10, 9);
    expect(june.kwhOf({ watt: 100, ballastFactor: 1.1, kind: 'grid' })).toBeCloseTo(june.darkHours * 0.11, 9);
    expect(june.kwhOf({ watt: 100, kind: 'solar' })).toBe(0);
  });

  it('begins when it was installed', () => {
    const on = (installedOn: string) => june.kwhOf({ watt: 1000, kind: 'grid', installedOn });
    expect(on('2020-01-01')).toBe(june.darkHours);
    expect(on('2026-06-30')).toBeCloseTo(darkHoursOf('2026-06-30', centre), 9);
    expect(on('2026-07-01')).toBe(0);
  });

  it('is counted by calendar months', () => {
    expect(monthAfter('2026-11', 2)).toBe('2027-01');
    expect(spanOf('2026-12')).toEqual({ fromDay: '2026-12-01', toDay: '2027-01-01' });
    expect(daysBetween('2028-02-27', '2028-03-02')).toEqual(['2028-02-27', '2028-02-28', '2028-02-29', '2028-03-01']);
  });
});
