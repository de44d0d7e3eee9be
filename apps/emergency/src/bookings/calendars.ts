import { Injectable } from '@nestjs/common';
import { Fault, isInCalendar, waitsForUnit, type BookingDecided } from '@siaga/contracts';
import { CityStage } from '../dispatch/drill.ts';
import type { StoredUnit } from '../units/unit-now.ts';
import type { Actor } from '../units/unit-rules.ts';
import { UnitsStore } from '../units/units.store.ts';
import { slotOf, type StoredBooking } from './booking-document.ts';
import { askedFor, calledOff, deedOf, notOver, type Why } from './booking-rules.ts';
import { suggestedFor, type Suggested } from './booking-suggestion.ts';
import { BookingsStore } from './bookings.store.ts';
import { asTrip, released, retimed, taken, type SlotTurn, type Trip } from './slot-rules.ts';

type Wanted = { readonly [Time in keyof Trip]?: Trip[Time] | undefined };

/** Bookings and the calendars of units: the calendar is changed first, and the booking follows it at once. */
@Injectable()
export class Calendars {
  constructor(
    private readonly bookings: BookingsStore,
    private readonly units: UnitsStore,
    private readonly stage: CityStage,
  ) {}

  async suggest(bookingId: string): Promise<Suggested[]> {
    const booking = await this.bookings.get(bookingId);
    const units = (await this.units.all()).filter((unit) => this.stage.fits(unit, booking));
    return suggestedFor(booking, units, Date.now());
  }

  /** Into a unit's calendar; of two who do it at once the second is told who was faster. */
  async plan(bookingId: string, { unitId, ...wanted }: Wanted & { unitId: string }, actor: Actor) {
    const booking = notOver(await this.bookings.get(bookingId));
    const trip = asTrip(tripOf(booking, wanted), actor.nowMs);
    if (!waitsForUnit(booking)) {
      const isRepeat = booking.unitId === unitId && booking.pickUpAtMs === trip.pickUpAtMs;
      if (!isRepeat) throw planned(booking);
      return booking;
    }
    const after = await this.decide(unitId, booking, (unit) => {
      if (!this.stage.fits(unit, booking)) throw mixed(unit);
      return taken(unit, { ...slotOf(booking), ...trip }, actor);
    });
    if (after.unitId !== unitId) throw planned(notOver(after));
    return after;
  }

  /** Another time in the calendar that has it, or as it is asked for. */
  async move(bookingId: string, wanted: Wanted, actor: Actor & { reason: string }): Promise<StoredBooking> {
    const booking = notOver(await this.bookings.get(bookingId));
    const trip = asTrip(tripOf(booking, wanted), actor.nowMs);
    if (booking.unitId === undefined) return this.bookings.turn(bookingId, (now) => askedFor(now, trip, actor));
    return this.decide(booking.unitId, booking, (unit) => retimed(unit, { ...trip, bookingId }, actor));
  }

  /** Out of the calendar that has it. */
  async release(bookingId: string, actor: Actor & { reason: string }): Promise<StoredBooking> {
    const booking = notOver(await this.bookings.get(bookingId));
    if (booking.unitId === undefined) return booking;
    return this.decide(booking.unitId, booking, (unit) => released(unit, { bookingId, status: 'requested' }, actor));
  }

  async cancel(bookingId: string, actor: Actor & Why): Promise<StoredBooking> {
    const booking = await this.bookings.get(bookingId);
    if (booking.status === 'cancelled') return booking;
    const { unitId } = notOver(booking);
    if (unitId === undefined) return this.bookings.turn(bookingId, (now) => calledOff(now, actor));
    return this.decide(unitId, booking, (unit) => released(unit, { bookingId, status: 'cancelled' }, actor));
  }

  /** The unit that has it now. */
  async unitOf({ _id, unitId, ...booking }: StoredBooking): Promise<StoredUnit> {
    if (unitId === undefined || !isInCalendar(booking)) throw withoutUnit(_id);
    return this.units.get(unitId);
  }

  /** Simulated units and bookings leave, and real units what is simulated; answers how many units there were. */
  async removeExercises(incidentIds: readonly string[]): Promise<number> {
    await this.units.leave(incidentIds);
    await this.bookings.removeExercises();
    return this.units.removeExercises();
  }

  /** One change of a unit's calendar, and what its booking makes of it. */
  async decide(
    unitId: string,
    booking: StoredBooking,
    rule: (unit: StoredUnit) => SlotTurn | undefined,
  ): Promise<StoredBooking> {
    let news: readonly BookingDecided[] = [];
    await this.units.act(unitId, (unit) => {
      const turn = rule(unit);
      news = turn?.decided ?? [];
      return turn;
    });
    let after: StoredBooking | undefined;
    for (const one of news) after = await this.bookings.follow(one);
    return after ?? this.bookings.get(booking._id);
  }
}

const tripOf = (booking: Trip, { pickUpAtMs, expectedReturnAtMs }: Wanted): Trip => {
  const from = pickUpAtMs ?? booking.pickUpAtMs;
  const lastsMs = booking.expectedReturnAtMs - booking.pickUpAtMs;
  // moved in time it takes as long as before
  const until = expectedReturnAtMs ?? (pickUpAtMs === undefined ? booking.expectedReturnAtMs : from + lastsMs);
  return { pickUpAtMs: from, expectedReturnAtMs: until };
};

const planned = ({ _id, history }: StoredBooking) =>
  new Fault('conflict', `${_id} sudah dijadwalkan, lihat lagi · it is planned already: look again`, {
    deed: deedOf(history.at(-1)),
  });

export const withoutUnit = (bookingId: string) =>
  new Fault('conflict', `${bookingId} belum ada unitnya: jadwalkan dulu · no unit has it: plan it first`);

const mixed = ({ name }: StoredUnit) =>
  new Fault('conflict', `${name}: simulasi dan nyata tidak dicampur, pilih unit lain · simulated and real stay apart: choose another unit`); // prettier-ignore
