import { TruckMoved } from '@siaga/contracts';
import type { Bench, Figure } from './figure.ts';
import { Crowd } from './live/crowd.ts';
import { startStage } from './live/stage.ts';
import { Traffic } from './live/traffic.ts';
import { processorMs } from './process-cost.ts';

const ASSETS = 2000;
const PER_SECOND = 10_000;
const SECONDS = 10;
const WALLS = 50;

export const about =
  'Somebody says `subscribe` 10,000 times a second, from one socket and from two hundred: what do others notice?';

export const bench: Bench = async () => {
  const figures: Figure[] = [];
  for (const sockets of [0, 1, 200]) figures.push(...(await flood(sockets)));
  return figures;
};

async function flood(sockets: number): Promise<Figure[]> {
  const stage = await startStage();
  const traffic = await Traffic.into(stage.logSocket);
  await traffic.place(ASSETS);
  const wishes = (count: number) => Array.from({ length: count }, () => ({ streams: [TruckMoved.stream.name] }));
  const walls = await Crowd.start(stage.url, 1);
  const rude = await Crowd.start(stage.url, 1);
  try {
    await walls.open(wishes(WALLS));
    await rude.open(wishes(sockets));
    await traffic.run({ latest: 500, assets: ASSETS }, 3);
    await walls.forget();
    if (sockets > 0) await rude.subscribe(PER_SECOND);
    const cpuMs = await processorMs(stage.gatewayPid);
    await traffic.run({ latest: 500, assets: ASSETS }, SECONDS);
    const usedMs = (await processorMs(stage.gatewayPid)) - cpuMs;
    const { percentile } = await walls.account();
    const { returns } = await rude.account();
    const what = sockets === 0 ? 'nobody floods' : `10,000 subscribes/s from ${sockets} sockets`;
    return [
      { name: `${what}: log → ${WALLS} walls, p50`, value: percentile(0.5), unit: 'ms' },
      { name: `${what}: log → ${WALLS} walls, p99`, value: percentile(0.99), unit: 'ms', goal: { atMost: 500 } },
      { name: `${what}: of one core for the gateway`, value: usedMs / (SECONDS * 10), unit: '%' },
      { name: `${what}: times one of them was cut`, value: returns, unit: '' },
    ];
  } finally {
    walls.close();
    rude.close();
    await traffic.close();
    await stage.stop();
  }
}
