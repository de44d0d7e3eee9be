import { setTimeout as wait } from 'node:timers/promises';
import { FixRecorded, TruckMoved, type Area } from '@siaga/contracts';
import { percentile, type Bench, type Figure } from './figure.ts';
import { Crowd } from './live/crowd.ts';
import { startStage, type Stage } from './live/stage.ts';
import { placeOf, Traffic } from './live/traffic.ts';
import { processorMs, residentKib } from './process-cost.ts';

const SCENE = { assets: 2000, perSecond: 500, walls: 50, phones: 500, seconds: 20 };
type Scene = typeof SCENE;
const TEN_TIMES: Scene = { assets: 20_000, perSecond: 5000, walls: 500, phones: 5000, seconds: 15 };

export const about =
  'A busy city as its screens see it: walls that see every asset, phones that see a few streets; then ten times that.';

export const bench: Bench = async () => {
  const figures: Figure[] = [];
  for (const [name, scene] of [['a busy city', SCENE] as const, ['ten times that', TEN_TIMES] as const]) {
    const stage = await startStage();
    try {
      figures.push(...(await play(stage, name, scene)));
    } finally {
      await stage.stop();
    }
  }
  return figures;
};

async function play({ url, logSocket, gatewayPid }: Stage, name: string, scene: Scene): Promise<Figure[]> {
  const { assets, perSecond, walls, phones, seconds } = scene;
  const traffic = await Traffic.into(logSocket);
  const crowd = await Crowd.start(url);
  try {
    await traffic.place(assets);
    await crowd.open([
      ...Array.from({ length: walls }, () => ({ streams })),
      ...Array.from({ length: phones }, (_, phone) => ({ streams, area: streetsAround((phone * 37) % assets) })),
    ]);
    const pace = { latest: perSecond, assets };
    await traffic.run(pace, 4);
    await crowd.forget();
    const before = { entries: (await crowd.account()).entries, cpuMs: await processorMs(gatewayPid) };
    await traffic.run(pace, seconds);
    const { entries, percentile: delay } = await crowd.account();
    const usedMs = (await processorMs(gatewayPid)) - before.cpuMs;
    const what = `${name}: ${assets} assets, ${perSecond}/s, ${walls} walls, ${phones} phones`;
    const figures: Figure[] = [
      { name: `${what}: log → screen, p50`, value: delay(0.5), unit: 'ms', goal: { atMost: 30 } },
      { name: `${what}: log → screen, p99`, value: delay(0.99), unit: 'ms', goal: { atMost: 150 } },
      { name: `${name}: of one core for the gateway`, value: usedMs / (seconds * 10), unit: '%' },
      { name: `${name}: deliveries per gateway core`, value: ((entries - before.entries) * 1000) / usedMs, unit: '/s' },
      { name: `${name}: memory of the gateway`, value: (await residentKib(gatewayPid)) / 1024, unit: 'MiB' },
    ];
    return scene === SCENE ? [...figures, ...(await jitter(crowd, traffic))] : figures;
  } finally {
    crowd.close();
    await traffic.close();
  }
}

const JITTER_MS = 15_000;

/** The same screens on a bad network: each is cut every 15 s, and returns as our client does. */
async function jitter(crowd: Crowd, traffic: Traffic): Promise<Figure[]> {
  await crowd.jitter(JITTER_MS);
  traffic.flow({ every: 20, latest: SCENE.perSecond, assets: SCENE.assets });
  await wait(JITTER_MS * 2);
  const { caughtUpMs, returns } = await crowd.account();
  await traffic.pause();
  await wait(5000);
  const { missing, twice, disordered } = await crowd.account(traffic.numbered);
  const what = `each of ${SCENE.walls + SCENE.phones} screens cut every 15 s`;
  return [
    { name: `${what}: ${returns} returns, caught up, p50`, value: percentile(caughtUpMs, 0.5), unit: 'ms' },
    { name: `${what}: caught up, p99`, value: percentile(caughtUpMs, 0.99), unit: 'ms', goal: { atMost: 1000 } },
    { name: `${what}: \`every\` events lost`, value: missing, unit: '', goal: { atMost: 0 } },
    { name: `${what}: twice or out of order`, value: twice + disordered, unit: '', goal: { atMost: 0 } },
  ];
}

const streams = [TruckMoved.stream.name, FixRecorded.stream.name];
/** The gateway's finest tile; assets stand 0.002° apart, so it holds about 16 of them. */
const TILE_DEG = 1 / 128;

function streetsAround(asset: number): Area {
  const { lat, lng } = placeOf(asset);
  const [south, west] = [Math.floor(lat / TILE_DEG) * TILE_DEG, Math.floor(lng / TILE_DEG) * TILE_DEG];
  return { south: south + 0.002, north: south + 0.005, west: west + 0.002, east: west + 0.005 };
}
