import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { topicOf } from '@siaga/bus';
import { FixRecorded } from '@siaga/contracts';
import { startTestProcess } from '@siaga/testing';
import type { Bench } from './figure.ts';
import { Crowd } from './live/crowd.ts';
import { startStage, type Stage } from './live/stage.ts';
import { Traffic } from './live/traffic.ts';
import { processorMs, residentKib } from './process-cost.ts';

const SCREENS = 50;
const PACE = { every: 5000 };
const WARM_UP_S = 3;
/** At this pace ours has its 64 MiB of events after about 45 s; what it grows by afterwards is not the ring. */
const RING_FULL_AFTER_S = 55;
const SECONDS = 10;

/** What a delivered event costs a gateway, and by how much it grew meanwhile. */
interface Cost {
  microsecondsPerEvent: number;
  eventsPerSecond: number;
  heldMib: number;
  grewMib: number;
}

export const about =
  'Ours beside the gateway everyone writes first (`@EventPattern` → `server.emit`): the same 5,000 `every` events a second from the same log to as many sockets, so that nothing can be left out by either, one after the other.';

export const bench: Bench = async () => {
  const stage = await startStage();
  const traffic = await Traffic.into(stage.logSocket);
  try {
    const ours = await oursOn(stage, traffic);
    const naive = await naiveOn(stage, traffic);
    const what = `5,000 events/s to ${SCREENS} screens`;
    return [
      { name: `${what}: processor per delivered event, ours`, value: ours.microsecondsPerEvent, unit: 'µs' },
      { name: `${what}: the same, naive Nest gateway`, value: naive.microsecondsPerEvent, unit: 'µs' },
      {
        name: `${what}: naive against ours`,
        value: naive.microsecondsPerEvent / ours.microsecondsPerEvent,
        unit: '×',
        goal: { atLeast: 5 },
      },
      { name: `${what}: delivered by ours`, value: ours.eventsPerSecond, unit: '/s' },
      { name: `${what}: delivered by the naive one`, value: naive.eventsPerSecond, unit: '/s' },
      { name: `${what}: memory of ours, ten minutes or 64 MiB of events at hand`, value: ours.heldMib, unit: 'MiB' },
      { name: `${what}: and ours grew by in ${SECONDS} s more`, value: ours.grewMib, unit: 'MiB' },
      { name: `${what}: memory the naive one grew by in ${SECONDS} s`, value: naive.grewMib, unit: 'MiB' },
    ];
  } finally {
    await traffic.close();
    await stage.stop();
  }
};

async function oursOn({ url, gatewayPid }: Stage, traffic: Traffic): Promise<Cost> {
  const crowd = await Crowd.start(url);
  await crowd.open(Array.from({ length: SCREENS }, () => ({ streams: [FixRecorded.stream.name] })));
  const delivered = async () => (await crowd.account()).entries;
  const cost = await measure(gatewayPid, traffic, { delivered, warmUpS: RING_FULL_AFTER_S });
  crowd.close();
  return cost;
}

async function naiveOn({ logSocket }: Stage, traffic: Traffic): Promise<Cost> {
  const script = path.join(import.meta.dirname, 'naive-gateway/main.ts');
  const gateway = startTestProcess(script, [logSocket, topicOf('3574', FixRecorded.stream), FixRecorded.name]);
  const url = String(await gateway.message());
  const listeners = await Promise.all(
    [0, 1].map(async () => {
      const child = fork(path.join(import.meta.dirname, 'naive-gateway/listeners.ts'), [url, String(SCREENS / 2)], {
        execArgv: ['--disable-warning=ExperimentalWarning'],
      });
      await once(child, 'message');
      return child;
    }),
  );
  const delivered = async () => {
    const counts = listeners.map(async (child) => {
      const answer = once(child, 'message');
      child.send('how many');
      return Number(((await answer) as unknown[])[0]);
    });
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  };
  const cost = await measure(gateway.child.pid ?? 0, traffic, { delivered, warmUpS: WARM_UP_S });
  for (const child of listeners) child.disconnect();
  await gateway.kill9();
  return cost;
}

interface Watched {
  /** Events that reached a listener so far, over all of them. */
  delivered: () => Promise<number>;
  warmUpS: number;
}

async function measure(pid: number, traffic: Traffic, { delivered, warmUpS }: Watched): Promise<Cost> {
  traffic.flow(PACE);
  await wait(warmUpS * 1000);
  const before = { count: await delivered(), cpuMs: await processorMs(pid), kib: await residentKib(pid) };
  await wait(SECONDS * 1000);
  const after = { count: await delivered(), cpuMs: await processorMs(pid), kib: await residentKib(pid) };
  await traffic.pause();
  const events = after.count - before.count;
  return {
    microsecondsPerEvent: ((after.cpuMs - before.cpuMs) * 1000) / events,
    eventsPerSecond: events / SECONDS,
    heldMib: before.kib / 1024,
    grewMib: (after.kib - before.kib) / 1024,
  };
}
