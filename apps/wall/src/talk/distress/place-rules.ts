import { distanceM } from '@siaga/geo';
import type { Fix } from '../../field/phone-position.ts';

/** A city, not a place in it: what is vaguer is not told. */
const MOST_M = 5000;
/** A fix that is so much more exact is news, though he stands still. */
const BETTER = 0.7;

/** Whether the room has to hear of this fix, knowing that one: he moved, or it is known better. */
export function isNews(told: Fix | undefined, fix: Fix): boolean {
  if (fix.accuracyM > MOST_M) return false;
  if (told === undefined) return true;
  if (fix.atMs <= told.atMs) return false;
  return fix.accuracyM < told.accuracyM * BETTER || distanceM(told, fix) > Math.max(told.accuracyM, fix.accuracyM);
}
