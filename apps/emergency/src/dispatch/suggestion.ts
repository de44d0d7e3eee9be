import {
  bookingUnderWay,
  openAssignment,
  isUnderWay,
  type AnswerOf,
  type AssignmentSummary,
  type BookedSlot,
  type Candidate,
  type IncidentChanged,
  type PassedOver,
  type Place,
  type RunCard,
  type SuggestUnits,
  type UnitMoved,
  PICK_UP_SOON_MS,
} from '@siaga/contracts';
import { POSITION_FRESH_MS } from '@siaga/contracts';
import { distanceM } from '@siaga/geo';
import type { TravelTime } from '@siaga/streets';
import type { StoredUnit } from '../units/unit-now.ts';
import { lackOfCrew } from '../units/unit-rules.ts';

/** What is asked for at an incident, as far as it is known. */
export type Need = Pick<IncidentChanged, 'kind' | 'tag' | 'level' | 'place'>;

/** With what was sent to it already. */
export type NeedNow = Need & Pick<IncidentChanged, 'assignments'>;

/** One part of a run card with the units that fit it. */
export type SuggestedPart = AnswerOf<typeof SuggestUnits>['parts'][number];

/** So many are shown of each part: nobody reads further. */
const MOST_SHOWN = 50;

/** The first card that fits; `hour` of the city, 0 to 23. What nobody has said yet (kind, tag) fits no card that asks for it. */
export function cardFor(cards: readonly RunCard[], need: Need, hour: number): RunCard | undefined {
  const fits = <One>(wanted: readonly One[] | undefined, one: One | undefined) =>
    wanted === undefined || (one !== undefined && wanted.includes(one));
  return cards.find(
    ({ kinds, tags, levels, hours }) =>
      fits(kinds, need.kind) && fits(tags, need.tag) && fits(levels, need.level) && isWithin(hours, hour),
  );
}

function isWithin(hours: RunCard['hours'], hour: number): boolean {
  if (hours === undefined) return true;
  const { from, to } = hours;
  return from < to ? from <= hour && hour < to : hour >= from || hour < to;
}

export interface City {
  readonly units: readonly StoredUnit[];
  readonly positionOf: (unitId: string) => UnitMoved | undefined;
  /** By road to the incident; absent: there is no street map, or nobody knows where the incident is. */
  readonly travel?: TravelTime | undefined;
}

/**
 * For each part of a card the units that ride as it asks, first who is there first, in one list with those that cannot go and why, so
 * that the nearer one that is passed over is seen. What is wanted for one part is not wanted again for the next, what is on
 * the incident already is not wanted again, and who did not go there once comes last.
 */
export function suggest(
  card: RunCard,
  { units, positionOf, travel }: City,
  need: NeedNow,
  nowMs: number,
): SuggestedPart[] {
  const wanted = new Set<string>();
  const idsOf = (fits: (one: AssignmentSummary) => boolean) =>
    need.assignments.filter(fits).map(({ unitId }) => unitId);
  const onIt = new Set(idsOf(isUnderWay));
  const didNotGo = new Set(idsOf(({ status }) => status === 'declined' || status === 'cancelled'));
  return card.send.map(({ count: asked, why, unitClasses, capability }) => {
    const there = units
      .filter((unit) => onIt.has(unit._id) && unitClasses.includes(unit.unitClass))
      .filter(({ capabilities }) => capability === undefined || capabilities.includes(capability))
      .slice(0, asked);
    for (const { _id } of there) onIt.delete(_id);
    const count = asked - there.length;
    const candidates = units
      .filter(({ _id, unitClass }) => unitClasses.includes(unitClass) && !wanted.has(_id))
      .map((unit) => weighed(unit, { at: placeOf(unit, positionOf(unit._id), nowMs), travel, need, capability, nowMs }))
      .toSorted(soonestFirst)
      .toSorted((one, other) => Number(didNotGo.has(one.unitId)) - Number(didNotGo.has(other.unitId)))
      .slice(0, MOST_SHOWN);
    const free = candidates.filter(({ passedOver }) => passedOver === undefined);
    for (const { unitId } of free.slice(0, count)) wanted.add(unitId);
    return { count, why, candidates };
  });
}

interface Whereabouts {
  readonly place: Place;
  /** Absent: nothing measured it. */
  readonly ageMs?: number;
}

/** Where a unit is: as measured lately, else where it said it parked, else its post; undefined: nobody knows. */
function placeOf(unit: StoredUnit, moved: UnitMoved | undefined, nowMs: number): Whereabouts | undefined {
  const ageMs = moved === undefined ? Infinity : Math.max(0, nowMs - moved.atMs);
  if (moved !== undefined && ageMs <= POSITION_FRESH_MS) return { place: moved, ageMs };
  const place = unit.parked ?? unit.post;
  return place === undefined ? undefined : { place };
}

interface Weighing {
  readonly at: Whereabouts | undefined;
  readonly travel: City['travel'];
  readonly need: Need;
  readonly capability: RunCard['send'][number]['capability'];
  readonly nowMs: number;
}

function weighed(unit: StoredUnit, weighing: Weighing): Candidate {
  const { at, travel, need } = weighing;
  const passedOver = whyNot(unit, weighing);
  const incidentId = passedOver === 'busy' ? openAssignment(unit)?.incidentId : undefined;
  const booked = passedOver === 'booked' ? bookingUnderWay(unit) : undefined;
  const pickUp = passedOver === undefined ? pickUpSoon(unit, weighing.nowMs) : undefined;
  const far = at === undefined || need.place === undefined ? undefined : Math.round(distanceM(at.place, need.place));
  const seconds = at === undefined || far === undefined ? undefined : travel?.(at.place);
  return {
    unitId: unit._id,
    ...(far === undefined ? {} : { distanceM: far }),
    ...(seconds === undefined ? {} : { travelS: Math.round(seconds) }),
    ...(far === undefined || at?.ageMs === undefined ? {} : { positionAgeMs: at.ageMs }),
    ...(passedOver === undefined ? {} : { passedOver }),
    ...(incidentId === undefined ? {} : { incidentId }),
    ...(booked === undefined ? {} : { booking: aboutOf(booked) }),
    ...(pickUp === undefined ? {} : { pickUp }),
  };
}

function whyNot(unit: StoredUnit, { at, need, capability, nowMs }: Weighing): PassedOver | undefined {
  const lack = lackOfCrew(unit, nowMs);
  if (lack !== undefined) return lack;
  if (openAssignment(unit) !== undefined) return 'busy';
  if (bookingUnderWay(unit) !== undefined) return 'booked';
  if (capability !== undefined && !unit.capabilities.includes(capability)) return 'not-capable';
  return at === undefined && need.place !== undefined ? 'no-place' : undefined;
}

/** Whom it fetches next, while that is near or was due: nobody takes it from there without having read so. */
function pickUpSoon({ bookings = [] }: StoredUnit, nowMs: number): Candidate['pickUp'] {
  const next = bookings.find(({ status }) => status === 'planned');
  if (next === undefined || next.pickUpAtMs > nowMs + PICK_UP_SOON_MS) return undefined;
  const { bookingId, purpose, pickUpAtMs } = next;
  return { bookingId, purpose, pickUpAtMs };
}

const aboutOf = ({ bookingId, purpose, expectedReturnAtMs }: BookedSlot) => ({
  bookingId,
  purpose,
  expectedReturnAtMs,
});

/** Metres per second along a straight line of a unit that no road leads from: 25 km/h, over 1.3 times the way. */
const STRAIGHT_MPS = 5.3;

/** By road, else as if there were one; of unknown distance last; then always in the same order. */
const soonestFirst = (one: Candidate, other: Candidate): number =>
  secondsOf(one) === secondsOf(other) ? one.unitId.localeCompare(other.unitId) : secondsOf(one) - secondsOf(other);

const secondsOf = ({ travelS, distanceM: far = Infinity }: Candidate): number => travelS ?? far / STRAIGHT_MPS;
