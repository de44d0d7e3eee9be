import { setTimeout as wait } from 'node:timers/promises';
import { FixRecorded, TruckMoved } from '@siaga/contracts';
import { startTestCity, type TestCity } from '@siaga/testing';
import { percentile, type Bench, type Figure } from './figure.ts';
import { Crowd } from './live/crowd.ts';
import { Traffic } from './live/traffic.ts';

const SCREENS = 1000;
const PACE = { every: 50, latest: 200 };
const wishes = Array.from({ length: SCREENS }, () => ({ streams: [FixRecorded.stream.name, TruckMoved.stream.name] }));

export const about =
  'kill -9 of the gateway of a whole city under its supervisor while a thousand screens look; events go on meanwhile.';

export const bench: Bench = async () => {
  const city = await startTestCity();
  try {
    return await killed(city);
  } finally {
    await city.stop();
    await city.remove();
  }
};

async function killed(city: TestCity): Promise<Figure[]> {
  const traffic = await Traffic.into(await city.logSocket());
  const crowd = await Crowd.start(city.url);
  try {
    await crowd.open(wishes);
    traffic.flow(PACE);
    await wait(5000);
    const { gateway = 0 } = await city.pids();
    process.kill(gateway, 'SIGKILL');
    await crowd.mark(Date.now());
    await wait(20_000);
    const { behind, caughtUpMs } = await crowd.account();
    await traffic.pause();
    await wait(3000);
    const { missing, twice, disordered } = await crowd.account(traffic.numbered);
    const what = `gateway kill -9, ${SCREENS} screens`;
    const times = [...caughtUpMs, ...Array.from({ length: behind }, () => Infinity)].map((ms) => ms / 1000);
    return [
      { name: `${what}: half are back, with everything`, value: percentile(times, 0.5), unit: 's' },
      { name: `${what}: all are back, with everything`, value: Math.max(...times), unit: 's', goal: { atMost: 10 } },
      { name: `${what}: events lost`, value: missing, unit: '', goal: { atMost: 0 } },
      { name: `${what}: events twice or out of order`, value: twice + disordered, unit: '', goal: { atMost: 0 } },
    ];
  } finally {
    crowd.close();
    await traffic.close();
  }
}
