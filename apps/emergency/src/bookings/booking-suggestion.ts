import {
  NOT_BACK_AFTER_MS,
  openAssignment,
  type AnswerOf,
  type SuggestBooking,
  type UnitClass,
} from '@siaga/contracts';
import type { StoredUnit } from '../units/unit-now.ts';
import type { StoredBooking } from './booking-document.ts';
import { overlaps, type Trip } from './slot-rules.ts';

export type Suggested = AnswerOf<typeof SuggestBooking>['items'][number];

const MOST_SHOWN = 20;
/** A unit on an incident is not counted on for so long, ms: the usual way out, to a hospital and back. */
const ON_INCIDENT_MS = 2 * 3_600_000;

const ridesIn = (purpose: StoredBooking['purpose']): readonly UnitClass[] =>
  purpose === 'deceased' ? ['hearse', 'ambulance'] : ['ambulance'];

/** Units that may take a booking, each with the first time that fits it: the time wanted first, then soonest. */
export function suggestedFor(booking: StoredBooking, units: readonly StoredUnit[], nowMs: number): Suggested[] {
  const classes = ridesIn(booking.purpose);
  return units
    .filter(({ unitClass }) => classes.includes(unitClass))
    .map((unit) => {
      const { pickUpAtMs, expectedReturnAtMs } = firstFree(unit, booking, nowMs);
      return { unitId: unit._id, pickUpAtMs, expectedReturnAtMs, isAsWanted: pickUpAtMs === booking.pickUpAtMs, rank: classes.indexOf(unit.unitClass) }; // prettier-ignore
    })
    .toSorted((one, other) => one.pickUpAtMs - other.pickUpAtMs || one.rank - other.rank || one.unitId.localeCompare(other.unitId)) // prettier-ignore
    .slice(0, MOST_SHOWN)
    .map(({ unitId, pickUpAtMs, expectedReturnAtMs, isAsWanted }) => ({ unitId, pickUpAtMs, expectedReturnAtMs, isAsWanted })); // prettier-ignore
}

/** The first time from the one wanted on at which the unit has nothing else. */
function firstFree(unit: StoredUnit, booking: StoredBooking, nowMs: number): Trip {
  const lastsMs = booking.expectedReturnAtMs - booking.pickUpAtMs;
  const isBusy = openAssignment(unit) !== undefined;
  let fromMs = Math.max(booking.pickUpAtMs, nowMs + (isBusy ? ON_INCIDENT_MS : 0));
  const others = (unit.bookings ?? [])
    .filter(({ bookingId }) => bookingId !== booking._id)
    // one that is late and still away is not back by being expected
    .map((slot) => (slot.status === 'planned' ? slot : { ...slot, expectedReturnAtMs: Math.max(slot.expectedReturnAtMs, nowMs + NOT_BACK_AFTER_MS) })); // prettier-ignore
  for (const other of others.toSorted((one, next) => one.pickUpAtMs - next.pickUpAtMs)) {
    const trip = { pickUpAtMs: fromMs, expectedReturnAtMs: fromMs + lastsMs };
    if (overlaps(other, trip)) fromMs = other.expectedReturnAtMs;
  }
  return { pickUpAtMs: fromMs, expectedReturnAtMs: fromMs + lastsMs };
}
