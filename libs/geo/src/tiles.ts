import type { Area, Place } from '@siaga/contracts';

/** A Web Mercator map tile. https://wiki.openstreetmap.org/wiki/Slippy_map_tilenames */
export interface Tile {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

/** Web Mercator ends here. */
const MAX_LATITUDE = 85.05112878;

/** The tile a place lies in. */
export function tileOf(place: Place, zoom: number): Tile {
  const across = 2 ** zoom;
  const lat = (Math.min(MAX_LATITUDE, Math.max(-MAX_LATITUDE, place.lat)) * Math.PI) / 180;
  const x = Math.floor(((place.lng + 180) / 360) * across);
  const y = Math.floor(((1 - Math.asinh(Math.tan(lat)) / Math.PI) / 2) * across);
  const clamp = (index: number) => Math.min(across - 1, Math.max(0, index));
  return { zoom, x: clamp(x), y: clamp(y) };
}

/** `zoom/x/y` */
export function tileName(tile: Tile): string {
  return `${String(tile.zoom)}/${String(tile.x)}/${String(tile.y)}`;
}

/** Every tile an area touches, row by row from the north-west. Four times as many for each zoom step. */
export function tilesOf(area: Area, zoom: number): Tile[] {
  const first = tileOf({ lat: area.north, lng: area.west }, zoom);
  const last = tileOf({ lat: area.south, lng: area.east }, zoom);
  const tiles: Tile[] = [];
  for (let y = first.y; y <= last.y; y += 1) {
    for (let x = first.x; x <= last.x; x += 1) tiles.push({ zoom, x, y });
  }
  return tiles;
}

/** The ground a tile covers. */
export function areaOfTile({ zoom, x, y }: Tile): Area {
  const across = 2 ** zoom;
  const lngAt = (column: number) => (column / across) * 360 - 180;
  const latAt = (row: number) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / across))) * 180) / Math.PI;
  return { south: latAt(y + 1), west: lngAt(x), north: latAt(y), east: lngAt(x + 1) };
}
