import { Injectable } from '@nestjs/common';
import { isOverBooking } from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import { setOrUnset, Store, Timers } from '@siaga/store';
import { bookings } from './booking-document.ts';
import { wakeAtMsOf } from './booking-rules.ts';
import { Calendars } from './calendars.ts';

const HOUR_MS = 3_600_000;

/** What time does to bookings: those that are over leave the screens, and after their time the documents. */
@Injectable()
export class BookingTimer {
  constructor(timers: Timers, store: Store, calendars: Calendars) {
    timers.onDue(bookings, async (booking) => {
      const nowMs = Date.now();
      const wakeAtMs = wakeAtMsOf(booking);
      if (wakeAtMs === undefined || wakeAtMs > nowMs) return { change: setOrUnset({ wakeAtMs }) };
      if (!isOverBooking(booking)) {
        await calendars.cancel(booking._id, { by: currentContext().principal.id, nowMs, because: 'forgotten' });
        return { change: { $set: { wakeAtMs: nowMs + HOUR_MS } } };
      }
      if (booking.archived === true) {
        await store.remove(bookings, { _id: booking._id, version: booking.version });
        return undefined;
      }
      return { change: setOrUnset({ archived: true, wakeAtMs: wakeAtMsOf({ ...booking, archived: true }) }) };
    });
  }
}
