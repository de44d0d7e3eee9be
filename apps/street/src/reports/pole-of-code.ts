import type { RouteSettings } from '@siaga/service';

/** What the code on a pole says. */
export interface PoleCode {
  city: string;
  lampId: string;
}

/** As long as the name of a lamp may be. */
const MOST_CHARACTERS = 40;

/**
 * Whose pole a code names. A city that is not served is none: the pole is one that the home city does not know, under a
 * name that none of its own lamps has, whatever they are called in the code.
 */
export function poleOfCode(
  { city, lampId }: PoleCode,
  { city: home, cities }: Pick<RouteSettings, 'city' | 'cities'>,
): PoleCode {
  if (cities.includes(city)) return { city, lampId };
  return { city: home, lampId: `${city}.${lampId}`.slice(0, MOST_CHARACTERS) };
}
