import type { Place } from '@siaga/contracts';
import { labelPlaceOf, ringAreaM2, ringContains, sidesOf, type Polygon, type Ring } from './polygon.ts';

/**
 * Joins neighbouring counter-clockwise rings into the area they cover together. A side that two neighbours share runs
 * once each way and cancels; what remains is the boundary, which is then walked into rings without repeated places.
 * Needs exactly shared vertices. Where simplified neighbours do not quite meet, slivers remain (gaps and overlaps of at
 * most 1,400 m² in our data): rings below `smallestM2` are dropped.
 */
export function dissolve(rings: readonly Ring[], smallestM2 = 5000): Polygon[] {
  const whole = walk(boundary(rings)).filter((ring) => Math.abs(ringAreaM2(ring)) >= smallestM2);
  const holes = whole.filter((ring) => ringAreaM2(ring) < 0);
  return whole
    .filter((ring) => ringAreaM2(ring) > 0)
    .map((outer) => [outer, ...holes.filter((hole) => isHoleOf(outer, hole))]);
}

/** A hole may touch its outer ring, and may hold an island, which is smaller than the hole. */
function isHoleOf(outer: Ring, hole: Ring): boolean {
  return ringAreaM2(outer) > -ringAreaM2(hole) && ringContains(outer, labelPlaceOf(hole));
}

const nameOf = (place: Place) => `${String(place.lat)},${String(place.lng)}`;

interface Fork {
  from: Place;
  to: Place[];
}

/** Sides without an opposite, grouped by where they start. */
function boundary(rings: readonly Ring[]): Map<string, Fork> {
  const sides = new Map<string, readonly [Place, Place]>();
  for (const ring of rings) {
    for (const [from, to] of sidesOf(ring)) {
      if (!sides.delete(`${nameOf(to)}>${nameOf(from)}`)) sides.set(`${nameOf(from)}>${nameOf(to)}`, [from, to]);
    }
  }
  const forks = new Map<string, Fork>();
  for (const [from, to] of sides.values()) {
    const known = forks.get(nameOf(from));
    if (known === undefined) forks.set(nameOf(from), { from, to: [to] });
    else known.to.push(to);
  }
  return forks;
}

/** Follows sides from place to place, using each once; when a place is met again, the loop since then is a ring. */
function walk(forks: Map<string, Fork>): Ring[] {
  const rings: Ring[] = [];
  for (const { from } of forks.values()) {
    const path: Place[] = [];
    for (let place: Place | undefined = from; place !== undefined; place = forks.get(nameOf(place))?.to.pop()) {
      const name = nameOf(place);
      const met = path.findIndex((earlier) => nameOf(earlier) === name);
      if (met >= 0) rings.push(path.splice(met));
      path.push(place);
    }
  }
  return rings;
}
