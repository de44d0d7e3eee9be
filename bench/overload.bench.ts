import { fork } from 'node:child_process';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createClient, RegisterTruck, TruckRegistered, type Client } from '@siaga/contracts';
import { createLive, type Live } from '@siaga/live';
import { startTestCity, type TestCity } from '@siaga/testing';
import { percentile, type Bench, type Figure } from './figure.ts';
import type { FloodPlan, FloodTally } from './load/flood.ts';
import { residentKib } from './process-cost.ts';

const TRUCKS = 200;
/** As many as the phones of a large fleet hold open. */
const CONNECTIONS = 1000;
const OVERLOAD_S = 20;
const MIB = 1024;

/**
 * Three times as many reports as the city can take, each from a truck that keeps to its rate, so that no rate limit helps:
 * what an operator and a truck feel meanwhile, what it costs in memory, and how soon it is over.
 */
export const bench: Bench = async () => {
  const city = await startTestCity();
  const call = createClient({ baseUrl: city.url });
  const live = createLive({ url: city.url, streams: [TruckRegistered.stream.name] });
  try {
    for (let truck = 0; truck < TRUCKS; truck += 1) await register(call, `FLOOD-${truck}`);
    await register(call, 'KNOWN');
    const closed = { url: city.url, trucks: TRUCKS, connections: 64, seconds: 6 };
    await flood(closed); // warms up
    const capacity = (await flood(closed)).taken / closed.seconds;
    const operator = new Operator(call, live);
    const quiet = await operator.during(wait(4000));
    const before = await memory(city);
    const pressing = flood({ ...closed, connections: CONNECTIONS, perSecond: capacity * 3, seconds: OVERLOAD_S });
    const [pressed, tally, truckMs, peak] = await Promise.all([
      operator.during(pressing),
      pressing,
      knownTruck(city.url, pressing),
      peakMemory(city, pressing),
    ]);
    const calmAfterS = await calmAfter(operator, Math.max(...quiet, 100) * 2);
    const answered = tally.taken + tally.refused + tally.other;
    return [
      { name: 'ingest capacity, 64 connections', value: capacity, unit: '/s' },
      { name: `then 3 ×: answered (${tally.unsent} could not be sent)`, value: answered / OVERLOAD_S, unit: '/s' },
      { name: '3 ×: taken', value: tally.taken / OVERLOAD_S, unit: '/s', goal: { atLeast: capacity / 2 } },
      { name: '3 ×: refused with 429 or 503', value: tally.refused / OVERLOAD_S, unit: '/s' },
      { name: '3 ×: any other answer', value: tally.other, unit: '', goal: { atMost: 0 } },
      { name: '3 ×: answer p99', value: tally.p99Ms, unit: 'ms' },
      { name: 'operator action → screen, quiet, p99', value: percentile(quiet, 0.99), unit: 'ms' },
      { name: '3 ×: operator action → screen, p50', value: percentile(pressed, 0.5), unit: 'ms' },
      {
        name: '3 ×: operator action → screen, p99',
        value: percentile(pressed, 0.99),
        unit: 'ms',
        goal: { atMost: 500 },
      },
      { name: '3 ×: a truck that tries again, report p50', value: percentile(truckMs, 0.5), unit: 'ms' },
      { name: '3 ×: a truck that tries again, report max', value: Math.max(...truckMs), unit: 'ms' },
      ...Object.entries(peak).map(([app, kib]) => grown(app, kib - (before[app] ?? 0))),
      { name: 'load falls → operator as before', value: calmAfterS, unit: 's', goal: { atMost: 10 } },
    ];
  } finally {
    live.close();
    await city.stop();
    await city.remove();
  }
};

const grown = (app: string, kib: number): Figure => ({
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

/** A truck with a position every second, sent again each second until it is taken; how long each took, ms. */
async function knownTruck(url: string, over: Promise<unknown>): Promise<number[]> {
  const ended = endOf(over);
  const delays: number[] = [];
  for (let step = 0; !ended(); step += 1) {
    const atMs = Date.now();
    const startedMs = performance.now();
    const query = `id=KNOWN&timestamp=${atMs}&lat=${-7.76 - step * 1e-5}&lon=113.21`;
    while (!ended() && (await fetch(`${url}/ingest/osmand?${query}`)).status !== 200) await wait(1000);
    if (!ended()) delays.push(performance.now() - startedMs);
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
