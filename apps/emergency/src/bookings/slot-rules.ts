import {
  bookingUnderWay,
  Fault,
  LONGEST_TRIP_MS,
  openAssignment,
  type BookedSlot,
  type BookingDecided,
  type BookingStatus,
} from '@siaga/contracts';
import { toldAtMs } from '../dispatch/told-time.ts';
import type { StoredUnit, UnitNow } from '../units/unit-now.ts';
import { lackOfCrew, type Actor } from '../units/unit-rules.ts';

/** What a rule makes of a unit's calendar, and what its bookings are told. */
export interface SlotTurn {
  readonly fields: Partial<UnitNow>;
  readonly decided: readonly BookingDecided[];
}

/** From pick-up to the expected return, epoch ms. */
export type Trip = Pick<BookedSlot, 'pickUpAtMs' | 'expectedReturnAtMs'>;

/** More than a unit drives in three months: beyond that something books by itself. */
const MOST_SLOTS = 100;
const FURTHEST_MS = 366 * 24 * 3_600_000;

/** Half open: one may begin when the other is back. */
export const overlaps = (one: Trip, other: Trip): boolean =>
  one.pickUpAtMs < other.expectedReturnAtMs && other.pickUpAtMs < one.expectedReturnAtMs;

/** Refuses what is no trip: back before it begins, longer than a day, or in another year. */
export function asTrip({ pickUpAtMs, expectedReturnAtMs }: Trip, nowMs: number): Trip {
  if (expectedReturnAtMs <= pickUpAtMs)
    throw new Fault('invalid', 'expectedReturnAtMs: perkiraan kembali harus sesudah jemput · the return comes after the pick-up'); // prettier-ignore
  if (expectedReturnAtMs - pickUpAtMs > LONGEST_TRIP_MS)
    throw new Fault('invalid', 'expectedReturnAtMs: paling lama 24 jam, buat dua pesanan · at most 24 hours, make two bookings'); // prettier-ignore
  if (Math.abs(pickUpAtMs - nowMs) > FURTHEST_MS)
    throw new Fault('invalid', 'pickUpAtMs: lebih dari setahun dari sekarang, periksa tanggalnya · more than a year away, look at the date'); // prettier-ignore
  return { pickUpAtMs, expectedReturnAtMs };
}

/** Takes a booking into the unit's calendar; a repeat of the same is told again: whoever heard the first may have died. */
export function taken(unit: StoredUnit, slot: Omit<BookedSlot, 'status'>, actor: Actor): SlotTurn {
  const has = slotOf(unit, slot.bookingId);
  if (has?.seq === slot.seq && has.pickUpAtMs === slot.pickUpAtMs)
    return { fields: {}, decided: [decisionOf(unit, has, actor)] };
  if (has !== undefined) throw elsewhen(unit, has);
  mayHave(unit, slot);
  if (slotsOf(unit).length >= MOST_SLOTS)
    throw new Fault('conflict', `${unit.name}: jadwalnya penuh · its calendar is full`);
  const planned: BookedSlot = { ...slot, status: 'planned' };
  return { fields: withSlot(unit, planned), decided: [decisionOf(unit, planned, actor)] };
}

/** Another time; of one on its way only another return. A repeat is told again. */
export function retimed(unit: StoredUnit, { bookingId, ...trip }: Trip & { bookingId: string }, actor: Said): SlotTurn {
  const has = mine(unit, bookingId);
  if (has.pickUpAtMs === trip.pickUpAtMs && has.expectedReturnAtMs === trip.expectedReturnAtMs)
    return { fields: {}, decided: [decisionOf(unit, has, actor)] };
  if (has.status === 'under-way' && trip.pickUpAtMs !== has.pickUpAtMs)
    throw new Fault('conflict', `${unit.name} sudah berangkat: hanya jam kembali yang dapat diubah · it has set off: only the return can be changed`); // prettier-ignore
  mayHave(unit, { ...trip, bookingId });
  const next = { ...has, ...trip, seq: has.seq + 1 };
  return { fields: withSlot(unit, next), decided: [decisionOf(unit, next, actor)] };
}

/** What a crew says of itself, or the desk for it: at once, or later with its time. */
export type Told = Actor & {
  readonly atMs?: number | undefined;
  /** It was planned then: nobody set off before. */
  readonly plannedAtMs?: number;
};

/** It sets off; a repeat is told again, with its first time. */
export function begun(unit: StoredUnit, bookingId: string, told: Told): SlotTurn {
  const has = driven(unit, bookingId);
  if (has.status === 'under-way')
    return { fields: {}, decided: [asBegun(unit, has, { ...told, nowMs: has.beganAtMs ?? told.nowMs })] };
  const other = bookingUnderWay(unit);
  if (other !== undefined)
    throw new Fault('conflict', `${unit.name} masih mengantar ${other.bookingId}: selesaikan dulu · it is still on that one`); // prettier-ignore
  const open = openAssignment(unit);
  if (open !== undefined)
    throw new Fault('conflict', `${unit.name} sedang pada ${open.incidentId}: pilih unit lain · it is on that incident: choose another unit`); // prettier-ignore
  if (lackOfCrew(unit, told.nowMs) !== undefined)
    throw new Fault('conflict', `${unit.name} belum ada pengemudi: nyatakan dinasnya dulu · nobody drives it: declare its duty first`); // prettier-ignore
  const beganAtMs = toldAtMs(told, { sinceMs: told.plannedAtMs ?? 0, before: 'sebelum dijadwalkan · before it was planned' }); // prettier-ignore
  const next: BookedSlot = { ...has, status: 'under-way', beganAtMs, seq: has.seq + 1 };
  return { fields: withSlot(unit, next), decided: [asBegun(unit, next, { ...told, nowMs: beganAtMs })] };
}

function asBegun(unit: StoredUnit, slot: BookedSlot, actor: Actor): BookingDecided {
  const driver = (unit.crew.find(({ task }) => task === 'driver') ?? unit.crew[0])?.name;
  return { ...decisionOf(unit, slot, actor), ...(driver !== undefined && { driver }) };
}

/** It is back. */
export function ended(unit: StoredUnit, bookingId: string, told: Told): SlotTurn {
  const has = driven(unit, bookingId);
  if (has.status !== 'under-way')
    throw new Fault('conflict', `${unit.name} belum berangkat: batalkan atau mulai dulu · it has not set off: cancel it or begin it first`); // prettier-ignore
  const endedAtMs = toldAtMs(told, { sinceMs: has.beganAtMs ?? 0, before: 'sebelum berangkat · before it set off' });
  return leaves(unit, has, { ...told, nowMs: endedAtMs, status: 'done' });
}

/** It is not with this unit any more: nobody is brought, or another unit brings him. */
export function released(
  unit: StoredUnit,
  { bookingId, status }: { bookingId: string; status: 'cancelled' | 'requested' },
  actor: Said,
): SlotTurn {
  const has = mine(unit, bookingId);
  if (status === 'requested' && has.status === 'under-way')
    throw new Fault('conflict', `${unit.name} sudah berangkat: selesaikan atau batalkan · it has set off: end or cancel it`); // prettier-ignore
  return leaves(unit, has, { ...actor, status });
}

/** The booking went to another unit that was faster: nothing is decided by it. */
export function dropped(unit: StoredUnit, { bookingId, seq }: { bookingId: string; seq: number }) {
  const has = slotOf(unit, bookingId);
  return has === undefined || has.seq > seq ? undefined : { fields: without(unit, has) };
}

/** An emergency takes the unit from what it brings somewhere: the booking is told, and waits for another. */
export function takenOff(
  unit: StoredUnit,
  { incidentId, reason }: { incidentId: string; reason: string },
  actor: Actor,
): SlotTurn | undefined {
  // prettier-ignore
  const has = bookingUnderWay(unit);
  return has && leaves(unit, has, { ...actor, status: 'diverted', incidentId, reason });
}

/** Its calendar is no more: what was in it waits for another unit. */
export const givenBack = (unit: StoredUnit, actor: Said): BookingDecided[] =>
  slotsOf(unit).map((has) => decisionOf(unit, { ...has, seq: has.seq + 1 }, { ...actor, status: 'requested' }));

type Said = Actor &
  Partial<Pick<BookingDecided, 'reason' | 'because' | 'incidentId'>> & { readonly status?: BookingStatus };

const slotsOf = ({ bookings = [] }: UnitNow): readonly BookedSlot[] => bookings;
const slotOf = (unit: UnitNow, id: string) => slotsOf(unit).find(({ bookingId }) => bookingId === id);

function mine(unit: StoredUnit, bookingId: string): BookedSlot {
  const has = slotOf(unit, bookingId);
  if (has === undefined)
    throw new Fault('conflict', `${bookingId} tidak ada lagi di jadwal ${unit.name}, lihat lagi · not in its calendar any more, look again`); // prettier-ignore
  return has;
}

/** As {@link mine}, for what a phone repeats by itself: its booking is told of what the calendar decided in a moment. */
function driven(unit: StoredUnit, bookingId: string): BookedSlot {
  const has = slotOf(unit, bookingId);
  if (has === undefined)
    throw new Fault('unavailable', `${bookingId}: jadwal ${unit.name} sedang diperbarui, coba lagi · its calendar is being brought up to date, try again`); // prettier-ignore
  return has;
}

function mayHave(unit: StoredUnit, wanted: Trip & { bookingId: string }): void {
  const other = slotsOf(unit).find((slot) => slot.bookingId !== wanted.bookingId && overlaps(slot, wanted));
  if (other !== undefined) throw elsewhen(unit, other);
}

const elsewhen = ({ name }: StoredUnit, { bookingId }: BookedSlot) =>
  new Fault('conflict', `${name} sudah dipesan pada jam itu (${bookingId}): pilih jam atau unit lain · it is booked then: choose another time or unit`); // prettier-ignore

function leaves(unit: StoredUnit, has: BookedSlot, said: Said): SlotTurn {
  return { fields: without(unit, has), decided: [decisionOf(unit, { ...has, seq: has.seq + 1 }, said)] };
}

const withSlot = (unit: UnitNow, slot: BookedSlot): Partial<UnitNow> => ({
  bookings: [...slotsOf(unit).filter(({ bookingId }) => bookingId !== slot.bookingId), slot].toSorted(
    (one, other) => one.pickUpAtMs - other.pickUpAtMs,
  ),
});

function without(unit: UnitNow, gone: BookedSlot): Partial<UnitNow> {
  const rest = slotsOf(unit).filter(({ bookingId }) => bookingId !== gone.bookingId);
  return { bookings: rest.length === 0 ? undefined : rest };
}

function decisionOf({ _id: unitId }: StoredUnit, slot: BookedSlot, said: Said): BookingDecided {
  const { bookingId, seq, pickUpAtMs, expectedReturnAtMs } = slot;
  const { by, nowMs, channel, status = slot.status, reason, because, incidentId } = said;
  return {
    ...{ bookingId, unitId, seq, status, pickUpAtMs, expectedReturnAtMs, by, atMs: nowMs },
    ...(channel !== undefined && { channel }),
    ...(reason !== undefined && { reason }),
    ...(because !== undefined && { because }),
    ...(incidentId !== undefined && { incidentId }),
  };
}
