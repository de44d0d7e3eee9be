import type { CameraSees, Place } from '@siaga/contracts';
import { bearingDeg, distanceM } from './sphere.ts';

/** What is known of where a camera stands and looks. */
export interface CameraStance {
  readonly place: Place;
  readonly approximate: boolean;
  readonly directionDeg?: number | undefined;
  readonly fieldOfViewDeg?: number | undefined;
  readonly rangeM?: number | undefined;
}

/** What a camera has of a place. */
export interface CameraView {
  readonly distanceM: number;
  /** From the camera to the place. */
  readonly bearingDeg: number;
  readonly sees: CameraSees;
}

/** As far as a face of a junction is told apart on a common lens, where nobody measured. */
export const USUAL_CAMERA_RANGE_M = 100;

/**
 * How a camera stands to a place. It sees what lies within its range and its field of view; where one of them, or its own
 * place, is not known, it may: cameras that turn have no direction.
 */
export function cameraViewOf(
  place: Place,
  { place: at, approximate, directionDeg, fieldOfViewDeg, rangeM }: CameraStance,
): CameraView {
  const metres = distanceM(at, place);
  const bearing = bearingDeg(at, place);
  const stands = { distanceM: metres, bearingDeg: bearing };
  if (metres > (rangeM ?? USUAL_CAMERA_RANGE_M)) return { ...stands, sees: 'no' };
  if (directionDeg === undefined || fieldOfViewDeg === undefined) return { ...stands, sees: 'maybe' };
  const offDeg = Math.abs(((bearing - directionDeg + 540) % 360) - 180);
  if (offDeg > fieldOfViewDeg / 2) return { ...stands, sees: approximate ? 'maybe' : 'no' };
  return { ...stands, sees: approximate || rangeM === undefined ? 'maybe' : 'yes' };
}

const ranks: Readonly<Record<CameraSees, number>> = { yes: 0, maybe: 1, no: 2 };

/** Which camera to open first: one that sees the place, then one that may, then the nearest. */
export const bestViewFirst = (one: CameraView, other: CameraView): number =>
  ranks[one.sees] - ranks[other.sees] || one.distanceM - other.distanceM;
