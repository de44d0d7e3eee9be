import { fork } from 'node:child_process';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createClient, RegisterTruck, TruckRegistered, type Client } from '@siaga/contracts';
import { createLive, type Live } from '@siaga/live';
import { startTestCity, type TestCity } from '@siaga/testing';
import { percentile, told, type Bench, type Figure } from './figure.ts';
import type { FloodPlan, FloodTally } from './load/flood.ts';
import { residentKib } from './process-cost.ts';

const TRUCKS = 200;
/** As many as the phones of a large fleet hold open. */
const CONNECTIONS = 1000;
const OVERLOAD_S = 20;
const MIB = 1024;

/** They keep to their rate and send again what was refused, as phones and trackers do. */
const PATIENT_TRUCKS = 20;

export const about = `Three times as many reports as the city can take, on ${CONNECTIONS} connections, with no rate limit to help: what an operator and
a truck that tries again each second feel meanwhile, what it costs in memory, and how soon it is over. Load and city share
the machine.`;

export const bench: Bench = async () => {
  const city = await startTestCity();
  const call = createClient({ baseUrl: city.url });
  const live = createLive({ url: city.url, streams: [TruckRegistered.stream.name] });
  try {
    for (let truck = 0; truck < TRUCKS; truck += 1) await register(call, `FLOOD-${truck}`);
    for (let truck = 0; truck < PATIENT_TRUCKS; truck += 1) await register(call, `PATIENT-${truck}`);
    const closed = { url: city.url, trucks: TRUCKS, connections: 64, seconds: 6 };
    await flood(closed); // warms up
    const capacity = (await flood(closed)).taken / closed.seconds;
    const operator = new Operator(call, live);
    const quiet = await operator.during(wait(4000));
    const figures = [
      told({ name: 'ingest capacity, 64 connections', value: capacity, unit: '/s' }),
      told({ name: 'operator action → screen, quiet, p99', value: percentile(quiet, 0.99), unit: 'ms' }),
    ];
    const before = await memory(city);
    const pressing = flood({ ...closed, connections: CONNECTIONS, perSecond: capacity * 3, seconds: OVERLOAD_S });
    const [pressed, tally, patient, peak] = await Promise.all([
      operator.during(pressing),
      pressing,
      Promise.all(Array.from({ length: PATIENT_TRUCKS }, (_, truck) => patientTruck(city.url, truck, pressing))),
      peakMemory(city, pressing),
    ]);
    figures.push(
      ...floodFigures(tally, capacity),
      ...operatorFigures(pressed),
      ...patientFigures(patient.flat()),
      ...Object.entries(peak).map(([app, kib]) => grown(app, kib - (before[app] ?? 0))),
    );
    const calmAfterS = await calmAfter(operator, Math.max(...quiet, 100) * 2);
    figures.push(told({ name: 'load falls → operator as before', value: calmAfterS, unit: 's', goal: { atMost: 10 } }));
    return figures;
  } finally {
    live.close();
    await city.stop();
    await city.remove();
  }
};

function floodFigures(tally: FloodTally, capacity: number): Figure[] {
  const { taken, refused, other, unsent } = tally;
  const answered = (taken + refused + other) / OVERLOAD_S;
  return [
    told({ name: `then 3 ×: answered (${unsent} could not be sent)`, value: answered, unit: '/s' }),
    told({ name: '3 ×: taken', value: taken / OVERLOAD_S, unit: '/s', goal: { atLeast: capacity / 2 } }),
    told({ name: '3 ×: refused with 429 or 503', value: refused / OVERLOAD_S, unit: '/s' }),
    told({ name: '3 ×: any other answer', value: other, unit: '', goal: { atMost: 0 } }),
    told({ name: '3 ×: answer p99', value: tally.p99Ms, unit: 'ms' }),
  ];
}

function operatorFigures(pressed: readonly number[]): Figure[] {
  const [p50, p99] = [percentile(pressed, 0.5), percentile(pressed, 0.99)];
  return [
    told({ name: '3 ×: operator action → screen, p50', value: p50, unit: 'ms' }),
    told({ name: '3 ×: operator action → screen, p99', value: p99, unit: 'ms', goal: { atMost: 500 } }),
  ];
}

function patientFigures(takenAfterMs: readonly number[]): Figure[] {
  const what = `3 ×: ${PATIENT_TRUCKS} trucks that try again each second, report taken`;
  return [
    told({ name: `${what}, p50`, value: percentile(takenAfterMs, 0.5) / 1000, unit: 's' }),
    told({ name: `${what}, the longest`, value: Math.max(...takenAfterMs) / 1000, unit: 's', goal: { atMost: 20 } }),
  ];
}

const grown = (app: string, kib: number): Figure =>
  told({
    name: `3 ×: memory of ${app} grows by at most`,
    value: kib / MIB,
    unit: 'MiB',
    goal: { atMost: 150 },
  });

function register(call: Client, truckId: string) {
  const devices = [{ protocol: 'osmand', deviceId: truckId } as const];
  const body = { truckId, plate: truckId, hullNumber: truckId, kind: 'dump' as const, capacityKg: 4000, devices };
  return call(RegisterTruck, { body });
}

/** Presses from a process of its own, so that what is measured here is not slowed down by it. */
function flood(plan: FloodPlan): Promise<FloodTally> {
  const child = fork(path.join(import.meta.dirname, 'load/flood.ts'), [JSON.stringify(plan)]);
  return new Promise((resolve, reject) => {
    child.once('message', (tally) => resolve(tally as FloodTally));
    child.once('exit', (code) => reject(new Error(`the flood ended with ${String(code)}`)));
  });
}

/** Tells whether that is over. */
function endOf(over: Promise<unknown>): () => boolean {
  let ended = false;
  void over.finally(() => (ended = true));
  return () => ended;
}

/** Registers a truck four times a second and watches a screen for it. */
class Operator {
  readonly #call: Client;
  readonly #live: Live;
  #pressed = 0;

  constructor(call: Client, live: Live) {
    this.#call = call;
    this.#live = live;
  }

  /** Time from each press to the screen, ms. */
  async during(over: Promise<unknown>): Promise<number[]> {
    const ended = endOf(over);
    const delays: Promise<number>[] = [];
    while (!ended()) {
      delays.push(this.press());
      await wait(250);
    }
    return Promise.all(delays);
  }

  async press(): Promise<number> {
    const truckId = `PRESSED-${this.#pressed++}`;
    const seen = this.#shown(truckId);
    const startedMs = performance.now();
    await register(this.#call, truckId);
    return (await seen) - startedMs;
  }

  #shown(truckId: string): Promise<number> {
    const trucks = this.#live.latest(TruckRegistered);
    return new Promise((resolve) => {
      const stop = trucks.subscribe(() => {
        if (!trucks.get().has(truckId)) return;
        stop();
        resolve(performance.now());
      });
    });
  }
}

/**
 * A truck with a position every second, sent again each second until it is taken; how long each took, ms. One still not
 * taken at the end counts as long as it has waited.
 */
async function patientTruck(url: string, truck: number, over: Promise<unknown>): Promise<number[]> {
  const ended = endOf(over);
  const delays: number[] = [];
  for (let step = 0; !ended(); step += 1) {
    const startedMs = performance.now();
    const query = `id=PATIENT-${truck}&timestamp=${Date.now()}&lat=${-7.76 - step * 1e-5}&lon=113.21`;
    while (!ended() && (await fetch(`${url}/ingest/osmand?${query}`)).status !== 200) await wait(1000);
    delays.push(performance.now() - startedMs);
    await wait(1000);
  }
  return delays;
}

async function memory(city: TestCity): Promise<Record<string, number>> {
  const pids = Object.entries(await city.pids());
  return Object.fromEntries(await Promise.all(pids.map(async ([app, pid]) => [app, await residentKib(pid)] as const)));
}

async function peakMemory(city: TestCity, over: Promise<unknown>): Promise<Record<string, number>> {
  const ended = endOf(over);
  const peak: Record<string, number> = {};
  while (!ended()) {
    for (const [app, kib] of Object.entries(await memory(city))) peak[app] = Math.max(peak[app] ?? 0, kib);
    await wait(500);
  }
  return peak;
}

/** Seconds until ten presses in a row are no slower than so many milliseconds. */
async function calmAfter(operator: Operator, slowMs: number): Promise<number> {
  const startedMs = performance.now();
  for (let calm = 0; calm < 10;) calm = (await operator.press()) <= slowMs ? calm + 1 : 0;
  return (performance.now() - startedMs) / 1000;
}
