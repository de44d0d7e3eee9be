import { describe, expect, it } from '@jest/globals';
import { cities } from '@siaga/contracts';
import { daysBetween } from '../energy/calendar.ts';
import { darkHoursOf, sunOf } from './sun.ts';

const { centre } = cities['3574']!;
const WIB_MS = 7 * 3_600_000;
/** Minutes after midnight in Probolinggo. */
const clock = (ms: number) => ((ms + WIB_MS) % 86_400_000) / 60_000;
const minutes = (hours: number, more: number) => hours * 60 + more;
const timesOf = (day: string) => {
  const sun = sunOf(day, centre);
  if ('dark' in sun) throw new Error('the sun rises here every day');
  return sun;
};

/** NOAA's general solar position calculations (gml.noaa.gov/grad/solcalc/solareqns.PDF): another way to the same times. */
function noaa(day: string, event: 'sunrise' | 'sunset'): number {
  const rad = Math.PI / 180;
  const midnightMs = Date.parse(`${day}T00:00:00Z`);
  const dayOfYear = (midnightMs - Date.UTC(Number(day.slice(0, 4)), 0, 1)) / 86_400_000;
  const hour = (event === 'sunrise' ? 5.4 : 17.5) - centre.lng / 15;
  const g = ((2 * Math.PI) / 365) * (dayOfYear + (hour - 12) / 24);
  const eqTime = 229.18 * (0.000075 + 0.001868 * Math.cos(g) - 0.032077 * Math.sin(g) - 0.014615 * Math.cos(2 * g) - 0.040849 * Math.sin(2 * g)); // prettier-ignore
  const decl = 0.006918 - 0.399912 * Math.cos(g) + 0.070257 * Math.sin(g) - 0.006758 * Math.cos(2 * g) + 0.000907 * Math.sin(2 * g) - 0.002697 * Math.cos(3 * g) + 0.00148 * Math.sin(3 * g); // prettier-ignore
  const lat = centre.lat * rad;
  const cosine = Math.cos(90.833 * rad) / (Math.cos(lat) * Math.cos(decl)) - Math.tan(lat) * Math.tan(decl);
  const angle = Math.acos(cosine) / rad;
  const minutes = 720 - 4 * (centre.lng + (event === 'sunrise' ? angle : -angle)) - eqTime;
  return midnightMs + minutes * 60_000;
}

describe('the sun of Probolinggo', () => {
  it('is where NOAA has it, within a minute, every day of four years', () => {
    for (const day of daysBetween('2024-01-01', '2028-01-01')) {
      const { sunriseMs, sunsetMs } = timesOf(day);
      expect(Math.abs(sunriseMs - noaa(day, 'sunrise'))).toBeLessThan(75_000);
      expect(Math.abs(sunsetMs - noaa(day, 'sunset'))).toBeLessThan(75_000);
    }
  });

  it('within a minute rises 04:58–05:41 and sets 17:15–17:53; nights last 11.4 to 12.3 hours', () => {
    const days = daysBetween('2026-01-01', '2027-01-01').map(timesOf);
    const rises = days.map(({ sunriseMs }) => clock(sunriseMs));
    const sets = days.map(({ sunsetMs }) => clock(sunsetMs));
    const found = [Math.min(...rises), Math.max(...rises), Math.min(...sets), Math.max(...sets)];
    const published = [minutes(4, 58), minutes(5, 41), minutes(17, 15), minutes(17, 53)];
    for (const [at, time] of found.entries()) expect(Math.abs(time - (published[at] ?? NaN))).toBeLessThan(1);
    const nights = daysBetween('2026-01-01', '2027-01-01').map((day) => darkHoursOf(day, centre));
    expect(Math.min(...nights)).toBeCloseTo(11.43, 1);
    expect(Math.max(...nights)).toBeCloseTo(12.33, 1);
  });

  it('stays up or down for days far north', () => {
    const tromso = { lat: 69.65, lng: 18.96 };
    expect(darkHoursOf('2026-06-21', tromso)).toBe(0);
    expect(darkHoursOf('2026-12-21', tromso)).toBe(24);
  });
});
