import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { TruckMoved } from '@siaga/contracts';
import { WebSocket } from 'ws';
import type { Bench, Figure } from './figure.ts';
import { Crowd } from './live/crowd.ts';
import { startStage, type Stage } from './live/stage.ts';
import { Traffic } from './live/traffic.ts';
import { processorMs, residentKib } from './process-cost.ts';

const wishes = (count: number) => Array.from({ length: count }, () => ({ streams: [TruckMoved.stream.name] }));

export const about = 'What the gateway costs: events delivered per second of its processor, and memory per connection.';

export const bench: Bench = async () => {
  const stage = await startStage();
  try {
    return [...(await memory(stage)), ...(await deliveries(stage))];
  } finally {
    await stage.stop();
  }
};

/** Events delivered per second of the gateway's processor time, and the same frames from a bare server. */
async function deliveries({ url, logSocket, gatewayPid }: Stage): Promise<Figure[]> {
  const SCREENS = 200;
  const PACE = { latest: 5000, assets: 500 };
  const traffic = await Traffic.into(logSocket);
  const crowd = await Crowd.start(url);
  await crowd.open(wishes(SCREENS));
  await traffic.run(PACE, 2);
  const [cpuMs, before] = [await processorMs(gatewayPid), await crowd.account()];
  await traffic.run(PACE, 10);
  const usedS = ((await processorMs(gatewayPid)) - cpuMs) / 1000;
  const after = await crowd.account();
  crowd.close();
  await traffic.close();
  const frames = after.frames - before.frames;
  const entries = after.entries - before.entries;
  const ours = entries / usedS;
  const frameBytes = Math.round((after.bytes - before.bytes) / frames);
  const bare = ((await bareFramesPerCpuSecond(SCREENS, frameBytes)) * entries) / frames;
  return [
    { name: 'event deliveries per gateway core', value: ours, unit: '/s', goal: { atLeast: 1_000_000 } },
    { name: 'bare ws server, same frames, per core', value: bare, unit: '/s' },
    { name: 'gateway against bare ws', value: (ours / bare) * 100, unit: '%', goal: { atLeast: 50 } },
  ];
}

async function bareFramesPerCpuSecond(count: number, bytes: number): Promise<number> {
  const child = fork(path.join(import.meta.dirname, 'live/bare-server.ts'), [String(bytes), '40']);
  const [{ ready: port }] = (await once(child, 'message')) as [{ ready: number }];
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

/** Connections that only hear heartbeats. */
async function memory({ url, gatewayPid }: Stage): Promise<Figure[]> {
  const IDLE = 5000;
  const crowd = await Crowd.start(url);
  await crowd.open(wishes(100));
  await wait(3000);
  const before = { kib: await residentKib(gatewayPid), cpuMs: await processorMs(gatewayPid) };
  await crowd.open(wishes(IDLE));
  await wait(5000);
  const perScreen = ((await residentKib(gatewayPid)) - before.kib) / IDLE;
  const cpuMs = await processorMs(gatewayPid);
  await wait(5000);
  const share = ((await processorMs(gatewayPid)) - cpuMs) / 50;
  crowd.close();
  return [
    { name: 'memory per idle connection, at 5,000', value: perScreen, unit: 'KiB', goal: { atMost: 40 } },
    { name: '5,000 idle connections, of one core for the gateway', value: share, unit: '%' },
  ];
}
