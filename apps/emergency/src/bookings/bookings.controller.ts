import { Controller } from '@nestjs/common';
import { On } from '@siaga/bus';
import {
  AskBooking,
  BeginBooking,
  BookingDecided,
  CancelBooking,
  EndBooking,
  Fault,
  ListBookings,
  MoveBooking,
  PlanBooking,
  SuggestBooking,
  WriteBooking,
  type Channel,
  type InputOf,
} from '@siaga/contracts';
import { currentContext, Route } from '@siaga/service';
import type { StoredUnit } from '../units/unit-now.ts';
import type { Actor } from '../units/unit-rules.ts';
import { notYourUnit, tieTo } from '../units/whose-units.ts';
import { bookingOf } from './booking-document.ts';
import { notOver } from './booking-rules.ts';
import { BookingsStore } from './bookings.store.ts';
import { Calendars } from './calendars.ts';
import { begun, ended, type SlotTurn } from './slot-rules.ts';

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
    return { items: items.map(bookingOf), ...(next === undefined ? {} : { next }) };
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
  async move({ params, body: { reason, isReleased, ...wanted } }: InputOf<typeof MoveBooking>) {
    const actor = { ...actorNow(), reason };
    if (isReleased === true) await this.calendars.release(params.bookingId, actor);
    const isMoved = wanted.pickUpAtMs !== undefined || wanted.expectedReturnAtMs !== undefined;
    if (!isMoved) return bookingOf(await this.bookings.get(params.bookingId));
    return bookingOf(await this.calendars.move(params.bookingId, wanted, actor));
  }

  @Route(CancelBooking)
  async cancel({ params, body: { reason } }: InputOf<typeof CancelBooking>) {
    return bookingOf(await this.calendars.cancel(params.bookingId, { ...actorNow(), reason }));
  }

  @Route(BeginBooking)
  begin({ params: { bookingId }, body }: InputOf<typeof BeginBooking>) {
    return this.#driven(bookingId, (unit) => begun(unit, bookingId, toldBy(unit, body.channel)));
  }

  @Route(EndBooking)
  async end({ params: { bookingId }, body }: InputOf<typeof EndBooking>) {
    const booking = await this.bookings.get(bookingId);
    // a phone repeats what it queued
    if (booking.status === 'done') return bookingOf(booking);
    return this.#driven(bookingId, (unit) => ended(unit, bookingId, toldBy(unit, body.channel)));
  }

  @On(BookingDecided)
  async decided(news: BookingDecided): Promise<void> {
    await this.bookings.follow(news);
  }

  async #driven(bookingId: string, rule: (unit: StoredUnit) => SlotTurn | undefined) {
    const booking = notOver(await this.bookings.get(bookingId));
    if (booking.unitId === undefined)
      throw new Fault('conflict', `${bookingId} belum ada unitnya: jadwalkan dulu · no unit has it: plan it first`);
    return bookingOf(await this.calendars.decide(booking.unitId, booking, rule));
  }
}

const actorNow = (): Actor => ({ by: currentContext().principal.id, nowMs: Date.now() });

/** Its crew, or the desk for it. */
function toldBy(unit: StoredUnit, channel: Channel | undefined): Actor {
  const tie = tieTo(unit, currentContext().principal);
  if (tie !== 'crew' && tie !== 'desk') throw notYourUnit(unit);
  return { ...actorNow(), channel };
}
