import { describe, expect, it } from '@jest/globals';
import { bookingUnderWay, type BookingDecided } from '@siaga/contracts';
import fc from 'fast-check';
import { sent } from '../dispatch/assignment-rules.ts';
import type { StoredUnit } from '../units/unit-now.ts';
import { availabilityOf, BACK_WITHIN_MS, lackOfCrew, offDuty, overdue, wakeAtMsOf } from '../units/unit-rules.ts';
import { slotOf, type StoredBooking } from './booking-document.ts';
import { asked, calledOff, followed } from './booking-rules.ts';
import { suggestedFor } from './booking-suggestion.ts';
import { asTrip, begun, dropped, ended, overlaps, released, retimed, taken, type SlotTurn } from './slot-rules.ts';

const T0 = 1_800_000_000_000;
const HOUR_MS = 3_600_000;
const actor = { by: 'desk', nowMs: T0 };
const unitOf = (unitId: string): StoredUnit => ({
  ...{ _id: unitId, version: 1, name: unitId, unitClass: 'ambulance', capabilities: ['transport'], agency: 'dinkes' },
  ...{ answers: 'on-call', duty: 'on', dutyUntilMs: T0 + HOUR_MS, crew: [{ name: 'Siti', task: 'driver' }] },
  ...{ changedAtMs: T0, exercise: false },
});
const bookingOf = (number: number, hour = 0, hours = 1): StoredBooking => {
  const pickUpAtMs = T0 + hour * HOUR_MS;
  const whom = { patientName: 'Bu Sumi', from: 'rumah', to: 'RSUD' };
  const trip = { ...whom, purpose: 'control' as const, pickUpAtMs, expectedReturnAtMs: pickUpAtMs + hours * HOUR_MS };
  return { ...asked(trip, { exercise: false }, actor), _id: `PSN-0000000${String(number)}`, version: 1 };
};
const plan = (unit: StoredUnit, booking: StoredBooking): StoredUnit => ({ ...unit, ...taken(unit, slotOf(booking), actor).fields }); // prettier-ignore
const away = (): StoredUnit => {
  const unit = plan(unitOf('AMB-1'), bookingOf(1));
  return { ...unit, ...begun(unit, 'PSN-00000001', actor).fields };
};
const send = (unit: StoredUnit, divertReason?: string) =>
  sent(
    unit,
    { ...{ assignmentId: 'TGS-00000001', incidentId: 'INS-00000001', skipped: [], fits: () => true }, divertReason },
    actor,
  );

describe('a unit on a booking', () => {
  it('may be sent on a condition, keeps its crew past the end of its duty, and is not let off', () => {
    const unit = away();
    expect(availabilityOf(unit)).toBe('ConditionallyAvailable');
    expect([wakeAtMsOf(unit), overdue(unit, T0 + 2 * HOUR_MS)]).toEqual([T0 + HOUR_MS + BACK_WITHIN_MS, undefined]);
    expect(lackOfCrew(unit, T0 + 2 * HOUR_MS)).toBeUndefined();
    expect(() => offDuty(unit, {}, actor)).toThrow('PSN-00000001');
    const back = { ...unit, ...ended(unit, 'PSN-00000001', actor).fields };
    expect([availabilityOf(back), wakeAtMsOf(back)]).toEqual(['Available', T0 + HOUR_MS]);
  });

  it('is diverted with a reason only; booking and incident are both told', () => {
    expect(() => send(away())).toThrow('PSN-00000001');
    const turn = send(away(), 'henti jantung');
    expect(turn?.decided).toMatchObject([{ bookingId: 'PSN-00000001', status: 'diverted', incidentId: 'INS-00000001', reason: 'henti jantung' }]); // prettier-ignore
    expect(turn?.tell?.flatMap(({ lines }) => lines)).toMatchObject([
      { step: 'booking-diverted', bookingId: 'PSN-00000001', words: 'henti jantung' },
      { step: 'dispatched' },
    ]);
    const unit = { ...away(), ...turn?.fields };
    expect([bookingUnderWay(unit), unit.assignment?.incidentId]).toEqual([undefined, 'INS-00000001']);
    const [news] = turn?.decided ?? [];
    const told = { ...bookingOf(1), ...followed(bookingOf(1), news as BookingDecided) };
    expect(told).toMatchObject({ status: 'diverted', diverted: { unitId: 'AMB-1', incidentId: 'INS-00000001' } });
    expect(told.history?.map(({ step }) => step)).toEqual(['asked', 'diverted']);
  });

  it('sets off with a driver, and to one place at a time', () => {
    const unit = plan(away(), bookingOf(2, 1));
    expect(() => begun(unit, 'PSN-00000002', actor)).toThrow('PSN-00000001');
    const empty = { ...plan(unitOf('AMB-1'), bookingOf(1)), crew: [] };
    expect(() => begun(empty, 'PSN-00000001', actor)).toThrow('pengemudi');
    const busy = { ...plan(unitOf('AMB-1'), bookingOf(1)), ...send(unitOf('AMB-1'))?.fields };
    expect(() => begun(busy, 'PSN-00000001', actor)).toThrow('INS-00000001');
  });
});

describe('what a crew says later', () => {
  const minute = 60_000;
  const late = { ...actor, nowMs: T0 + 120 * minute };
  const planned = () => ({ ...plan(unitOf('AMB-1'), bookingOf(1)), dutyUntilMs: T0 + 8 * HOUR_MS });
  const at = (turn: SlotTurn) => turn.decided[0]?.atMs;

  it('counts from when it was: never before it was planned or set off, never after now', () => {
    const turn = begun(planned(), 'PSN-00000001', { ...late, atMs: T0 + 20 * minute, plannedAtMs: T0 });
    const unit = { ...planned(), ...turn.fields };
    expect([at(turn), bookingUnderWay(unit)?.beganAtMs]).toEqual([T0 + 20 * minute, T0 + 20 * minute]);
    expect(at(ended(unit, 'PSN-00000001', { ...late, atMs: T0 + 70 * minute }))).toBe(T0 + 70 * minute);
    // a clock that is a little off
    expect(at(ended(unit, 'PSN-00000001', { ...late, atMs: T0 + 19 * minute }))).toBe(T0 + 20 * minute);
    expect(at(ended(unit, 'PSN-00000001', { ...late, atMs: T0 + 123 * minute }))).toBe(T0 + 120 * minute);
  });

  it('is asked about when its clock is far off', () => {
    const begin = (atMs: number) => () => begun(planned(), 'PSN-00000001', { ...late, atMs, plannedAtMs: T0 });
    expect(begin(T0 + 126 * minute)).toThrow('belum terjadi');
    expect(begin(T0 - 6 * minute)).toThrow('sebelum dijadwalkan');
    expect(() => ended(away(), 'PSN-00000001', { ...late, atMs: T0 - 6 * minute })).toThrow('sebelum berangkat');
  });

  it('is told again with its first time by a repeat, and tried again while the calendar is ahead of its booking', () => {
    const repeat = begun(away(), 'PSN-00000001', late);
    expect([repeat.fields, at(repeat)]).toEqual([{}, T0]);
    expect(() => ended(unitOf('AMB-1'), 'PSN-00000001', late)).toThrow(expect.objectContaining({ retriable: true }));
  });
});

it('holds a hundred bookings, and refuses the next', () => {
  let unit = unitOf('AMB-1');
  const slot = (hour: number) => ({ ...slotOf(bookingOf(1, hour)), bookingId: `PSN-${String(hour).padStart(8, '0')}` });
  for (let hour = 0; hour < 100; hour += 1) unit = { ...unit, ...taken(unit, slot(hour), actor).fields };
  expect(() => taken(unit, slot(100), actor)).toThrow('penuh');
  expect(unit.bookings).toHaveLength(100);
});

it('knows nothing of the unit that had it before, once another has it', () => {
  const [diverted] = send(away(), 'henti jantung')?.decided ?? [];
  const booking = { ...bookingOf(1), driver: 'Siti', beganAtMs: T0, status: 'under-way' as const };
  const waiting = { ...booking, ...followed(booking, diverted as BookingDecided) } as StoredBooking;
  const [planned] = taken(unitOf('AMB-2'), slotOf(waiting), actor).decided;
  const again = { ...waiting, ...followed(waiting, planned as BookingDecided) };
  expect([again.unitId, again.driver, again.beganAtMs, again.diverted, again.reason]).toEqual(['AMB-2', undefined, undefined, undefined, undefined]); // prettier-ignore
});

it('is no trip that comes back before it begins, lasts longer than a day, or is in another year', () => {
  const trip = (fromH: number, toH: number) => () => asTrip({ pickUpAtMs: T0 + fromH * HOUR_MS, expectedReturnAtMs: T0 + toH * HOUR_MS }, T0); // prettier-ignore
  expect(trip(1, 1)).toThrow('sesudah jemput');
  expect(trip(0, 25)).toThrow('24 jam');
  expect(trip(24 * 367, 24 * 367 + 1)).toThrow('setahun');
  expect(trip(-1, 23)).not.toThrow();
});

it('suggests units at the time wanted first, then the first time that fits, and an ambulance for the dead last', () => {
  const full = plan(plan(unitOf('AMB-1'), bookingOf(1)), bookingOf(2, 1.5));
  const car = { ...unitOf('HEARSE'), unitClass: 'hearse' as const };
  const busy = { ...unitOf('AMB-0'), ...send(unitOf('AMB-0'))?.fields };
  const wanted = bookingOf(3);
  const starts = (booking: StoredBooking) =>
    suggestedFor(booking, [full, busy, unitOf('AMB-2'), car], T0).map(
      ({ unitId, pickUpAtMs, isAsWanted }) => `${unitId} ${String((pickUpAtMs - T0) / HOUR_MS)} ${String(isAsWanted)}`,
    );
  expect(starts(wanted)).toEqual(['AMB-2 0 true', 'AMB-0 2 false', 'AMB-1 2.5 false']);
  expect(starts({ ...wanted, purpose: 'deceased' })[0]).toBe('HEARSE 0 true');
  // it should be back by now, and is not
  const nowMs = T0 + 2 * HOUR_MS;
  const late = suggestedFor(bookingOf(3, 2), [away()], nowMs)[0];
  expect([late?.isAsWanted, (late?.pickUpAtMs ?? 0) - nowMs]).toEqual([false, HOUR_MS / 2]);
});

/** Two units and four bookings, and what was told and not heard yet. */
interface City {
  units: Map<string, StoredUnit>;
  bookings: Map<string, StoredBooking>;
  told: BookingDecided[];
}

/** A desk that reads, then acts by what it read: what is refused changes nothing. */
function turn(city: City, unitId: string, rule: (unit: StoredUnit) => SlotTurn | undefined): void {
  try {
    const unit = city.units.get(unitId) as StoredUnit;
    const made = rule(unit);
    city.units.set(unitId, { ...unit, ...made?.fields });
    city.told.push(...(made?.decided ?? []));
  } catch {
    // refused
  }
}

/** As `BookingsStore.follow` does it. */
function hear(city: City, news: BookingDecided): void {
  const booking = city.bookings.get(news.bookingId) as StoredBooking;
  const after = { ...booking, ...followed(booking, news) } as StoredBooking;
  city.bookings.set(after._id, after);
  const unit = city.units.get(news.unitId) as StoredUnit;
  const isHeld = news.status === 'planned' || news.status === 'under-way';
  if (isHeld && after.unitId !== news.unitId) city.units.set(unit._id, { ...unit, ...dropped(unit, news)?.fields });
}

const acts = ['plan', 'move', 'begin', 'end', 'cancel', 'release', 'divert', 'hear', 'read'] as const;
const Act = fc.record({
  what: fc.constantFrom(...acts),
  unit: fc.constantFrom('AMB-1', 'AMB-2'),
  booking: fc.integer({ min: 1, max: 4 }),
  hour: fc.integer({ min: 0, max: 4 }),
  pick: fc.nat(20),
});

it('never has two bookings of one unit overlap, loses none, and ends with each in one calendar at most', () => {
  fc.assert(
    fc.property(fc.array(Act, { maxLength: 60 }), (made) => {
      const city: City = { units: new Map(), bookings: new Map(), told: [] };
      for (const unitId of ['AMB-1', 'AMB-2']) city.units.set(unitId, unitOf(unitId));
      for (const number of [1, 2, 3, 4]) city.bookings.set(`PSN-0000000${String(number)}`, bookingOf(number));
      // what each desk saw last: two of them plan by the same picture
      const seen = new Map(city.bookings);
      for (const { what, unit, booking, hour, pick } of made) {
        const bookingId = `PSN-0000000${String(booking)}`;
        const read = seen.get(bookingId) as StoredBooking;
        const trip = { pickUpAtMs: T0 + hour * HOUR_MS, expectedReturnAtMs: T0 + (hour + 2) * HOUR_MS };
        const why = { ...actor, reason: 'x' };
        const asPlanned = read.unitId === undefined && read.status !== 'cancelled' && read.status !== 'done';
        if (what === 'read') seen.set(bookingId, city.bookings.get(bookingId) as StoredBooking);
        if (what === 'plan' && asPlanned) turn(city, unit, (now) => taken(now, { ...slotOf(read), ...trip }, actor));
        if (what === 'move') turn(city, unit, (now) => retimed(now, { ...trip, bookingId }, why));
        if (what === 'begin') turn(city, unit, (now) => begun(now, bookingId, actor));
        if (what === 'end') turn(city, unit, (now) => ended(now, bookingId, actor));
        if (what === 'release') turn(city, unit, (now) => released(now, { bookingId, status: 'requested' }, why));
        if (what === 'divert') turn(city, unit, (now) => ({ ...send({ ...now, assignment: undefined }, 'x'), fields: { bookings: now.bookings?.filter(({ status }) => status === 'planned') }, decided: send({ ...now, assignment: undefined }, 'x')?.decided ?? [] })); // prettier-ignore
        if (what === 'cancel') {
          const now = city.bookings.get(bookingId) as StoredBooking;
          if (now.unitId !== undefined) turn(city, now.unitId, (has) => released(has, { bookingId, status: 'cancelled' }, why)); // prettier-ignore
          else if (now.status === 'requested') city.bookings.set(bookingId, { ...now, ...calledOff(now, why) } as StoredBooking); // prettier-ignore
        }
        const one = city.told[pick % Math.max(1, city.told.length)];
        if (what === 'hear' && one !== undefined) hear(city, one);
        for (const { bookings = [] } of city.units.values())
          expect(bookings.filter((slot, at) => bookings.slice(at + 1).some((other) => overlaps(slot, other)))).toEqual([]); // prettier-ignore
      }
      // everything told is heard in the end, some of it again
      for (const one of [...city.told, ...city.told.slice(0, 5)]) hear(city, one);
      for (const booking of city.bookings.values()) {
        const holders = [...city.units.values()].flatMap(({ _id, bookings = [] }) =>
          bookings.filter(({ bookingId }) => bookingId === booking._id).map(({ status }) => `${_id} ${status}`),
        );
        const isHeld = booking.status === 'planned' || booking.status === 'under-way';
        expect(holders).toEqual(isHeld ? [`${booking.unitId ?? ''} ${booking.status}`] : []);
        expect(booking.history[0]?.step).toBe('asked');
      }
    }),
    { numRuns: 300 },
  );
});
