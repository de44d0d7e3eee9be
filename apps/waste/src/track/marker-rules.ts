import type { Fix, TruckMoved } from '@siaga/contracts';
import { bearingDeg, distanceM } from '@siaga/geo';

/** Slower than this a receiver's heading means nothing: it turns the arrow of a parked truck. */
const STANDING_KPH = 3;
/** Scatter of a standing receiver, metres. */
const SCATTER_M = 15;
/** Between fixes further apart in time the way taken is unknown. */
const DERIVE_WITHIN_MS = 300_000;

/** Where a truck is, and when by its device's own clock: what orders fixes to which our clock gave one time. */
export interface Marker extends TruckMoved {
  /** Absent in markers kept before it was, whose `atMs` stands for it. */
  deviceAtMs?: number | undefined;
}

/**
 * Where a truck is after a fix, or undefined when what is known is newer. Speed and heading come from the last two
 * places when the device gives none. The time is never later than our own: a clock ahead must not block what follows.
 * All that such a device sends at once thus has one time; the newest by the device's clock wins.
 */
export function markerAfter(fix: Fix, known: Marker | undefined): Marker | undefined {
  const atMs = Math.min(fix.atMs, fix.receivedAtMs);
  const laterMs = known === undefined ? undefined : atMs - known.atMs || fix.atMs - deviceTimeMs(known);
  if (laterMs !== undefined && laterMs < 0) return undefined;
  // the same report again, or one of the same moment: what was said first stays said
  if (laterMs === 0) return known;
  const speedKph = fix.speedKph ?? derivedSpeedKph(fix, laterMs, known);
  const { truckId, lat, lng, accuracyM, batteryPercent, ignition, protocol } = fix;
  return {
    ...{ truckId, atMs, deviceAtMs: fix.atMs, lat, lng, speedKph, headingDeg: headingDeg(fix, speedKph, known) },
    ...{ accuracyM, batteryPercent, ignition, protocol },
  };
}

const deviceTimeMs = ({ deviceAtMs, atMs }: Marker): number => deviceAtMs ?? atMs;

function derivedSpeedKph(fix: Fix, laterMs: number | undefined, known: Marker | undefined): number | undefined {
  if (known === undefined || laterMs === undefined || laterMs > DERIVE_WITHIN_MS) return undefined;
  const metres = distanceM(known, fix);
  if (metres < SCATTER_M) return 0;
  return Math.min(1000, Math.round(((metres / laterMs) * 3600 + Number.EPSILON) * 10) / 10);
}

function headingDeg(fix: Fix, speedKph: number | undefined, known: TruckMoved | undefined): number | undefined {
  if (speedKph !== undefined && speedKph < STANDING_KPH) return known?.headingDeg ?? fix.headingDeg;
  if (fix.headingDeg !== undefined) return fix.headingDeg;
  if (known === undefined) return undefined;
  return distanceM(known, fix) < SCATTER_M ? known.headingDeg : Math.floor(bearingDeg(known, fix) * 10) / 10;
}
