import type { Area, Place } from '@siaga/contracts';
import { distanceM, grow } from '@siaga/geo';

/** So much is left around what lies in an area; nobody shall take its edge for a border of something. */
const aroundM = 90;
/** A single thing is drawn with at least this much around it, or nobody finds it on the map of a city. */
const leastM = 160;
const corners = 64;
/** 2 is an ellipse, larger is squarer: what lies in the corners of the area is inside all the same. */
const squareness = 5;

/** The soft outline around an alarm and what hangs below it; undefined for an alarm of no place. GeoJSON order, closed. */
export function softOutline({
  area,
  place,
}: {
  area?: Area | undefined;
  place?: Place | undefined;
}): [number, number][] | undefined {
  const own = area ?? (place && { south: place.lat, north: place.lat, west: place.lng, east: place.lng });
  if (own === undefined) return undefined;
  const { south, west, north, east } = wideEnough(own);
  const [halfWidth, halfHeight] = [(east - west) / 2, (north - south) / 2];
  return Array.from({ length: corners + 1 }, (_, index) => {
    const turn = (2 * Math.PI * (index % corners)) / corners;
    return [west + halfWidth * (1 + bent(Math.cos(turn))), south + halfHeight * (1 + bent(Math.sin(turn)))] as [
      number,
      number,
    ];
  });
}

/** One coordinate of a superellipse (Lamé curve) of half-axis 1. */
const bent = (part: number): number => Math.sign(part) * Math.abs(part) ** (2 / squareness);

function wideEnough(area: Area): Area {
  const { south, west, north, east } = area;
  const high = distanceM({ lat: south, lng: west }, { lat: north, lng: west });
  const wide = distanceM({ lat: south, lng: west }, { lat: south, lng: east });
  return grow(area, Math.max(aroundM, leastM - Math.max(high, wide) / 2));
}
