import { setTimeout as wait } from 'node:timers/promises';
import { FixRecorded, TruckMoved } from '@siaga/contracts';
import { percentile, type Bench, type Figure } from './figure.ts';
import { Crowd } from './live/crowd.ts';
import { startStage, type Stage } from './live/stage.ts';
import { Traffic } from './live/traffic.ts';

const SCREENS = 1000;
const OFFLINE_MS = 2000;
/** Events, and as many positions, a second that every screen gets: a busy city, and more than this machine can deliver. */
const PACES = [50, 200];
const wishes = Array.from({ length: SCREENS }, () => ({ streams: [FixRecorded.stream.name, TruckMoved.stream.name] }));

export const about =
  'Every screen loses its connection at the same moment, is away for 2 s, and all of them return in the same moment.';

export const bench: Bench = async () => {
  const figures: Figure[] = [];
  for (const perSecond of PACES) {
    const stage = await startStage();
    try {
      figures.push(...(await resume(stage, perSecond)));
    } finally {
      await stage.stop();
    }
  }
  return figures;
};

async function resume({ url, logSocket }: Stage, perSecond: number): Promise<Figure[]> {
  const traffic = await Traffic.into(logSocket);
  const crowd = await Crowd.start(url);
  try {
    await crowd.open(wishes);
    traffic.flow({ every: perSecond, latest: perSecond });
    await wait(3000);
    const caughtUpMs: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      await crowd.cut(OFFLINE_MS);
      await wait(OFFLINE_MS + 6000);
      const { behind, caughtUpMs: times } = await crowd.account();
      caughtUpMs.push(...times, ...Array.from({ length: behind }, () => Infinity));
    }
    await traffic.pause();
    await wait(2000);
    const { missing, twice, disordered, snapshots } = await crowd.account(traffic.numbered);
    const what = `${SCREENS} screens away for 2 s at ${perSecond} events/s and as many positions`;
    const complete = (1 - missing / (traffic.numbered * SCREENS)) * 100;
    return [
      { name: `${what}: \`every\` events that arrived`, value: complete, unit: '%', goal: { atLeast: 100 } },
      { name: `${what}: events twice or out of order`, value: twice + disordered, unit: '', goal: { atMost: 0 } },
      { name: `${what}: snapshots instead`, value: snapshots, unit: '', goal: { atMost: 0 } },
      { name: `${what}: caught up, p50`, value: percentile(caughtUpMs, 0.5), unit: 'ms' },
      { name: `${what}: caught up, p99`, value: percentile(caughtUpMs, 0.99), unit: 'ms', goal: { atMost: 1000 } },
    ];
  } finally {
    crowd.close();
    await traffic.close();
  }
}
