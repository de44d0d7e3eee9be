import { Injectable } from '@nestjs/common';
import { currentContext } from '@siaga/service';
import { setOrUnset, Store, Timers } from '@siaga/store';
import { bookings } from './booking-document.ts';
import { isOver, wakeAtMsOf } from './booking-rules.ts';
import { Calendars } from './calendars.ts';

const HOUR_MS = 3_600_000;
const forgotten = 'tidak ada kabar 30 hari sesudah jam jemput · nothing was heard for 30 days after its pick-up';

/** What time does to bookings: those that are over leave the screens, and after their time the documents. */
@Injectable()
export class BookingTimer {
  constructor(timers: Timers, store: Store, calendars: Calendars) {
    timers.onDue(bookings, async (booking) => {
      const nowMs = Date.now();
      const wakeAtMs = wakeAtMsOf(booking);
      if (wakeAtMs === undefined || wakeAtMs > nowMs) return { change: setOrUnset({ wakeAtMs }) };
      if (!isOver(booking)) {
        await calendars.cancel(booking._id, { by: currentContext().principal.id, nowMs, reason: forgotten });
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
