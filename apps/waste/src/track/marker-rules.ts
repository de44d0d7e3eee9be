import type { Fix, TruckMoved } from '@siaga/contracts';
import { bearingDeg, distanceM } from '@siaga/geo';

/** Slower than this a receiver's heading means nothing: it turns the arrow of a parked truck. */
const STANDING_KPH = 3;
/** Scatter of a standing receiver, metres. */
const SCATTER_M = 15;
/** Between fixes further apart in time the way taken is unknown. */
const DERIVE_WITHIN_MS = 300_000;

/**
 * Where a truck is after a fix, or undefined when what is known is newer. Speed and heading come from the last two
 * places when the device gives none. The time is never later than our own: a clock ahead must not block what follows.
 */
export function markerAfter(fix: Fix, known: TruckMoved | undefined): TruckMoved | undefined {
  const atMs = Math.min(fix.atMs, fix.receivedAtMs);
  if (known !== undefined && known.atMs > atMs) return undefined;
  // the same report again, or one of the same moment: what was said first stays said
  if (known?.atMs === atMs) return known;
  const speedKph = fix.speedKph ?? derivedSpeedKph(fix, atMs, known);
  const { truckId, lat, lng, accuracyM, batteryPercent, ignition, protocol } = fix;
  return {
    ...{ truckId, atMs, lat, lng, speedKph, headingDeg: headingDeg(fix, speedKph, known) },
    ...{ accuracyM, batteryPercent, ignition, protocol },
  };
}

function derivedSpeedKph(fix: Fix, atMs: number, known: TruckMoved | undefined): number | undefined {
  if (known === undefined || atMs - known.atMs > DERIVE_WITHIN_MS) return undefined;
  const metres = distanceM(known, fix);
  if (metres < SCATTER_M) return 0;
  return Math.min(1000, Math.round(((metres / (atMs - known.atMs)) * 3600 + Number.EPSILON) * 10) / 10);
}

function headingDeg(fix: Fix, speedKph: number | undefined, known: TruckMoved | undefined): number | undefined {
  if (speedKph !== undefined && speedKph < STANDING_KPH) return known?.headingDeg ?? fix.headingDeg;
  if (fix.headingDeg !== undefined) return fix.headingDeg;
  if (known === undefined) return undefined;
  return distanceM(known, fix) < SCATTER_M ? known.headingDeg : Math.floor(bearingDeg(known, fix) * 10) / 10;
}
