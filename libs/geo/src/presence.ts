import type { Place } from '@siaga/contracts';
import { distanceM } from './sphere.ts';

/** A position vaguer than this proves nothing inside a small radius, metres. */
const VAGUE_M = 50;

/**
 * Whether a measured position proves that somebody was at a place: inside its radius (metres), and not vaguer than the radius
 * is wide, or than a phone between houses is.
 */
export function provesPresence(
  place: Place & { readonly radiusM: number },
  position: Place & { readonly accuracyM: number },
): boolean {
  return distanceM(place, position) <= place.radiusM && position.accuracyM <= Math.max(place.radiusM, VAGUE_M);
}
