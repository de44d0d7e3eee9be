import type { Place } from '@siaga/contracts';
import { distanceM } from '@siaga/geo';
import type { SeenLamp } from '../lamps/seen-lamps.ts';

/** The lamp nearest to a place, if one stands within so many metres of it. */
export function nearestLamp(
  lamps: Iterable<Pick<SeenLamp, 'lampId' | 'place'>>,
  place: Place,
  withinM: number,
): string | undefined {
  let nearest: { lampId: string; metres: number } | undefined;
  for (const { lampId, place: at } of lamps) {
    const metres = distanceM(place, at);
    if (metres <= (nearest?.metres ?? withinM)) nearest = { lampId, metres };
  }
  return nearest?.lampId;
}
