import { fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { encodeEvent, openEventLog, topicOf, type EventLog } from '@siaga/bus';
import { TruckMoved } from '@siaga/contracts';
import { createLive } from '@siaga/live';
import { startTestCity, type TestCity } from '@siaga/testing';
import { WebSocket } from 'ws';
import { percentile, type Bench, type Figure } from './figure.ts';
import { processorMs, residentKib } from './process-cost.ts';
import { RawScreens } from './live/raw-screens.ts';

const CITY = '3574';
const streams = [TruckMoved.stream.name];
const whole = { streams };

/** The live stream of a real city in its own processes: delay, deliveries per core, memory. */
export const bench: Bench = async () => {
  const city = await startTestCity();
  const log = await openEventLog({ SIAGA_ENGINE: await logSocketOf(city) });
  try {
    return [...(await delay(city, log)), ...(await deliveries(city, log)), ...(await memory(city))];
  } finally {
    await log.close();
    await city.stop();
    await city.remove();
  }
};

/** 500 events a second, 50 walls and 500 phones: from durable in the log to a screen's callback. */
async function delay(city: TestCity, log: EventLog): Promise<Figure[]> {
  const screens = new RawScreens();
  await screens.open(city.url, 50, whole);
  for (let quarter = 0; quarter < 10; quarter += 1) {
    const south = -7.82 + quarter * 0.01;
    const area = { south, north: south + 0.02, west: 113.19, east: 113.21 };
    await screens.open(city.url, 50, { streams, area });
  }
  const live = createLive({ url: city.url, streams });
  const trucks = live.latest(TruckMoved);
  const delays: number[] = [];
  const seen = new Map<string, number>();
  trucks.subscribe(() => {
    const nowMs = Date.now();
    for (const [key, { data, atMs }] of trucks.get()) {
      if (seen.get(key) === atMs) continue;
      seen.set(key, atMs);
      delays.push(nowMs - data.atMs);
    }
  });
  await emit(log, { perSecond: 500, seconds: 12 });
  live.close();
  screens.close();
  const late = delays.slice(500); // the first second warms up
  const what = 'event → callback, 500/s, 50 walls + 500 phones';
  return [
    { name: `${what}, p50`, value: percentile(late, 0.5), unit: 'ms', goal: { atMost: 30 } },
    { name: `${what}, p95`, value: percentile(late, 0.95), unit: 'ms' },
    { name: `${what}, p99`, value: percentile(late, 0.99), unit: 'ms', goal: { atMost: 150 } },
  ];
}

/** Events delivered per second of the gateway's processor time, and the same frames from a bare server. */
async function deliveries(city: TestCity, log: EventLog): Promise<Figure[]> {
  const SCREENS = 200;
  const screens = new RawScreens();
  await screens.open(city.url, SCREENS, whole);
  const { gateway = 0 } = await city.pids();
  await emit(log, { perSecond: 5000, seconds: 2 });
  const [cpuMs, frames, bytes] = [await processorMs(gateway), screens.frames, screens.bytes];
  const emitted = await emit(log, { perSecond: 5000, seconds: 10 });
  const usedS = ((await processorMs(gateway)) - cpuMs) / 1000;
  const frameCount = screens.frames - frames;
  const frameBytes = (screens.bytes - bytes) / frameCount;
  screens.close();
  const eventsPerFrame = (emitted * SCREENS) / frameCount;
  const ours = (emitted * SCREENS) / usedS;
  const bare = (await bareFramesPerCpuSecond(SCREENS, Math.round(frameBytes))) * eventsPerFrame;
  return [
    { name: 'event deliveries per gateway core', value: ours, unit: '/s', goal: { atLeast: 1_000_000 } },
    { name: 'bare ws server, same frames, per core', value: bare, unit: '/s' },
    { name: 'gateway against bare ws', value: (ours / bare) * 100, unit: '%', goal: { atLeast: 50 } },
  ];
}

async function bareFramesPerCpuSecond(count: number, bytes: number): Promise<number> {
  const child = fork(path.join(import.meta.dirname, 'live/bare-server.ts'), [String(bytes), '40']);
  const port = await new Promise<number>((resolve) =>
    child.once('message', (message) => resolve((message as { ready: number }).ready)),
  );
  let frames = 0;
  const sockets = Array.from({ length: count }, () => new WebSocket(`ws://127.0.0.1:${port}`));
  for (const socket of sockets) socket.on('message', () => (frames += 1));
  await wait(2000);
  const pid = child.pid ?? 0;
  const [cpuMs, before] = [await processorMs(pid), frames];
  await wait(10_000);
  const perSecond = (frames - before) / (((await processorMs(pid)) - cpuMs) / 1000);
  for (const socket of sockets) socket.terminate();
  child.disconnect();
  return perSecond;
}

async function memory(city: TestCity): Promise<Figure[]> {
  const screens = new RawScreens();
  await screens.open(city.url, 100, whole);
  const { gateway = 0 } = await city.pids();
  await wait(3000);
  const before = await residentKib(gateway);
  await screens.open(city.url, 1000, whole);
  await wait(5000);
  const perScreen = ((await residentKib(gateway)) - before) / 1000;
  screens.close();
  return [{ name: 'memory per subscribed connection, at 1,000', value: perScreen, unit: 'KiB', goal: { atMost: 40 } }];
}

/** Positions of 50 trucks at an even pace; answers how many. */
async function emit(log: EventLog, { perSecond, seconds }: { perSecond: number; seconds: number }): Promise<number> {
  const startMs = performance.now();
  let emitted = 0;
  let atMs = 0;
  while (performance.now() - startMs < seconds * 1000) {
    const due = Math.floor(((performance.now() - startMs) / 1000) * perSecond) - emitted;
    atMs = Math.max(atMs + 1, Date.now());
    const records = Array.from({ length: due }, (_, index) => {
      const truck = (emitted + index) % (perSecond / 10);
      const place = { lat: -7.82 + (truck % 10) * 0.01, lng: 113.2 };
      const moved = { truckId: `B-${truck}`, atMs, ...place, speedKph: 20, protocol: 'osmand' as const };
      return encodeEvent(TruckMoved, moved, { city: CITY, source: 'bench', exercise: true });
    });
    if (records.length > 0) await log.append(topicOf(CITY, TruckMoved.stream), records);
    emitted += due;
    await wait(10);
  }
  await wait(1000);
  return emitted;
}

/** The running city writes down where its engine listens. */
async function logSocketOf({ dataDir }: TestCity): Promise<string> {
  const running = JSON.parse(await readFile(path.join(dataDir, 'running.json'), 'utf8')) as { logSocket: string };
  return running.logSocket;
}
