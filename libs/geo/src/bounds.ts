import type { Area, Place } from '@siaga/contracts';
import { destination } from './sphere.ts';

/** The smallest area that holds every place; undefined for none. */
export function boundsOf(places: Iterable<Place>): Area | undefined {
  let area: Area | undefined;
  for (const { lat, lng } of places) {
    area ??= { south: lat, west: lng, north: lat, east: lng };
    area.south = Math.min(area.south, lat);
    area.north = Math.max(area.north, lat);
    area.west = Math.min(area.west, lng);
    area.east = Math.max(area.east, lng);
  }
  return area;
}

/** Whether a place lies in an area, its edges included. */
export function areaContains(area: Area, place: Place): boolean {
  return place.lat >= area.south && place.lat <= area.north && place.lng >= area.west && place.lng <= area.east;
}

/** The area grown by `metres` on each side. */
export function grow(area: Area, metres: number): Area {
  const southWest = { lat: area.south, lng: area.west };
  const northEast = { lat: area.north, lng: area.east };
  // Meridians converge: the east-west margin is taken where it is widest in degrees, nearest the pole.
  const widest = Math.abs(area.north) > Math.abs(area.south) ? area.north : area.south;
  const margin = destination({ lat: widest, lng: 0 }, 90, metres).lng;
  return {
    south: destination(southWest, 180, metres).lat,
    west: area.west - margin,
    north: destination(northEast, 0, metres).lat,
    east: area.east + margin,
  };
}
