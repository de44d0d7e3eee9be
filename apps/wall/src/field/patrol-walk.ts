import {
  patrolIdOf,
  roundNear,
  roundsOfDay,
  type PatrolChanged,
  type PatrolPlace,
  type PatrolPosition,
  type PatrolRoute,
  type PlannedRound,
} from '@siaga/contracts';
import { distanceM, provesPresence } from '@siaga/geo';
import type { PatrolPress } from './patrol-queue.ts';

/** A round as a squad's phone sees it: what the city has, and what still waits for a signal. */
export interface Walk {
  patrolId: string;
  planned: PlannedRound;
  isBegun: boolean;
  isOver: boolean;
  /** By place; `isSent`: the city has it. */
  visits: ReadonlyMap<string, { atMs: number; byHand: boolean; isSent: boolean }>;
}

interface Known {
  route: PatrolRoute;
  unitId: string;
  patrols: Iterable<PatrolChanged>;
  waiting: readonly PatrolPress[];
  nowMs: number;
  timezone: string;
}

/** The round the squad is on: one that is begun goes on past its hours, or else the one of now. Undefined: none is planned. */
export function walkOf({ route, unitId, patrols, waiting, nowMs, timezone }: Known): Walk | undefined {
  const own = [...patrols].filter((one) => one.unitId === unitId && one.routeId === route.routeId);
  const ends = new Set(waiting.filter(({ what }) => what === 'end').map(({ patrolId }) => patrolId));
  const begun = own
    .filter(({ status, patrolId }) => status === 'under-way' && !ends.has(patrolId))
    .sort((one, other) => other.startedAtMs - one.startedAtMs)[0];
  const planned =
    begun ?? begunHere({ waiting, ends, route, unitId, timezone }) ?? roundNear(route.rounds, nowMs, timezone);
  if (planned === undefined) return undefined;
  const { day, round, fromMs, toMs } = planned;
  const patrolId = patrolIdOf({ unitId, routeId: route.routeId, day, round });
  const known = own.find((one) => one.patrolId === patrolId);
  const mine = waiting.filter((press) => press.patrolId === patrolId);
  const visits = new Map(
    mine.flatMap((press) =>
      press.what === 'check-in'
        ? [[press.body.placeId, { atMs: press.body.atMs ?? nowMs, byHand: !isThere(route, press.body), isSent: false }]]
        : [],
    ),
  );
  for (const { placeId, atMs, byHand } of known?.checkIns ?? [])
    visits.set(placeId, { atMs, byHand: byHand === true, isSent: true });
  return {
    ...{ patrolId, planned: { day, round, fromMs, toMs }, visits },
    isBegun: known !== undefined || mine.some(({ what }) => what === 'start'),
    isOver: (known !== undefined && known.status !== 'under-way') || ends.has(patrolId),
  };
}

/** Whether the city will take a check-in as measured. */
function isThere(
  { places }: PatrolRoute,
  { placeId, position }: { placeId: string; position?: PatrolPosition | undefined },
) {
  const place = places.find((one) => one.placeId === placeId);
  return place !== undefined && position !== undefined && provesPresence(place, position);
}

/** A round that was begun without a signal. */
function begunHere({
  waiting,
  ends,
  route,
  unitId,
  timezone,
}: Pick<Known, 'waiting' | 'route' | 'unitId' | 'timezone'> & { ends: ReadonlySet<string> }): PlannedRound | undefined {
  for (const press of waiting) {
    if (press.what !== 'start' || ends.has(press.patrolId)) continue;
    const { body } = press;
    if (body.unitId !== unitId || body.routeId !== route.routeId) continue;
    return roundsOfDay(route.rounds, body.day, timezone).find(({ round }) => round === body.round);
  }
  return undefined;
}

/** Places that nobody of the squad was at yet, the next one first: as the route says, or the nearest. */
export function placesAhead(
  route: PatrolRoute,
  walk: Walk,
  position: PatrolPosition | undefined,
): readonly PatrolPlace[] {
  const ahead = route.places.filter(({ placeId }) => !walk.visits.has(placeId));
  if (route.order === 'fixed' || position === undefined) return ahead;
  return ahead.toSorted((one, other) => distanceM(one, position) - distanceM(other, position));
}

/** The place where the phone is, if it is at any, by the rule that the city goes by. */
export const placeHere = (route: PatrolRoute, position: PatrolPosition | undefined): PatrolPlace | undefined =>
  position && route.places.find((place) => provesPresence(place, position));
