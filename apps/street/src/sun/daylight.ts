import type { Place } from '@siaga/contracts';
import { sunOn, type Sun } from './sun.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MINUTE_MS = 60_000;

/** Clocks and light sensors switch up to this long after sunset and before sunrise; until then nothing is wrong. */
const DUSK_MS = 15 * MINUTE_MS;
const DAWN_MS = 30 * MINUTE_MS;
/** A lamp that burns so long after sunrise, or before sunset, burns by day. */
const DAY_MARGIN_MS = 30 * MINUTE_MS;

/** `night`: lamps should burn. `day`: they should not. `twilight`: either is right. */
export type Daylight = 'day' | 'night' | 'twilight';

/**
 * What a simulated thing was told counts as its night or day: scenes are played at noon, with the stamps of noon. Undefined
 * for a real one, which the sun judges, for its clock may be wrong.
 */
export const toldDaylight = (isSimulated: boolean | undefined, isToldOn: boolean | undefined): Daylight | undefined =>
  isSimulated !== true || isToldOn === undefined ? undefined : isToldOn ? 'night' : 'day';

/** Whether lamps at a place should burn. */
export function daylightAt(atMs: number, place: Place): Daylight {
  const sun = sunAround(atMs, place);
  if ('dark' in sun) return sun.dark ? 'night' : 'day';
  const { sunriseMs, sunsetMs } = sun;
  if (atMs >= sunriseMs + DAY_MARGIN_MS && atMs <= sunsetMs - DAY_MARGIN_MS) return 'day';
  return atMs > sunsetMs + DUSK_MS || atMs < sunriseMs - DAWN_MS ? 'night' : 'twilight';
}

/** When it is night next, or a day later where there is none. */
export function nextNightMs(atMs: number, place: Place): number {
  for (const laterMs of [0, DAY_MS]) {
    const sun = sunAround(atMs + laterMs, place);
    if (!('dark' in sun) && sun.sunsetMs + DUSK_MS >= atMs) return sun.sunsetMs + DUSK_MS + 1000;
  }
  return atMs + DAY_MS;
}

/** The sun of the day that is under way at the place; one tenth of a degree is 24 s. */
function sunAround(atMs: number, place: Place): Sun {
  const day = new Date(atMs + (place.lng / 15) * HOUR_MS).toISOString().slice(0, 10);
  return sunOn(day, { lat: Math.round(place.lat * 10) / 10, lng: Math.round(place.lng * 10) / 10 });
}
