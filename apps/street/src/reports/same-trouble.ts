import type { Place, StreetTrouble } from '@siaga/contracts';
import { grow, tileName, tileOf, tilesOf } from '@siaga/geo';
import { JOINED_WITHIN_M } from './report-rules.ts';

/** Tiles some 150 m across: what is within reach lies in four of them at most. */
const ZOOM = 18;

interface Trouble {
  trouble: StreetTrouble;
  /** What is simulated never meets what is real. */
  exercise: boolean;
}

/** What an open report of a lamp is found by. */
export const openKeyOf = ({ lampId, ...of }: Trouble & { lampId: string }): string => `${lampId}/${wordOf(of)}`;

/** What an open report of a place is found by. */
export const openTileOf = ({ place, ...of }: Trouble & { place: Place }): string =>
  `${tileName(tileOf(place, ZOOM))}/${wordOf(of)}`;

/** Of all open reports of the same that may be within reach of a place. */
export function openTilesAround({ place: { lat, lng }, ...of }: Trouble & { place: Place }): string[] {
  const reach = grow({ south: lat, north: lat, west: lng, east: lng }, JOINED_WITHIN_M);
  return tilesOf(reach, ZOOM).map((tile) => `${tileName(tile)}/${wordOf(of)}`);
}

/** What one trouble is kept under. */
export const wordOf = ({ trouble, exercise }: Trouble) => `${trouble}${exercise ? '/exercise' : ''}`;
