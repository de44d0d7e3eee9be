import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  AskBooking,
  BeginBooking,
  DeclareDuty,
  EndBooking,
  ListBookings,
  ListUnits,
  MASKED,
  PlanBooking,
  PutUnit,
  ReadTrip,
  type Client,
} from '@siaga/contracts';
import { eventually, randomCities } from '@siaga/testing';
import { startTestEmergency, type TestEmergency } from '../emergency.harness.ts';
import { bookings } from './booking-document.ts';

const [city = ''] = randomCities(1);
const MINUTE_MS = 60_000;
const nowMs = Date.now();
const whom = { patientName: 'Pak Darmo', number: '081200000001', from: 'Jl. Mawar 3', to: 'RSUD', needs: 'oksigen' };

let emergency: TestEmergency;
let desk: Client;
let siti: Client;
let budi: Client;
beforeAll(async () => {
  emergency = await startTestEmergency(city);
  desk = await emergency.as();
  siti = await emergency.as({ id: 'siti', roles: ['responder'], agencies: ['dinkes'] });
  budi = await emergency.as({ id: 'budi', roles: ['responder'], agencies: ['dinkes'] });
  const keeper = await emergency.as({ id: 'keeper', roles: ['agency-admin'], agencies: ['dinkes'] });
  const unit = { unitClass: 'ambulance', agency: 'dinkes', answers: 'on-call', capabilities: ['transport'] } as const;
  for (const [unitId, principalId] of [
    ['AMB-1', 'siti'],
    ['AMB-2', 'budi'],
  ] as const) {
    // prettier-ignore
    await keeper(PutUnit, { params: { unitId }, body: { ...unit, capabilities: [...unit.capabilities], name: unitId } });
    const crew = [{ principalId, name: principalId, task: 'driver' as const }];
    await desk(DeclareDuty, { params: { unitId }, body: { duty: 'on', untilMs: nowMs + 480 * MINUTE_MS, crew } });
  }
});
afterAll(() => emergency.close());

/** Asked for, and in the calendar of Siti's ambulance. */
async function planned(inMinutes: number): Promise<{ bookingId: string }> {
  const pickUpAtMs = nowMs + inMinutes * MINUTE_MS;
  const body = { ...whom, purpose: 'control', pickUpAtMs, expectedReturnAtMs: pickUpAtMs + MINUTE_MS } as const;
  const { bookingId } = await desk(AskBooking, { body });
  await desk(PlanBooking, { params: { bookingId }, body: { unitId: 'AMB-1' } });
  return { bookingId };
}

it('keeps the times that a phone said later, however often it says them, also the first step after the last', async () => {
  const params = await planned(10);
  const beganAtMs = Date.now() - 2000;
  const begin = { params, body: { atMs: Math.max(beganAtMs, nowMs) } };
  expect(await siti(BeginBooking, begin)).toMatchObject({ status: 'under-way', driver: 'siti' });
  const begun = await siti(BeginBooking, begin);
  const end = { params, body: { atMs: Date.now() } };
  const done = await siti(EndBooking, end);
  expect([done.beganAtMs, done.endedAtMs]).toEqual([begun.beganAtMs, end.body.atMs]);
  expect(await siti(EndBooking, end)).toMatchObject({ version: done.version });
  expect(await siti(BeginBooking, begin)).toMatchObject({ version: done.version });
  expect(done.history.map(({ step }) => step)).toEqual(['asked', 'planned', 'begun', 'done']);
});

it('is asked about when its clock is far off: nothing is begun by it', async () => {
  const params = await planned(20);
  for (const offMs of [6, -10])
    await expect(siti(BeginBooking, { params, body: { atMs: Date.now() + offMs * MINUTE_MS } })).rejects.toMatchObject({
      kind: 'invalid',
    });
  expect(await siti(BeginBooking, { params, body: {} })).toMatchObject({ status: 'under-way' });
  await siti(EndBooking, { params, body: {} });
});

it('is told to the crew that drives it; to others it is a time, a unit and dots', async () => {
  const params = await planned(30);
  expect(await siti(ReadTrip, { params })).toEqual(whom);
  await expect(budi(ReadTrip, { params })).rejects.toMatchObject({ kind: 'forbidden' });
  const { items } = await budi(ListBookings, { query: { q: params.bookingId } });
  expect(items[0]).toMatchObject({ unitId: 'AMB-1', patientName: MASKED, number: MASKED, from: MASKED, needs: MASKED });
  await siti(BeginBooking, { params, body: {} });
  await siti(EndBooking, { params, body: {} });
  await expect(siti(ReadTrip, { params })).rejects.toMatchObject({ kind: 'conflict' });
});

it('is not taken over by a colleague while its driver is on his way', async () => {
  const params = await planned(40);
  await siti(BeginBooking, { params, body: {} });
  const crew = [{ principalId: 'budi', name: 'budi', task: 'driver' as const }];
  const takesOver = budi(DeclareDuty, { params: { unitId: 'AMB-1' }, body: { duty: 'on', untilMs: nowMs + 60 * MINUTE_MS, crew } }); // prettier-ignore
  await expect(takesOver).rejects.toMatchObject({ kind: 'forbidden' });
  await siti(EndBooking, { params, body: {} });
});

it('goes on where a process died between the unit and its booking: the repeat is answered, and both agree', async () => {
  const params = await planned(50);
  const before = await emergency.documents((store) => store.get(bookings, params.bookingId));
  await siti(BeginBooking, { params, body: {} });
  // the booking has heard nothing of it
  const { status, seq, history } = before;
  await emergency.documents(
    (store) =>
    store.change(bookings, { where: { _id: params.bookingId }, change: { $set: { status, seq, history }, $unset: { driver: 1, beganAtMs: 1 } } }), // prettier-ignore
  );
  const begun = await siti(BeginBooking, { params, body: {} });
  expect([begun.status, begun.driver]).toEqual(['under-way', 'siti']);
  await siti(EndBooking, { params, body: {} });
  await eventually(async () => {
    const { items } = await desk(ListUnits, { query: { q: 'AMB-1' } });
    expect(items[0]).toMatchObject({ availability: 'Available' });
  });
});
