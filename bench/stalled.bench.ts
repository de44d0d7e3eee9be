import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { encodeEvent, openEventLog, topicOf, type EventLog } from '@siaga/bus';
import { TruckMoved } from '@siaga/contracts';
import { createLive } from '@siaga/live';
import { startTestCity, type TestCity } from '@siaga/testing';
import { WebSocket } from 'ws';
import { percentile, told, type Bench } from './figure.ts';
import { residentKib } from './process-cost.ts';

const CITY = '3574';
const streams = [TruckMoved.stream.name];
const STALLED = 100;
const SCREENS = 100;
const SECONDS = 20;
/** The network between holds some four megabytes of a phone that does not read: only then the gateway notices. */
const FILL_S = 30;
const PER_SECOND = 2000;
const TRUCKS = 2000;

export const about = `${STALLED} phones that have stopped reading, and are cut and come back, beside ${SCREENS} screens that read: what they cost
the others.`;

export const bench: Bench = async () => {
  const city = await startTestCity();
  const log = await openEventLog({ SIAGA_ENGINE: await city.logSocket() });
  const screens = Array.from({ length: SCREENS }, () => phone(city.url));
  try {
    await Promise.all(screens.map((screen) => once(screen, 'message')));
    await run(city, log, 5); // warms up
    const what = `${PER_SECOND}/s, ${SCREENS} screens`;
    const alone = await run(city, log, SECONDS);
    const aloneMs = percentile(alone.delays, 0.99);
    const first = told({ name: `event → callback, ${what}, p99`, value: aloneMs, unit: 'ms' });
    const stop = stalled(city.url);
    await run(city, log, FILL_S);
    const beside = await run(city, log, SECONDS);
    const cut = stop();
    const besideMs = percentile(beside.delays, 0.99);
    const slower = (besideMs / aloneMs - 1) * 100;
    const grownMib = (beside.peakKib - alone.peakKib) / 1024;
    return [
      first,
      told({ name: `same, ${STALLED} phones stalled, p99`, value: besideMs, unit: 'ms' }),
      told({ name: 'times a stalled phone was cut and came back', value: cut, unit: '', goal: { atLeast: STALLED } }),
      told({ name: `${STALLED} stalled phones slow the others by`, value: slower, unit: '%', goal: { atMost: 10 } }),
      told({ name: `${STALLED} stalled phones take`, value: grownMib, unit: 'MiB', goal: { atMost: 150 } }),
    ];
  } finally {
    for (const screen of screens) screen.terminate();
    await log.close();
    await city.stop();
    await city.remove();
  }
};

/** A bare socket that subscribes and counts nothing, so that the measuring process costs little. */
function phone(url: string): WebSocket {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  socket.on('error', () => undefined);
  socket.on('open', () => {
    socket.send('40/live,{}');
    socket.send(`42/live,0["subscribe",${JSON.stringify({ streams })}]`);
  });
  socket.on('message', (data: Buffer) => {
    if (data.length === 1) socket.send('3');
  });
  return socket;
}

/**
 * Phones that subscribe and from then on read nothing; one that is cut comes back, as phones do, and stalls again. Answers
 * what ends them and tells how often one was cut.
 */
function stalled(url: string): () => number {
  const sockets = new Set<WebSocket>();
  let cut = 0;
  let over = false;
  const stall = () => {
    if (over) return;
    const socket = phone(url);
    sockets.add(socket);
    socket.once('message', () => {
      socket.pause();
    });
    socket.once('close', () => {
      sockets.delete(socket);
      if (!over) cut += 1;
      stall();
    });
  };
  for (let opened = 0; opened < STALLED; opened += 1) stall();
  return () => {
    over = true;
    for (const socket of sockets) socket.terminate();
    return cut;
  };
}

interface Run {
  /** From the event's time to the callback of a screen, ms. */
  delays: number[];
  /** Most memory the gateway held, KiB. */
  peakKib: number;
}

async function run(city: TestCity, log: EventLog, seconds: number): Promise<Run> {
  const live = createLive({ url: city.url, streams });
  const trucks = live.latest(TruckMoved);
  const delays: number[] = [];
  const seen = new Map<string, number>();
  trucks.subscribe(() => {
    const nowMs = Date.now();
    for (const [key, { atMs, data }] of trucks.get()) {
      if (seen.get(key) === atMs) continue;
      seen.set(key, atMs);
      delays.push(nowMs - data.atMs);
    }
  });
  const { gateway = 0 } = await city.pids();
  let peakKib = 0;
  const startMs = performance.now();
  let emitted = 0;
  for (let elapsedMs = 0; elapsedMs < seconds * 1000; elapsedMs = performance.now() - startMs) {
    const due = Math.floor((elapsedMs / 1000) * PER_SECOND) - emitted;
    const records = Array.from({ length: due }, (_, index) => recordOf((emitted + index) % TRUCKS));
    if (due > 0) await log.append(topicOf(CITY, TruckMoved.stream), records);
    emitted += due;
    peakKib = Math.max(peakKib, await residentKib(gateway));
    await wait(10);
  }
  await wait(500);
  live.close();
  // the first second is the snapshot's
  return { delays: delays.slice(PER_SECOND), peakKib };
}

function recordOf(truck: number) {
  const place = { lat: -7.82 + (truck % 10) * 0.01, lng: 113.2 };
  const moved = { truckId: `B-${truck}`, atMs: Date.now(), ...place, speedKph: 20, protocol: 'osmand' as const };
  return encodeEvent(TruckMoved, moved, { city: CITY, source: 'bench', exercise: true });
}
