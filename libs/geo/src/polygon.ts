import type { Place } from '@siaga/contracts';
import { EARTH_RADIUS_M } from './sphere.ts';

/** A closed line; the last place joins the first and is not repeated. Counter-clockwise outside, clockwise for a hole. */
export type Ring = readonly Place[];

/** An outer ring, then its holes. */
export type Polygon = readonly [outer: Ring, ...holes: Ring[]];

const RAD = Math.PI / 180;

/** Each side of a ring, from and to. */
export function* sidesOf(ring: Ring): Generator<readonly [from: Place, to: Place]> {
  let from = ring.at(-1);
  for (const to of ring) {
    if (from !== undefined) yield [from, to];
    from = to;
  }
}

/** Signed area in square metres on the local plane: positive counter-clockwise. Good for cities, not for countries. */
export function ringAreaM2(ring: Ring): number {
  const origin = ring[0];
  if (origin === undefined) return 0;
  let twice = 0;
  for (const [a, b] of sidesOf(ring)) {
    twice += (a.lng - origin.lng) * (b.lat - origin.lat) - (b.lng - origin.lng) * (a.lat - origin.lat);
  }
  return (twice / 2) * (RAD * EARTH_RADIUS_M) ** 2 * Math.cos(origin.lat * RAD);
}

/** Whether a place is inside a ring (even-odd rule). A place exactly on a side belongs to one of its two neighbours. */
export function ringContains(ring: Ring, { lat, lng }: Place): boolean {
  let inside = false;
  for (const [a, b] of sidesOf(ring)) {
    if (a.lat > lat !== b.lat > lat && lng < a.lng + ((lat - a.lat) / (b.lat - a.lat)) * (b.lng - a.lng)) {
      inside = !inside;
    }
  }
  return inside;
}

/** Whether a place is inside one of the polygons and in none of its holes. */
export function polygonsContain(polygons: readonly Polygon[], place: Place): boolean {
  return polygons.some(
    ([outer, ...holes]) => ringContains(outer, place) && !holes.some((hole) => ringContains(hole, place)),
  );
}

/** Centre of gravity of a ring's surface; may lie outside a bent one, see {@link labelPlaceOf}. */
export function centroidOf(ring: Ring): Place {
  const origin = ring[0];
  if (origin === undefined) throw new RangeError('a ring without places has no centroid');
  let twice = 0;
  let lat = 0;
  let lng = 0;
  for (const [a, b] of sidesOf(ring)) {
    const cross = (a.lng - origin.lng) * (b.lat - origin.lat) - (b.lng - origin.lng) * (a.lat - origin.lat);
    twice += cross;
    lat += (a.lat + b.lat - 2 * origin.lat) * cross;
    lng += (a.lng + b.lng - 2 * origin.lng) * cross;
  }
  if (twice === 0) return origin;
  return { lat: origin.lat + lat / (3 * twice), lng: origin.lng + lng / (3 * twice) };
}

/** Metres from a place to the nearest side of a ring, on the local plane. */
export function distanceToRingM(ring: Ring, place: Place): number {
  const perLat = RAD * EARTH_RADIUS_M;
  const perLng = perLat * Math.cos(place.lat * RAD);
  let nearest = Infinity;
  for (const [a, b] of sidesOf(ring)) {
    const ax = (a.lng - place.lng) * perLng;
    const ay = (a.lat - place.lat) * perLat;
    const dx = (b.lng - a.lng) * perLng;
    const dy = (b.lat - a.lat) * perLat;
    const length2 = dx * dx + dy * dy;
    const share = length2 === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length2));
    nearest = Math.min(nearest, Math.hypot(ax + share * dx, ay + share * dy));
  }
  return nearest;
}

/** A place well inside a ring, for its label: of a grid of candidates the one farthest from every side. */
export function labelPlaceOf(ring: Ring): Place {
  const steps = 12;
  const lats = ring.map((place) => place.lat);
  const lngs = ring.map((place) => place.lng);
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  const [west, east] = [Math.min(...lngs), Math.max(...lngs)];
  let best = centroidOf(ring);
  let room = ringContains(ring, best) ? distanceToRingM(ring, best) : 0;
  for (let row = 1; row < steps; row += 1) {
    for (let column = 1; column < steps; column += 1) {
      const candidate = {
        lat: south + ((north - south) * row) / steps,
        lng: west + ((east - west) * column) / steps,
      };
      if (!ringContains(ring, candidate)) continue;
      const around = distanceToRingM(ring, candidate);
      if (around > room) [best, room] = [candidate, around];
    }
  }
  return best;
}
