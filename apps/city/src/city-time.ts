import { cities, type City } from '@siaga/contracts';

/** Where a city's zone is not known. Siaga speaks Bahasa: most who read it live by this one. */
const USUAL_ZONE = 'Asia/Jakarta';

/** `22 Nov 2026, 15.07 WIB`: a moment by the clock on the city's wall, with the name of its zone. */
export function cityTime(atMs: number, timezone: string = USUAL_ZONE): string {
  return new Intl.DateTimeFormat('id', {
    ...{ timeZone: timezone, timeZoneName: 'short', year: 'numeric', month: 'short', day: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit' },
  }).format(atMs);
}

/** The zone of a city of this build, or of those that were added to the installation. */
export const zoneOf = (code: string, added: readonly City[]): string | undefined =>
  (added.find((city) => city.code === code) ?? cities[code])?.timezone;
