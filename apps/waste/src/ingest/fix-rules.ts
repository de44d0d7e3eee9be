import { createHash } from 'node:crypto';
import { wasteFixes, type Area, type Fix, type Place } from '@siaga/contracts';
import { areaContains, distanceM, grow } from '@siaga/geo';
import type { Position, Refusal } from './reading.ts';

/** A device may be this far ahead of us before its clock is called wrong. */
export const CLOCK_AHEAD_LIMIT_MS = 300_000;
/** The log forgets a fix after so long; what is older is a device whose clock has fallen back, by weeks or to 1980. */
export const TOO_OLD_MS = wasteFixes.keepForDays * 86_400_000;
/** Trucks go to workshops and other landfills far outside the city: Surabaya is 100 km from Probolinggo. */
const AREA_MARGIN_M = 150_000;
/** No truck does this, but a receiver under a bridge makes up less: generous on purpose. */
const IMPOSSIBLE_KPH = 250;
/** Below this a jump is the receiver's own scatter, whatever speed it would mean. */
const SCATTER_M = 1000;
/** Receivers without a fix report 0, 0 or nearly so. */
const NULL_ISLAND_DEG = 0.1;

/** Where reports of a city may come from: a generous box around its centre. */
export function plausibleArea(centre: Place): Area {
  return grow({ south: centre.lat, west: centre.lng, north: centre.lat, east: centre.lng }, AREA_MARGIN_M);
}

/** What a position is judged against. */
export interface Circumstances {
  receivedAtMs: number;
  /** Undefined for a city whose place this build does not know. */
  area: Area | undefined;
  /** The device's nearest other fixes in time, before and after. */
  neighbours: readonly Waypoint[];
}

export type Waypoint = Place & { atMs: number };

/** Why a position is not taken, or undefined. A late one is: it enters history and never moves the marker back. */
export function refusalOf(position: Position, { receivedAtMs, area, neighbours }: Circumstances): Refusal | undefined {
  const { lat, lng, atMs } = position;
  const aheadMs = atMs - receivedAtMs;
  if (!position.valid) return { reason: 'not-valid', detail: 'alat belum mendapat sinyal satelit' };
  if (position.mock) return { reason: 'mock-location', detail: 'posisi dibuat-buat oleh aplikasi di ponsel' };
  if (Math.abs(lat) < NULL_ISLAND_DEG && Math.abs(lng) < NULL_ISLAND_DEG)
    return { reason: 'null-island', detail: `posisi nol: ${placeText(position)}` };
  if (aheadMs > CLOCK_AHEAD_LIMIT_MS)
    return { reason: 'clock-ahead', detail: `jam alat ${String(Math.round(aheadMs / 1000))} s di depan` };
  if (-aheadMs > TOO_OLD_MS)
    return { reason: 'too-old', detail: `laporan berumur ${String(Math.floor(-aheadMs / 86_400_000))} hari` };
  if (area !== undefined && !areaContains(area, position))
    return { reason: 'outside-area', detail: `terlalu jauh dari kota: ${placeText(position)}` };
  for (const neighbour of neighbours) {
    const kph = impliedKph(neighbour, position);
    if (kph !== undefined)
      return { reason: 'impossible-speed', detail: `melompat ${jumpText(neighbour, position)}, ${String(kph)} km/jam` };
  }
  return undefined;
}

/** Whether going from one place to the other in that time is possible for a truck. */
export const reachable = (from: Waypoint, to: Waypoint): boolean => impliedKph(from, to) === undefined;

/** The speed two fixes imply when no truck can do it, rounded; undefined when it is possible. */
function impliedKph(from: Waypoint, to: Waypoint): number | undefined {
  const metres = distanceM(from, to);
  if (metres <= SCATTER_M) return undefined;
  // devices stamp whole seconds: two fixes of one second may be almost a second apart
  const hours = (Math.abs(to.atMs - from.atMs) + 1000) / 3_600_000;
  const kph = metres / 1000 / hours;
  return kph > IMPOSSIBLE_KPH ? Math.round(kph) : undefined;
}

/**
 * The same for every repeat of the same report, whichever way it comes (a phone that sends to us and to a Traccar server
 * which forwards to us): truck, time, and place to about 10 cm.
 */
export function fixIdOf({ truckId, atMs, lat, lng }: Pick<Fix, 'truckId' | 'atMs' | 'lat' | 'lng'>): string {
  const said = [truckId, atMs, lat.toFixed(6), lng.toFixed(6)].join('|');
  return createHash('sha256').update(said).digest('base64url').slice(0, 27);
}

const placeText = ({ lat, lng }: Place) => `${lat.toFixed(5)}, ${lng.toFixed(5)}`;
const jumpText = (from: Waypoint, to: Waypoint) =>
  `${(distanceM(from, to) / 1000).toFixed(1)} km dalam ${String(Math.round(Math.abs(to.atMs - from.atMs) / 1000))} s`;
