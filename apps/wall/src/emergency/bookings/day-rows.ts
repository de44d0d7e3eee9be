import type { BookingChanged } from '@siaga/contracts';

/** One unit's part of a day. */
export interface DayRow {
  unitId: string;
  name: string;
  bookings: readonly BookingChanged[];
}

/** Those that wait for a unit: the family of a diverted one first, then the soonest. */
export const waitingFirst = (bookings: readonly BookingChanged[]): readonly BookingChanged[] =>
  bookings
    .filter(({ status }) => status === 'requested' || status === 'diverted')
    .sort(
      (one, other) =>
        Number(other.status === 'diverted') - Number(one.status === 'diverted') || one.pickUpAtMs - other.pickUpAtMs,
    );

/** A day by unit, in the order of their names: first pick-up first. What has no unit stands above, or was cancelled. */
export function dayRows(bookings: readonly BookingChanged[], nameOf: (unitId: string) => string): readonly DayRow[] {
  const byUnit = Map.groupBy(
    bookings.filter(({ unitId }) => unitId !== undefined),
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
