import { usePatrolQueue, type PatrolQueue } from './patrol-queue.ts';
import { useQueue, type Queue } from './use-queue.ts';

/** Whatever is pressed on this phone: for a job or a booking, and on a round. */
export interface Presses {
  crew: Queue;
  squad: PatrolQueue;
}

/**
 * The one owner of what somebody pressed on this phone: it goes on being sent when his duty is over, and where the page has
 * nothing of the city. `nowMs`: the city's clock, as far as it is known.
 */
export function usePresses(principalId: string, nowMs: () => number): Presses {
  return { crew: useQueue(principalId, nowMs), squad: usePatrolQueue(principalId, nowMs) };
}
