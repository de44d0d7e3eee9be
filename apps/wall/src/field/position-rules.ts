import type { UnitChanged } from '@siaga/contracts';
import { distanceM } from '@siaga/geo';

/** What a crew's phone told last. */
export interface Told {
  readonly lat: number;
  readonly lng: number;
  readonly atMs: number;
}

/** So far a unit has gone when it has moved. */
const MOVED_M = 25;
/** On a job the desk follows it; on duty it is enough to know from where it would go. */
const ON_A_JOB_MS = { moved: 10_000, still: 60_000 } as const;
const ON_DUTY_MS = { moved: 120_000, still: 300_000 } as const;

/** Whether where the phone is now is news: by a battery that has to last a shift, and never off duty. */
export function isNews(
  unit: Pick<UnitChanged, 'duty'> & { isOnJob: boolean },
  now: Told,
  last: Told | undefined,
): boolean {
  if (unit.duty !== 'on') return false;
  if (last === undefined) return true;
  const hasMoved = distanceM(now, last) > MOVED_M;
  const { moved, still } = unit.isOnJob ? ON_A_JOB_MS : ON_DUTY_MS;
  return now.atMs - last.atMs >= (hasMoved ? moved : still);
}
