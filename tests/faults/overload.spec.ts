import { fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createClient, IntakeCounted, RegisterTruck, TruckRegistered, type Client } from '@siaga/contracts';
import { createLive, type Live } from '@siaga/live';
import { eventually, startTestCity, type TestCity } from '@siaga/testing';
import type { FloodPlan, FloodTally } from '../../bench/load/flood.ts';

const TRUCKS = 50;
const PATIENT_TRUCKS = 10;
const PRESS_EVERY_MS = 500;
const MIB = 1_048_576;

let city: TestCity;
let screen: Live;
let call: Client;

beforeAll(async () => {
  city = await startTestCity();
  call = createClient({ baseUrl: city.url });
  screen = createLive({ url: city.url, streams: [TruckRegistered, IntakeCounted].map(({ stream }) => stream.name) });
  for (let truck = 0; truck < TRUCKS; truck += 1) await register(`FLOOD-${truck}`);
  for (let truck = 0; truck < PATIENT_TRUCKS; truck += 1) await register(`PATIENT-${truck}`);
}, 60_000);
afterAll(async () => {
  screen.close();
  await city.stop();
  await city.remove();
}, 30_000);

function register(truckId: string) {
  const devices = [{ protocol: 'osmand', deviceId: truckId } as const];
  const body = { truckId, plate: truckId, hullNumber: truckId, kind: 'dump' as const, capacityKg: 4000, devices };
  return call(RegisterTruck, { body });
}

function flood(plan: FloodPlan): Promise<FloodTally> {
  const child = fork(path.resolve(import.meta.dirname, '../../bench/load/flood.ts'), [JSON.stringify(plan)]);
  return new Promise((resolve, reject) => {
    child.once('message', (tally) => {
      resolve(tally as FloodTally);
    });
    child.once('exit', (code) => {
      reject(new Error(`the flood ended with ${String(code)}`));
    });
  });
}

/** Resident memory of each process of the city, bytes. */
async function memory(): Promise<Map<string, number>> {
  const held = new Map<string, number>();
  for (const [app, pid] of Object.entries(await city.pids())) {
    const status = await readFile(`/proc/${String(pid)}/status`, 'utf8');
    held.set(app, Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) * 1024);
  }
  return held;
}

/** Tells whether that is over. */
function endOf(over: Promise<unknown>): () => boolean {
  let ended = false;
  void over.finally(() => (ended = true));
  return () => ended;
}

/** Presses and watches the screen; every press must be answered and be seen. */
async function operate(over: Promise<unknown>): Promise<string[]> {
  const ended = endOf(over);
  const pressed: string[] = [];
  while (!ended()) {
    const truckId = `PRESSED-${String(pressed.length)}`;
    await register(truckId);
    pressed.push(truckId);
    await eventually(() => {
      expect(screen.latest(TruckRegistered).get().has(truckId)).toBe(true);
    }, 5000);
    await new Promise((resolve) => setTimeout(resolve, PRESS_EVERY_MS)); // the pace of a hand
  }
  return pressed;
}

/** A truck that keeps to its rate and sends a refused position again each second; how many of its positions were taken. */
async function patientTruck(truck: number, over: Promise<unknown>): Promise<number> {
  const ended = endOf(over);
  let taken = 0;
  while (!ended()) {
    const query = `id=PATIENT-${truck}&timestamp=${Date.now()}&lat=${-7.76 - taken * 1e-5}&lon=113.21`;
    if ((await fetch(`${city.url}/ingest/osmand?${query}`)).status === 200) taken += 1;
    await new Promise((resolve) => setTimeout(resolve, 1000)); // the pace of a tracker
  }
  return taken;
}

it('three times what the city can take is refused, not queued; operators work on, each truck is heard, and nothing acknowledged is lost', async () => {
  const plan = { url: city.url, trucks: TRUCKS, connections: 64, seconds: 4 };
  const alone = await flood(plan);
  expect(alone.taken).toBeGreaterThan(0);
  expect(alone.other).toBe(0);
  const before = await memory();

  const flooding = flood({ ...plan, connections: 500, perSecond: (alone.taken / 4) * 3, seconds: 10 });
  const patient = Array.from({ length: PATIENT_TRUCKS }, (_, truck) => patientTruck(truck, flooding));
  const [tally, pressed, patience] = await Promise.all([flooding, operate(flooding), Promise.all(patient)]);
  expect(tally.other).toBe(0);
  expect(tally.refused).toBeGreaterThan(0);
  // refusing costs the same two cores, so that less is taken than alone, but far from nothing
  expect(tally.taken / 10).toBeGreaterThan(alone.taken / 4 / 3);
  expect(pressed.length).toBeGreaterThan(3);
  // refusal is a lottery among those who ask, so that whoever asks again is heard
  expect(Math.min(...patience)).toBeGreaterThan(0);
  for (const [app, bytes] of await memory())
    expect([app, bytes - (before.get(app) ?? 0) < 150 * MIB]).toEqual([app, true]);

  await eventually(async () => {
    const answer = await fetch(`${city.url}/ingest/osmand?id=PATIENT-0&lat=-7.76&lon=113.21`);
    expect(answer.status).toBe(200);
  }, 10_000);
  await eventually(() => {
    const counted = [...screen.latest(IntakeCounted).get().values()].map(({ data }) => data);
    const told = counted.map(({ accepted, duplicates, refused }) =>
      [accepted, duplicates, ...Object.values(refused)].reduce((sum, count) => sum + count, 0),
    );
    expect(told.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(
      alone.taken + tally.taken + patience.reduce((sum, taken) => sum + taken, 0),
    );
  }, 20_000);
}, 90_000);
