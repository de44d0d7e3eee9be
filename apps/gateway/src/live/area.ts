import type { Area, Place } from '@siaga/contracts';

/** An area covers at most this many tiles on either axis, so screens looking at the same quarter share one view. */
const TILES_ACROSS = 8;
/** Finest tile: about 850 m, a few streets. */
const FINEST_DEG = 1 / 128;

/**
 * The area grown outwards to whole tiles of a power of two of a degree. Panning by a few pixels stays in the same tiles,
 * so it costs nothing and shares its encoding with the neighbours.
 */
export function tiled(area: Area): Area {
  const extentDeg = Math.max(area.north - area.south, area.east - area.west);
  let tileDeg = FINEST_DEG;
  while (extentDeg > tileDeg * TILES_ACROSS) tileDeg *= 2;
  // + 0: never -0, which text would not keep
  const down = (degrees: number) => Math.floor(degrees / tileDeg) * tileDeg + 0;
  const up = (degrees: number) => Math.ceil(degrees / tileDeg) * tileDeg + 0;
  return { south: down(area.south), west: down(area.west), north: up(area.north), east: up(area.east) };
}

/** Whether a value belongs to an area. What has no place belongs everywhere; no area is everywhere. */
export function within(area: Area | null, place: Place | undefined): boolean {
  if (area === null || place === undefined) return true;
  return place.lat >= area.south && place.lat <= area.north && place.lng >= area.west && place.lng <= area.east;
}

/** Text of an area for names and positions; `*` is everywhere. */
export function areaText(area: Area | null): string {
  return area === null ? '*' : [area.south, area.west, area.north, area.east].join('_');
}

/** Reads {@link areaText}; undefined when it is not one. */
export function areaFromText(text: string): Area | null | undefined {
  if (text === '*') return null;
  const [south, west, north, east, ...rest] = text.split('_').map(Number);
  if (rest.length > 0 || south === undefined || west === undefined || north === undefined || east === undefined)
    return undefined;
  return [south, west, north, east].every(Number.isFinite) ? { south, west, north, east } : undefined;
}
