import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  createClient,
  DeclareDuty,
  DispatchUnit,
  Fault,
  GetIncident,
  ListCalls,
  ListHospitals,
  OpenCall,
  OpenIncident,
  PutUnit,
  ReportBeds,
  RequestBed,
  UnitChanged,
  type Client,
} from '@siaga/contracts';
import { createLive, type Live } from '@siaga/live';
import { eventually, signal, startTestCity, type TestCity } from '@siaga/testing';

const PATIENCE_MS = 45_000;
/** A killed process is looked for at any step of what it was asked: it comes so soon after the asking, ms. */
const WITHIN_MS = 60;
const ROUNDS = 2;
const place = { lat: -7.7551, lng: 113.2151, uncertaintyM: 20, source: 'map' } as const;
const hospitalId = 'rsud-ar-rozy';

let city: TestCity;
let call: Client;
let wall: Live;

beforeAll(async () => {
  city = await startTestCity({ args: ['--no-simulator'] });
  call = createClient({ baseUrl: city.url });
  wall = createLive({ url: city.url, streams: [UnitChanged.stream.name] });
}, 90_000);
afterAll(async () => {
  wall.close();
  await city.stop();
  await city.remove();
}, 60_000);

/** Asks, each under a key of its own, kills the service meanwhile, and asks again as screens do until all are answered. */
async function throughDeath<Answer>(asking: ((client: Client) => Promise<Answer>)[]): Promise<(Answer | Fault)[]> {
  const { emergency = 0 } = await city.pids();
  const answers = asking.map((ask) => {
    const idempotencyKey = `press-${String(randomInt(1e12))}`;
    const pressed = ((route, request) => call(route, request, { idempotencyKey })) as Client;
    return eventually(async () => {
      try {
        return await ask(pressed);
      } catch (error) {
        if (error instanceof Fault && !error.retriable) return error;
        throw error;
      }
    }, PATIENCE_MS);
  });
  await pause(randomInt(WITHIN_MS));
  signal(emergency, 'SIGKILL');
  const answered = await Promise.all(answers);
  await eventually(async () => expect((await city.pids())['emergency'] ?? emergency).not.toBe(emergency), PATIENCE_MS);
  return answered;
}

it.each(Array.from({ length: ROUNDS }, (_, round) => round))(
  'round %i: killed at any step, no call is lost or doubled, one of two dispatches and one of two beds stands, and silence is told once',
  async (round) => {
    const unitId = `AMB-${String(round)}`;
    const { lat, lng } = place;
    await call(PutUnit, {
      params: { unitId },
      body: {
        ...{ name: `Ambulans ${String(round)}`, unitClass: 'ambulance', capabilities: ['transport'] },
        ...{ agency: 'dinkes', answers: 'base', post: { lat, lng, words: 'pos' } },
      },
    });
    const crew = [{ name: 'Joko', task: 'driver' as const }];
    await call(DeclareDuty, { params: { unitId }, body: { duty: 'on', untilMs: Date.now() + 3_600_000, crew } });
    // what earlier rounds hold is held: one is free
    const igd = { bedClass: 'igd', totalCount: 12, occupiedCount: 11 - round } as const;
    await call(ReportBeds, { params: { hospitalId }, body: { beds: [igd] } });

    const number = `08120000${String(1000 + round)}`;
    const opened = await throughDeath(
      [1, 2].map(() => (press) => press(OpenCall, { body: { source: '112', kind: 'medical', place, number } })),
    );
    const calls = opened.flatMap((one) => (one instanceof Fault ? [] : [one.callId]));
    expect(new Set(calls).size).toBe(2);
    const made = await throughDeath(calls.map((callId) => (press) => press(OpenIncident, { body: { callId } })));
    const incidentIds = made.flatMap((one) => (one instanceof Fault ? [] : [one.incidentId]));
    expect(new Set(incidentIds).size).toBe(2);

    const sent = await throughDeath(
      incidentIds.map((incidentId) => (press) => press(DispatchUnit, { params: { incidentId }, body: { unitId } })),
    );
    expect(sent.filter((one) => one instanceof Fault).map((one) => one.kind)).toEqual(['conflict']);
    const beds = await throughDeath(
      incidentIds.map((incidentId) => (press) => press(RequestBed, { params: { hospitalId }, body: { incidentId, bedClass: 'igd' } })), // prettier-ignore
    );
    expect(beds.filter((one) => one instanceof Fault).map((one) => one.kind)).toEqual(['conflict']);

    const mine = await call(ListCalls, { query: {} });
    expect(mine.items.filter((one) => one.number === number)).toHaveLength(2);
    await eventually(() => {
      const now = wall.latest(UnitChanged).get().get(unitId)?.data.assignment;
      expect(now).toMatchObject({ status: 'dispatched', isUnanswered: true });
    }, PATIENCE_MS);
    const timelines = await Promise.all(incidentIds.map((incidentId) => call(GetIncident, { params: { incidentId } })));
    const steps = timelines.flatMap(({ timeline }) => timeline.map(({ step }) => step));
    for (const once of ['dispatched', 'unanswered', 'bed-requested'] as const)
      expect(steps.filter((step) => step === once)).toEqual([once]);
    const { items } = await call(ListHospitals, { query: {} });
    const held = items.find((one) => one.hospitalId === hospitalId)?.requests.filter((one) => incidentIds.includes(one.incidentId)); // prettier-ignore
    expect(held).toHaveLength(1);
  },
  240_000,
);
