import type { Place } from '@siaga/contracts';
import { getTimes } from 'suncalc';

const HOUR_MS = 3_600_000;

export type Sun = { sunriseMs: number; sunsetMs: number } | { dark: boolean };

/**
 * When the sun rises and sets on a day of the place's own calendar, epoch ms; where it does neither, how long it is dark.
 * After Meeus, Astronomical Algorithms (suncalc): upper edge of the sun at the horizon, with refraction; within seconds of
 * the ephemeris at our latitudes.
 */
export function sunOf(day: string, { lat, lng }: Place): Sun {
  const noonMs = Date.parse(`${day}T12:00:00Z`) - (lng / 15) * HOUR_MS;
  const { sunrise, sunset, alwaysDown } = getTimes(new Date(noonMs), lat, lng);
  if (sunrise === null || sunset === null) return { dark: alwaysDown === true };
  return { sunriseMs: sunrise.getTime(), sunsetMs: sunset.getTime() };
}

/** Of some days and places: a city is a few of them. */
const MOST_KEPT = 128;
const kept = new Map<string, Sun>();

/** The same, kept: for who asks of every lamp, and of few places. */
export function sunOn(day: string, place: Place): Sun {
  const key = `${day} ${String(place.lat)} ${String(place.lng)}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const sun = sunOf(day, place);
  kept.set(key, sun);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return sun;
}

/** Hours without sun between two midnights of a day. */
export function darkHoursOf(day: string, place: Place): number {
  const sun = sunOf(day, place);
  if ('dark' in sun) return sun.dark ? 24 : 0;
  return 24 - (sun.sunsetMs - sun.sunriseMs) / HOUR_MS;
}
