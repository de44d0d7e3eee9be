import { Controller } from '@nestjs/common';
import { On } from '@siaga/bus';
import {
  AskBooking,
  BeginBooking,
  BookingDecided,
  CancelBooking,
  EndBooking,
  ListBookings,
  MoveBooking,
  PlanBooking,
  ReadTrip,
  ReleaseBooking,
  SuggestBooking,
  WriteBooking,
  type InputOf,
} from '@siaga/contracts';
import { actorNow, currentContext, Route } from '@siaga/service';
import type { StoredUnit } from '../units/unit-now.ts';
import { notYourUnit, tieTo } from '../units/whose-units.ts';
import { bookingOf, listed, type StoredBooking } from './booking-document.ts';
import { notOver, plannedAtMsOf } from './booking-rules.ts';
import { BookingsStore } from './bookings.store.ts';
import { Calendars, withoutUnit } from './calendars.ts';
import { begun, ended, type SlotTurn, type Told } from './slot-rules.ts';

/** Ambulances that are booked: kontrol, rujukan, pulang, jenazah. */
@Controller()
export class BookingsController {
  constructor(
    private readonly bookings: BookingsStore,
    private readonly calendars: Calendars,
  ) {}

  @Route(AskBooking)
  async ask({ body }: InputOf<typeof AskBooking>) {
    return bookingOf(await this.bookings.ask(body));
  }

  @Route(ListBookings)
  async list({ query }: InputOf<typeof ListBookings>) {
    const { items, next } = await this.bookings.page(query);
    return { items: items.map(listed), ...(next === undefined ? {} : { next }) };
  }

  @Route(WriteBooking)
  async write({ params, body }: InputOf<typeof WriteBooking>) {
    return bookingOf(await this.bookings.write(params.bookingId, body));
  }

  @Route(SuggestBooking)
  async suggest({ params }: InputOf<typeof SuggestBooking>) {
    return { items: await this.calendars.suggest(params.bookingId) };
  }

  @Route(PlanBooking)
  async plan({ params, body }: InputOf<typeof PlanBooking>) {
    return bookingOf(await this.calendars.plan(params.bookingId, body, actorNow()));
  }

  @Route(MoveBooking)
  async move({ params, body: { reason, ...wanted } }: InputOf<typeof MoveBooking>) {
    return bookingOf(await this.calendars.move(params.bookingId, wanted, { ...actorNow(), reason }));
  }

  @Route(ReleaseBooking)
  async release({ params, body: { reason } }: InputOf<typeof ReleaseBooking>) {
    return bookingOf(await this.calendars.release(params.bookingId, { ...actorNow(), reason }));
  }

  @Route(CancelBooking)
  async cancel({ params, body: { reason } }: InputOf<typeof CancelBooking>) {
    return bookingOf(await this.calendars.cancel(params.bookingId, { ...actorNow(), reason }));
  }

  @Route(BeginBooking)
  begin({ params: { bookingId }, body }: InputOf<typeof BeginBooking>) {
    return this.#driven(bookingId, (unit, booking) => begun(unit, bookingId, { ...toldBy(unit, body), plannedAtMs: plannedAtMsOf(booking) })); // prettier-ignore
  }

  @Route(EndBooking)
  end({ params: { bookingId }, body }: InputOf<typeof EndBooking>) {
    return this.#driven(bookingId, (unit) => ended(unit, bookingId, toldBy(unit, body)));
  }

  @Route(ReadTrip)
  async trip({ params: { bookingId } }: InputOf<typeof ReadTrip>) {
    const booking = await this.bookings.get(bookingId);
    toldBy(await this.calendars.unitOf(booking), {});
    return ReadTrip.answer.parse(booking);
  }

  @On(BookingDecided)
  async decided(news: BookingDecided): Promise<void> {
    await this.bookings.follow(news);
  }

  /** What a crew says of its trip. A phone repeats what it queued, the first step also after the last. */
  async #driven(bookingId: string, rule: (unit: StoredUnit, booking: StoredBooking) => SlotTurn) {
    const known = await this.bookings.get(bookingId);
    if (known.status === 'done') return bookingOf(known);
    const booking = notOver(known);
    if (booking.unitId === undefined) throw withoutUnit(bookingId);
    return bookingOf(await this.calendars.decide(booking.unitId, booking, (unit) => rule(unit, booking)));
  }
}

/** Its crew, or the desk for it. */
function toldBy(unit: StoredUnit, { atMs, channel }: InputOf<typeof EndBooking>['body']): Told {
  const tie = tieTo(unit, currentContext().principal);
  if (tie !== 'crew' && tie !== 'desk') throw notYourUnit(unit);
  return { ...actorNow(), atMs, channel };
}
