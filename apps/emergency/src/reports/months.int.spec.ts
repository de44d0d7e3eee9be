import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  AskBooking,
  BeginBooking,
  beginOfDay,
  CancelBooking,
  CloseCall,
  CloseIncident,
  dayAt,
  DeclareDuty,
  DispatchUnit,
  DutyDeclared,
  GetEmergencyMonth,
  OpenCall,
  OpenIncident,
  PlanBooking,
  PutUnit,
  StepUnit,
  type BookingPurpose,
  type Client,
} from '@siaga/contracts';
import { serviceContext, withContext } from '@siaga/service';
import { eventually, randomCities } from '@siaga/testing';
import { calls } from '../calls/call-document.ts';
import { startTestEmergency, type TestEmergency } from '../emergency.harness.ts';
import { incidentWith, assignmentAt } from '../incidents/incident.harness.ts';
import { incidents } from '../incidents/incident-document.ts';
import { dutyWords } from './duty-word-document.ts';

const [city = ''] = randomCities(1);
const zone = 'Asia/Jakarta';
const month = dayAt(Date.now(), zone).slice(0, 7);
const MINUTE_MS = 60_000;

let emergency: TestEmergency;
let desk: Client;
beforeAll(async () => {
  emergency = await startTestEmergency(city);
  desk = await emergency.as();
});
afterAll(() => emergency.close());

const reported = () => desk(GetEmergencyMonth, { params: { month } });

it('has the incident of a call, the unit that went, and the one nobody sat in; a drill is not among them', async () => {
  const keeper = await emergency.as({ id: 'keeper', roles: ['agency-admin'], agencies: ['dinkes'] });
  for (const unitId of ['AMB-1', 'AMB-2'])
    await keeper(PutUnit, {
      params: { unitId },
      body: { name: unitId, unitClass: 'ambulance', agency: 'dinkes', answers: 'base', capabilities: ['transport'] },
    });
  const params = { unitId: 'AMB-1' };
  const crew = [{ name: 'Siti Aminah', task: 'driver' as const }];
  await desk(DeclareDuty, { params, body: { duty: 'on', untilMs: Date.now() + 3_600_000, crew } });

  const place = { lat: -7.7551, lng: 113.2161, uncertaintyM: 5, source: 'map' } as const;
  const { callId } = await desk(OpenCall, { body: { source: '112', kind: 'medical', place } });
  const { incidentId } = await desk(OpenIncident, { body: { callId } });
  await desk(CloseCall, { params: { callId }, body: { disposition: 'emergency' } });
  const skipped = [{ unitId: 'AMB-2', why: 'unreported' as const }];
  const sent = await desk(DispatchUnit, { params: { incidentId }, body: { unitId: 'AMB-1', skipped } });
  const { assignmentId = '' } = sent.assignment ?? {};
  for (const status of ['accepted', 'on-scene', 'clear'] as const)
    await desk(StepUnit, { params, body: { assignmentId, status } });
  await eventually(() => desk(CloseIncident, { params: { incidentId }, body: { disposition: 'handled' } }));
  const drill = await emergency.as({ exercise: true });
  await drill(OpenIncident, { body: { kind: 'fire', place } });

  await eventually(async () => {
    const report = await reported();
    expect(report).toMatchObject({
      ...{ month, exercises: 1, open: 0, dispositions: { handled: 1 }, targetMs: 15 * MINUTE_MS },
      total: {
        incidents: 1,
        withinTarget: 1,
        intervals: { response: { measured: 1 }, 'turn-out': { notRecorded: 1 } },
      },
      calls: { total: 1, byDisposition: { emergency: 1 }, answer: { measured: 0, notRecorded: 1 } },
    });
    expect(report.byKind.map(({ kind }) => kind)).toEqual(['medical']);
    expect(report.units).toMatchObject([
      { unitId: 'AMB-1', sent: 1, arrived: 1, skippedWithoutCrew: 0 },
      { unitId: 'AMB-2', sent: 0, onDutyMs: 0, skippedWithoutCrew: 1 },
    ]);
    expect(report.units[0]?.onDutyMs).toBeGreaterThan(0);
    expect(JSON.stringify(report)).not.toContain('Siti');
  });
});

it('has bookings by what they were for; what is simulated is not among them', async () => {
  const pickUpAtMs = Date.now() + 60_000;
  const times = { pickUpAtMs, expectedReturnAtMs: pickUpAtMs + 3_600_000 };
  const whom = { patientName: 'Sumi', from: 'Gang Mangga 3', to: 'RSUD' };
  const ask = (purpose: BookingPurpose, by = desk) => by(AskBooking, { body: { purpose, ...whom, ...times } });
  const { bookingId } = await ask('control');
  await ask('deceased');
  const refused = await ask('referral');
  await desk(CancelBooking, { params: { bookingId: refused.bookingId }, body: { reason: 'keluarga datang sendiri' } });
  await ask('control', await emergency.as({ exercise: true }));
  await desk(PlanBooking, { params: { bookingId }, body: { unitId: 'AMB-1' } });
  await eventually(() => desk(BeginBooking, { params: { bookingId }, body: {} }));
  await eventually(async () => {
    const of = { month: dayAt(pickUpAtMs, zone).slice(0, 7) };
    const { bookings } = await desk(GetEmergencyMonth, { params: of });
    expect(bookings.total).toEqual({ asked: 3, driven: 1, cancelled: 1, diverted: 0 });
    expect(bookings.byPurpose).toMatchObject({
      ...{ control: { asked: 1, driven: 1 }, referral: { asked: 1, cancelled: 1 }, discharge: { asked: 0 } },
    });
    expect(JSON.stringify(bookings)).not.toContain('Sumi');
  });
});

it('has the same hours when they are made anew from the log, however often that is told', async () => {
  const params = { unitId: 'AMB-2' };
  const on = {
    duty: 'on' as const,
    untilMs: Date.now() + 3_600_000,
    crew: [{ name: 'Rudi', task: 'driver' as const }],
  };
  await desk(DeclareDuty, { params, body: on });
  await desk(DeclareDuty, { params, body: { duty: 'off' } });
  await desk(DeclareDuty, { params, body: on });
  const kept = () => emergency.documents((store) => store.of(dutyWords).find({}).sort({ _id: 1 }).lean());
  await eventually(async () => expect(await kept()).toHaveLength(4));
  const before = await kept();
  const said = (await emergency.readAll(DutyDeclared)).flatMap(({ data }) => data ?? []);
  await emergency.documents((store) => store.of(dutyWords).deleteMany({}));
  await withContext(serviceContext(city), () => emergency.bus.publishAll(DutyDeclared, [...said, ...said]));
  await eventually(async () => expect(await kept()).toEqual(before));
  expect(JSON.stringify(said)).not.toContain('Rudi');
});

it('says nothing of hours that are not kept any more', async () => {
  const long = dayAt(Date.now() - 450 * 86_400_000, zone).slice(0, 7);
  const { units } = await desk(GetEmergencyMonth, { params: { month: long } });
  expect(units.map(({ unitId }) => unitId)).toEqual(['AMB-1', 'AMB-2']);
  expect(units.filter((unit) => 'onDutyMs' in unit || 'skippedWithoutCrew' in unit)).toEqual([]);
});

it('is nobody else’s business; the head of an agency reads it', async () => {
  const stranger = await emergency.as({ agencies: ['dishub'], roles: ['viewer'] });
  await expect(stranger(GetEmergencyMonth, { params: { month } })).rejects.toMatchObject({ kind: 'forbidden' });
  const head = await emergency.as({ id: 'head', agencies: ['dinkes'], roles: ['viewer'] });
  expect(await head(GetEmergencyMonth, { params: { month } })).toMatchObject({ month });
});

it('of 2,000 incidents and 4,000 calls is read in one go', async () => {
  const beginMs = beginOfDay(`${month}-01`, zone);
  const nameOf = (prefix: string, at: number) => `${prefix}-${String(at).padStart(8, '0')}`;
  await emergency.documents(async (store) => {
    const made = Array.from({ length: 2000 }, (_, at) => {
      const openedAtMs = beginMs + at;
      const callers = [{ callId: nameOf('TLP', at), incidentId: nameOf('INS', at), answeredAtMs: openedAtMs + 8000 }];
      const stamps = { dispatched: openedAtMs + MINUTE_MS, 'on-scene': openedAtMs + (at % 20) * MINUTE_MS };
      const assignment = assignmentAt('clear', { assignmentId: nameOf('TGS', at), atMs: stamps });
      return incidentWith({ _id: nameOf('INS', at), openedAtMs, status: 'closed', calls: callers, assignments: [assignment] }); // prettier-ignore
    });
    await store.of(incidents).insertMany(made as never);
    const heard = Array.from({ length: 4000 }, (_, at) => ({
      ...{ _id: nameOf('TLP', at), version: 1, source: '112', status: 'done', exercise: false },
      ...{ startedAtMs: beginMs + at, answeredAtMs: beginMs + at + 8000, changedAtMs: beginMs, disposition: 'ghost' },
    }));
    await store.of(calls).insertMany(heard as never);
  });
  await reported();
  const beganMs = performance.now();
  const { total } = await reported();
  const tookMs = performance.now() - beganMs;
  process.stdout.write(`month of 2,000 incidents and 4,000 calls: ${tookMs.toFixed(0)} ms\n`);
  expect(total.incidents).toBe(2001);
  expect(total.withinTarget).toBeGreaterThan(1000);
  // a read for each incident would be tens of seconds
  expect(tookMs).toBeLessThan(4000);
});
