import { BookingPurpose, type BookingFigures, type EmergencyMonth } from '@siaga/contracts';
import type { StoredBooking } from '../bookings/booking-document.ts';

/** Of a booking what a month is reckoned from: nothing of whom it brings. */
export type BookingOfMonth = Pick<StoredBooking, 'purpose' | 'status'> & {
  readonly history: readonly Pick<StoredBooking['history'][number], 'step'>[];
};

/** Bookings of a month, together and by what they are for; each purpose is there, also with none. */
export function bookingsIn(bookings: readonly BookingOfMonth[]): EmergencyMonth['bookings'] {
  const byPurpose = BookingPurpose.options.map(
    (purpose) => [purpose, figuresOf(bookings.filter((one) => one.purpose === purpose))] as const,
  );
  return {
    total: figuresOf(bookings),
    byPurpose: Object.fromEntries(byPurpose) as EmergencyMonth['bookings']['byPurpose'],
  };
}

function figuresOf(bookings: readonly BookingOfMonth[]): BookingFigures {
  const count = (is: (booking: BookingOfMonth) => boolean) => bookings.filter(is).length;
  return {
    asked: bookings.length,
    driven: count(({ status }) => status === 'under-way' || status === 'done'),
    cancelled: count(({ status }) => status === 'cancelled'),
    diverted: count(({ history }) => history.some(({ step }) => step === 'diverted')),
  };
}
