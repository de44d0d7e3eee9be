import { Injectable } from '@nestjs/common';
import {
  Fault,
  isInCalendar,
  type AskBooking,
  type BookingDecided,
  type InputOf,
  type ListBookings,
  type WriteBooking,
} from '@siaga/contracts';
import { asExercise, currentContext, numberOfPress } from '@siaga/service';
import { defined, setOrUnset, Store, trusted, type Page } from '@siaga/store';
import { UnitsStore } from '../units/units.store.ts';
import { bookings, type BookingDocument, type StoredBooking } from './booking-document.ts';
import { asked, followed, notOver, wakeAtMsOf } from './booking-rules.ts';
import { dropped } from './slot-rules.ts';

type Fields = ReturnType<typeof followed>;

/** Bookings of the context's city: while a unit has one, that unit's calendar decides and the booking follows it. */
@Injectable()
export class BookingsStore {
  constructor(
    private readonly store: Store,
    private readonly units: UnitsStore,
  ) {}

  get(bookingId: string): Promise<StoredBooking> {
    return this.store.get(bookings, bookingId);
  }

  /** First pick-up first. */
  page(query: InputOf<typeof ListBookings>['query']): Promise<Page<BookingDocument>> {
    const { limit, after, q, fromMs, toMs, ...exact } = query;
    const pickUpAtMs = trusted({ $gte: fromMs ?? 0, ...(toMs !== undefined && { $lt: toMs }) });
    const where = { ...defined(exact), pickUpAtMs } as never;
    return this.store.page(bookings, { where, sort: 'pickUpAtMs', limit, after, search: { text: q, fields: ['_id'] } });
  }

  /** The same press makes the same one. */
  ask(body: InputOf<typeof AskBooking>['body']): Promise<StoredBooking> {
    const { exercise, press, principal } = currentContext();
    const made = asked(defined(body), { exercise }, { by: principal.id, nowMs: Date.now() });
    const wakeAtMs = wakeAtMsOf(made);
    const document = { ...made, _id: numberOfPress('PSN'), ...(wakeAtMs !== undefined && { wakeAtMs }) };
    return this.store.create(bookings, document, press === undefined ? {} : { once: press });
  }

  /** What is null is taken out; what is over stays as it was told. */
  write(bookingId: string, notes: InputOf<typeof WriteBooking>['body']): Promise<StoredBooking> {
    const said = Object.entries(defined(notes)).map(([name, value]) => [name, value ?? undefined] as const);
    return this.turn(bookingId, (booking) => {
      notOver(booking);
      return Object.fromEntries(said);
    });
  }

  /** Changes a booking by its rule; where the rule makes nothing it is as it is. */
  async turn(bookingId: string, rule: (booking: StoredBooking) => Fields): Promise<StoredBooking> {
    const { document } = await this.store.turn(bookings, bookingId, (booking) => {
      const fields = rule(booking);
      if (fields === undefined) return undefined;
      const next = { ...fields, changedAtMs: Math.max(Date.now(), booking.changedAtMs) };
      return { change: setOrUnset({ ...next, wakeAtMs: wakeAtMsOf({ ...booking, ...defined(next) } as StoredBooking) }) }; // prettier-ignore
    });
    return document;
  }

  /**
   * What a unit's calendar decided is what the booking says. Where another unit was faster, this one lets it go: so one
   * booking never stays in two calendars, whatever died in between.
   */
  async follow(news: BookingDecided): Promise<StoredBooking | undefined> {
    if ((await this.store.find(bookings, news.bookingId)) === undefined) return undefined;
    const booking = await this.turn(news.bookingId, (now) => followed(now, news));
    if (isInCalendar(news) && booking.unitId !== news.unitId)
      await this.units.act(news.unitId, (unit) => dropped(unit, news)).catch(unlessGone);
    return booking;
  }

  /** Everything simulated leaves. */
  async removeExercises(): Promise<void> {
    const found = await this.store.of(bookings).find({ exercise: true }).lean<StoredBooking[]>();
    for (const { _id } of found) await asExercise(true, () => this.store.remove(bookings, { _id }));
  }
}

/** The unit was taken out since. */
function unlessGone(error: unknown): undefined {
  if (error instanceof Fault && error.kind === 'not-found') return undefined;
  throw error;
}
