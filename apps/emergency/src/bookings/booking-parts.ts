import { bookings } from './booking-document.ts';
import { BookingTimer } from './booking-timer.ts';
import { BookingsController } from './bookings.controller.ts';
import { BookingsStore } from './bookings.store.ts';
import { Calendars } from './calendars.ts';

/** What bookings of ambulances bring to the service. */
export const bookingParts = {
  controllers: [BookingsController],
  providers: [BookingsStore, Calendars, BookingTimer],
  collections: [bookings],
};
