import { waitsForUnit, type AnswerOf, type ListBookings } from '@siaga/contracts';

/** A booking as lists have it. */
export type ListedBooking = AnswerOf<typeof ListBookings>['items'][number];

/** One unit's part of a day. */
export interface DayRow {
  unitId: string;
  name: string;
  bookings: readonly ListedBooking[];
}

/** Those that wait for a unit: the family of a diverted one first, then the soonest. */
export const waitingFirst = (bookings: readonly ListedBooking[]): readonly ListedBooking[] =>
  bookings
    .filter(waitsForUnit)
    .sort(
      (one, other) =>
        Number(other.status === 'diverted') - Number(one.status === 'diverted') || one.pickUpAtMs - other.pickUpAtMs,
    );

/** Those that nobody is brought with any more, of a day that begins at `fromMs`: first pick-up first. */
export const cancelledOf = (bookings: readonly ListedBooking[], fromMs: number): readonly ListedBooking[] =>
  bookings
    .filter(({ status, pickUpAtMs }) => status === 'cancelled' && pickUpAtMs >= fromMs)
    .sort((one, other) => one.pickUpAtMs - other.pickUpAtMs);

/**
 * What is on its way after `fromMs`, by unit, in the order of their names: first pick-up first, and before it what began the
 * day before. What has no unit stands above, or was cancelled.
 */
export function dayRows(
  bookings: readonly ListedBooking[],
  fromMs: number,
  nameOf: (unitId: string) => string,
): readonly DayRow[] {
  const byUnit = Map.groupBy(
    bookings.filter(({ unitId, expectedReturnAtMs }) => unitId !== undefined && expectedReturnAtMs > fromMs),
    ({ unitId }) => unitId ?? '',
  );
  return [...byUnit]
    .map(([unitId, those]) => ({
      unitId,
      name: nameOf(unitId),
      bookings: those.toSorted((one, other) => one.pickUpAtMs - other.pickUpAtMs),
    }))
    .sort((one, other) => one.name.localeCompare(other.name, 'id', { numeric: true }));
}
