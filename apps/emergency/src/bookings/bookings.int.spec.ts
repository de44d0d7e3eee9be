import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AskBooking,
  BeginBooking,
  BookingChanged,
  CancelBooking,
  ClearEmergencyExercise,
  DeclareDuty,
  DispatchUnit,
  EndBooking,
  GetIncident,
  ListBookings,
  ListUnits,
  MoveBooking,
  OpenIncident,
  PlanBooking,
  PutUnit,
  ReleaseBooking,
  RemoveUnit,
  SuggestBooking,
  SuggestUnits,
  WriteBooking,
  type Client,
  type Fault,
} from '@siaga/contracts';
import { eventually, randomCities } from '@siaga/testing';
import { startTestEmergency, type TestEmergency } from '../emergency.harness.ts';
import { units } from '../units/unit-document.ts';
import { bookings } from './booking-document.ts';

const [city = ''] = randomCities(1);
const HOUR_MS = 3_600_000;
const place = { lat: -7.7551, lng: 113.2161, uncertaintyM: 20, source: 'map' } as const;
const way = { from: 'Gang Mangga 3', to: 'RSUD' };
const soonMs = Date.now() + HOUR_MS;

let emergency: TestEmergency;
let desk: Client;
let siti: Client;
beforeAll(async () => {
  emergency = await startTestEmergency(city);
  desk = await emergency.as();
  siti = await emergency.as({ id: 'siti', roles: ['responder'], agencies: ['dinkes'] });
});
afterAll(() => emergency.close());

/** An ambulance of Dinkes with Siti at its wheel. */
async function ambulance(unitId: string, further: { exercise?: boolean } = {}): Promise<void> {
  const keeper = await emergency.as({ id: 'keeper', roles: ['agency-admin'], agencies: ['dinkes'], ...further });
  const body = { unitClass: 'ambulance', agency: 'dinkes', answers: 'on-call', capabilities: ['transport'] } as const;
  const post = { lat: place.lat, lng: place.lng, words: 'Kantor kelurahan' };
  await keeper(PutUnit, { params: { unitId }, body: { ...body, capabilities: [...body.capabilities], name: unitId, post } }); // prettier-ignore
  const crew = [{ principalId: 'siti', name: 'Siti Aminah', task: 'driver' as const }];
  await desk(DeclareDuty, { params: { unitId }, body: { duty: 'on', untilMs: soonMs + 8 * HOUR_MS, crew } });
}

/** A booking for its hour from now on. */
async function booking(hour = 0, by: Client = desk): Promise<string> {
  const pickUpAtMs = soonMs + hour * HOUR_MS;
  const trip = { pickUpAtMs, expectedReturnAtMs: pickUpAtMs + HOUR_MS };
  const body = { purpose: 'control', patientName: 'Pak Darmo', number: '081200000001', ...way, ...trip } as const;
  return (await by(AskBooking, { body })).bookingId;
}

const plan = (bookingId: string, unitId: string, by: Client = desk) =>
  by(PlanBooking, { params: { bookingId }, body: { unitId } });
const outcomeOf = (pressed: Promise<unknown>) => pressed.then(() => 'done', (error: unknown) => (error as Fault).kind); // prettier-ignore
const unit = async (unitId: string) => {
  const { items } = await desk(ListUnits, { query: { q: unitId } });
  return items.find((one) => one.unitId === unitId);
};
const one = async (bookingId: string) => {
  const { items } = await desk(ListBookings, { query: { q: bookingId } });
  return items[0];
};

describe('a booking', () => {
  it('is refused while nobody could drive it, and what is missing is named', async () => {
    const body = { purpose: 'control', pickUpAtMs: soonMs, expectedReturnAtMs: soonMs + HOUR_MS } as const;
    await expect(desk(AskBooking, { body })).rejects.toMatchObject({ kind: 'invalid', message: expect.stringMatching(/nama pasien.*jemput di.*antar ke/) }); // prettier-ignore
    const lacking = desk(AskBooking, { body: { ...body, number: '081200000001', from: way.from } });
    await expect(lacking).rejects.toThrow(/tulis · still to be written: antar ke/);
  });

  it('is asked for with what is known, planned, driven and over; each step is kept', async () => {
    await ambulance('AMB-1');
    const bookingId = await booking();
    const params = { bookingId };
    await desk(WriteBooking, {
      params,
      body: { from: 'Jl. Mawar 3', to: 'RSUD', needs: 'kursi roda', number: '0812' },
    });
    expect((await desk(WriteBooking, { params, body: { number: null } })).number).toBeUndefined();
    await expect(siti(BeginBooking, { params, body: {} })).rejects.toMatchObject({ kind: 'conflict' });
    expect(await plan(bookingId, 'AMB-1')).toMatchObject({ status: 'planned', unitId: 'AMB-1', from: 'Jl. Mawar 3' });
    expect(await unit('AMB-1')).toMatchObject({ availability: 'Available', bookings: [{ bookingId, status: 'planned' }] }); // prettier-ignore
    const budi = await emergency.as({ id: 'budi', roles: ['responder'], agencies: ['dinkes'] });
    await expect(budi(BeginBooking, { params, body: {} })).rejects.toMatchObject({ kind: 'forbidden' });
    expect(await siti(BeginBooking, { params, body: {} })).toMatchObject({
      status: 'under-way',
      driver: 'Siti Aminah',
    });
    expect(await unit('AMB-1')).toMatchObject({ availability: 'ConditionallyAvailable' });
    const keeper = await emergency.as({ id: 'keeper', roles: ['agency-admin'], agencies: ['dinkes'] });
    await expect(keeper(RemoveUnit, { params: { unitId: 'AMB-1' } })).rejects.toMatchObject({ kind: 'conflict' });
    const done = await siti(EndBooking, { params, body: {} });
    expect(await siti(EndBooking, { params, body: {} })).toEqual(done);
    expect(done.history.map(({ step, by }) => `${step} ${by}`)).toEqual(['asked dispatcher-1', 'planned dispatcher-1', 'begun siti', 'done siti']); // prettier-ignore
    expect(await unit('AMB-1')).toMatchObject({ availability: 'Available' });
    await expect(plan(bookingId, 'AMB-1')).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('is moved, released and cancelled with a reason; the calendar of the day shows it', async () => {
    const bookingId = await booking(30);
    const params = { bookingId };
    await plan(bookingId, 'AMB-1');
    const pickUpAtMs = soonMs + 40 * HOUR_MS;
    const moved = await desk(MoveBooking, { params, body: { pickUpAtMs, reason: 'poli penuh' } });
    expect(moved).toMatchObject({ pickUpAtMs, expectedReturnAtMs: pickUpAtMs + HOUR_MS, unitId: 'AMB-1' });
    const query = { fromMs: pickUpAtMs, toMs: pickUpAtMs + 1, unitId: 'AMB-1' };
    expect((await desk(ListBookings, { query })).items.map((each) => each.bookingId)).toEqual([bookingId]);
    // a press that was lost on its way back, and one under a new key
    const again = await desk(MoveBooking, { params, body: { pickUpAtMs, reason: 'poli penuh' } });
    expect(again.history).toEqual(moved.history);
    await expect(desk(PlanBooking, { params, body: { unitId: 'AMB-1', pickUpAtMs: soonMs } })).rejects.toMatchObject({ kind: 'conflict' }); // prettier-ignore
    const free = await desk(ReleaseBooking, { params, body: { reason: 'unit rusak' } });
    expect([free.status, free.unitId]).toEqual(['requested', undefined]);
    expect((await unit('AMB-1'))?.bookings).toBeUndefined();
    await plan(bookingId, 'AMB-1');
    const gone = await desk(CancelBooking, { params, body: { reason: 'pasien batal' } });
    expect([gone.status, gone.history.at(-1)?.reason]).toEqual(['cancelled', 'pasien batal']);
    await expect(desk(WriteBooking, { params, body: { from: 'x' } })).rejects.toMatchObject({ kind: 'conflict' });
    expect((await unit('AMB-1'))?.bookings).toBeUndefined();
  });

  it('never overlaps another of its unit, and is in one calendar, at the same millisecond of two processes', async () => {
    const other = await emergency.another();
    const there = await emergency.as({ id: 'dispatcher-2' }, other);
    await ambulance('AMB-2');
    for (const hour of [2, 4, 6]) {
      const [first, second] = [await booking(hour), await booking(hour + 0.5)];
      const pressed = [plan(first, 'AMB-1'), plan(second, 'AMB-1', there)].map(outcomeOf);
      expect((await Promise.all(pressed)).toSorted()).toEqual(['conflict', 'done']);
      const both = await booking(hour + 20);
      const two = [plan(both, 'AMB-1'), plan(both, 'AMB-2', there)].map(outcomeOf);
      expect((await Promise.all(two)).toSorted()).toEqual(['conflict', 'done']);
      const held = [await unit('AMB-1'), await unit('AMB-2')].filter((each) => each?.bookings?.some((slot) => slot.bookingId === both)); // prettier-ignore
      expect(held.map((each) => each?.unitId)).toEqual([(await one(both))?.unitId]);
    }
    await other.close();
  });

  it('is planned by the press that is repeated, when the process died after the calendar had it; a restart changes nothing', async () => {
    await ambulance('AMB-3');
    const bookingId = await booking();
    const { pickUpAtMs, expectedReturnAtMs } = (await one(bookingId)) as BookingChanged;
    const slot = { bookingId, purpose: 'control', pickUpAtMs, expectedReturnAtMs, status: 'planned', seq: 1 } as const;
    await emergency.documents((store) => store.change(units, { where: { _id: 'AMB-3' }, change: { $set: { bookings: [slot] } } })); // prettier-ignore
    expect(await one(bookingId)).toMatchObject({ status: 'requested' });
    expect(await plan(bookingId, 'AMB-3')).toMatchObject({ status: 'planned', unitId: 'AMB-3' });
    const before = [await unit('AMB-3'), await one(bookingId)];
    await emergency.restart();
    expect([await unit('AMB-3'), await one(bookingId)]).toEqual(before);
  });

  it('is in one calendar, or in none, whatever plans a restart finds under way; each of them is answered', async () => {
    const asked = await Promise.all([60, 62, 64, 66, 68, 70].map((hour) => booking(hour)));
    const pressed = asked.flatMap((id) => ['AMB-1', 'AMB-2', 'AMB-3'].map((unitId) => outcomeOf(plan(id, unitId))));
    // some are taken, and none is over
    await Promise.any(pressed);
    await emergency.restart();
    for (const outcome of await Promise.all(pressed)) expect(['done', 'conflict', 'unavailable']).toContain(outcome);
    await eventually(async () => {
      const { items } = await desk(ListUnits, { query: {} });
      for (const bookingId of asked) {
        const now = await one(bookingId);
        const held = items.filter(({ bookings: slots }) => slots?.some((slot) => slot.bookingId === bookingId));
        expect(held.map(({ unitId }) => unitId)).toEqual(now?.unitId === undefined ? [] : [now.unitId]);
      }
    });
  });
});

describe('an emergency', () => {
  it('passes over a unit on a booking, and diverts it openly: the family is known, another unit is suggested', async () => {
    const bookingId = await booking();
    const params = { bookingId };
    await ambulance('AMB-8');
    await plan(bookingId, 'AMB-8');
    await desk(BeginBooking, { params, body: { channel: 'telephone' } });
    const { incidentId } = await desk(OpenIncident, { body: { kind: 'medical', place } });
    const weighed = await desk(SuggestUnits, { params: { incidentId } });
    const candidate = weighed.parts.flatMap(({ candidates }) => candidates).find(({ unitId }) => unitId === 'AMB-8');
    expect(candidate).toMatchObject({ passedOver: 'booked', booking: { bookingId, purpose: 'control', expectedReturnAtMs: soonMs + HOUR_MS } }); // prettier-ignore
    const send = (further = {}) =>
      desk(DispatchUnit, { params: { incidentId }, body: { unitId: 'AMB-8', ...further } });
    await expect(send()).rejects.toMatchObject({ kind: 'conflict' });
    await send({ divertReason: 'henti jantung, paling dekat' });
    await eventually(async () => {
      expect(await one(bookingId)).toMatchObject({
        ...{ status: 'diverted', number: '081200000001', diverted: { unitId: 'AMB-8', incidentId } },
        reason: 'henti jantung, paling dekat',
      });
      const { timeline } = await desk(GetIncident, { params: { incidentId } });
      expect(timeline.find(({ step }) => step === 'booking-diverted')).toMatchObject({ bookingId, unitId: 'AMB-8' });
    });
    const { items } = await desk(SuggestBooking, { params });
    expect(items.find(({ isAsWanted }) => isAsWanted)).toBeDefined();
    expect(items.find(({ unitId }) => unitId === 'AMB-8')?.isAsWanted).toBe(false);
    const again = await plan(bookingId, items[0]?.unitId ?? '');
    expect(again.history.map(({ step }) => step)).toEqual(['asked', 'planned', 'begun', 'diverted', 'planned']);
  });

  it('that is simulated leaves nothing, and what is simulated takes no real unit', async () => {
    const drill = await emergency.as({ exercise: true });
    const bookingId = await booking(0, drill);
    await expect(plan(bookingId, 'AMB-2')).rejects.toMatchObject({ kind: 'conflict' });
    await ambulance('AMB-X', { exercise: true });
    expect(await plan(bookingId, 'AMB-X')).toMatchObject({ status: 'planned' });
    const told = await eventually(async () => {
      const last = (await emergency.readAll(BookingChanged)).findLast(({ data }) => data?.bookingId === bookingId);
      expect(last?.data?.status).toBe('planned');
      return last;
    });
    expect(told?.exercise).toBe(true);
    expect([(await one(bookingId))?.exercise, (await one(await booking(51)))?.exercise]).toEqual([true, undefined]);
    const real = await booking(50);
    await plan(real, 'AMB-X');
    await (
      await emergency.as({ roles: ['city-admin'] })
    )(ClearEmergencyExercise, {});
    expect(await one(bookingId)).toBeUndefined();
    await eventually(async () => {
      const back = await one(real);
      expect([back?.status, back?.history.at(-1)?.because]).toEqual(['requested', 'exercise-cleared']);
    });
  });
});

it('leaves the screens a day after it was over, and the documents after 400', async () => {
  const bookingId = await booking();
  await desk(CancelBooking, { params: { bookingId }, body: { reason: 'batal' } });
  const age = (byMs: number) =>
    emergency.documents((store) => store.change(bookings, { where: { _id: bookingId }, change: { $inc: { changedAtMs: -byMs }, $set: { wakeAtMs: 1 } } })); // prettier-ignore
  await age(25 * HOUR_MS);
  await eventually(async () => {
    const last = (await emergency.readAll(BookingChanged)).findLast(({ subject }) => subject.includes(bookingId));
    expect(last?.data ?? null).toBeNull();
  });
  expect(await one(bookingId)).toBeDefined();
  await age(400 * 24 * HOUR_MS);
  await eventually(async () => {
    expect(await one(bookingId)).toBeUndefined();
  });
});
