import {
  roundsOfDay,
  type PatrolCheckIn,
  type PatrolRoute,
  type PlannedVisit,
  type RoundOfDay,
  type VisitCount,
} from '@siaga/contracts';
import type { z } from 'zod';
import type { StoredPatrol } from './patrol-document.ts';

type Visit = z.infer<typeof PlannedVisit>;
/** What of a round tells who was where. */
export type Walked = Pick<StoredPatrol, '_id' | 'routeId' | 'unitId' | 'unitName' | 'day' | 'round' | 'status' | 'checkIns'>; // prettier-ignore

/** What is planned, by which clocks, seen when. */
export interface Plan {
  routes: readonly PatrolRoute[];
  timezone: string;
  nowMs: number;
}

/** The rounds of a day with what became of each place, whichever squads walked them. */
export function visitsOfDay(day: string, walked: readonly Walked[], { routes, timezone, nowMs }: Plan): RoundOfDay[] {
  return routes.flatMap(({ routeId, name: routeName, agency, places, rounds }) =>
    roundsOfDay(rounds, day, timezone).map((planned) => {
      const those = walked.filter((one) => one.routeId === routeId && one.day === day && one.round === planned.round);
      const patrols = those.map(({ _id, unitId, unitName, status }) => ({ patrolId: _id, unitId, unitName, status }));
      const visits = places.map(({ placeId, name }): Visit => {
        const { check, unitName } = firstAt(placeId, those);
        if (check === undefined) return { placeId, name, state: nowMs > planned.toMs ? 'missed' : 'waiting' };
        const { atMs, byHand } = check;
        const state = atMs > planned.toMs ? 'late' : 'done';
        return { placeId, name, state, atMs, ...(byHand && { byHand }), ...(unitName !== undefined && { unitName }) };
      });
      return { routeId, routeName, agency, ...planned, visits, patrols };
    }),
  );
}

/** A place is visited once in a round, by whoever was there first; measured before said. */
function firstAt(placeId: string, walked: readonly Walked[]): { check?: PatrolCheckIn; unitName?: string } {
  const found = walked.flatMap(({ unitName, checkIns }) =>
    checkIns.filter((check) => check.placeId === placeId).map((check) => ({ check, unitName })),
  );
  const rank = ({ check }: (typeof found)[number]) => (check.byHand === true ? 1 : 0);
  return found.sort((one, other) => rank(one) - rank(other) || one.check.atMs - other.check.atMs)[0] ?? {};
}

/** How often each place of one or more rounds was planned and visited. */
export function countVisits(rounds: readonly RoundOfDay[]): VisitCount[] {
  const counts = new Map<string, VisitCount>();
  for (const { routeId, visits } of rounds)
    for (const { placeId, name, state, byHand } of visits) {
      const key = `${routeId}/${placeId}`;
      const none = { planned: 0, done: 0, late: 0, missed: 0, waiting: 0, byHand: 0 };
      const before = counts.get(key) ?? { routeId, placeId, name, ...none };
      const { planned, byHand: hands } = before;
      const now = { ...before, planned: planned + 1, byHand: hands + (byHand === true ? 1 : 0) };
      counts.set(key, { ...now, [state]: before[state] + 1 });
    }
  return [...counts.values()];
}
