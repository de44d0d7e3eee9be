import type { BookedSlot } from '@siaga/contracts';

/** What a crew pressed about a booking, and when: it set off, or is back. */
export interface QueuedTrip {
  key: string;
  bookingId: string;
  what: 'begin' | 'end';
  atMs: number;
}

/**
 * What a unit drives now, else next; undefined: nothing. What was pressed on the phone counts at once: it is on its way that was
 * begun, and gone that was ended, before the city knows.
 */
export function tripAhead(slots: readonly BookedSlot[], waiting: readonly object[]): BookedSlot | undefined {
  const said = new Map(waiting.filter(isTrip).map(({ bookingId, what }) => [bookingId, what]));
  const known = slots
    .filter(({ bookingId }) => said.get(bookingId) !== 'end')
    .map((slot): BookedSlot => (said.get(slot.bookingId) === 'begin' ? { ...slot, status: 'under-way' } : slot));
  return known.find(({ status }) => status === 'under-way') ?? known[0];
}

const isTrip = (press: object): press is QueuedTrip => 'bookingId' in press;
