import { createLive } from '@siaga/live';
import { startTestCity, type TestCity } from '@siaga/testing';
import { TruckMoved } from '@siaga/contracts';
import type { Bench, Figure } from './figure.ts';
import { processorMs } from './process-cost.ts';

const IDLE_FOR_MS = 20_000;

export const about =
  'From `node …/main.js` to the first frame a screen gets, cold and warm; then what the whole city costs at rest.';

export const bench: Bench = async () => {
  const starts: number[] = [];
  const figures: Figure[] = [];
  for (let run = 0; run < 3; run += 1) {
    const startedMs = performance.now();
    const city = await startTestCity();
    await firstFrame(city);
    starts.push(performance.now() - startedMs);
    if (run === 2) figures.push(await idle(city));
    await city.stop();
    await city.remove();
  }
  const warmest = Math.min(...starts) / 1000;
  return [
    { name: 'start → first frame, built, best of 3', value: warmest, unit: 's', goal: { atMost: 5 } },
    ...figures,
  ];
};

function firstFrame(city: TestCity): Promise<void> {
  const live = createLive({ url: city.url, streams: [TruckMoved.stream.name] });
  return new Promise((resolve) => {
    const stop = live.status.subscribe(() => {
      if (live.status.get().state !== 'live') return;
      stop();
      live.close();
      resolve();
    });
  });
}

/** Processor time of every process of the city, as a share of one core. */
async function idle(city: TestCity): Promise<Figure> {
  const pids = Object.values(await city.pids());
  const used = async () => (await Promise.all(pids.map(processorMs))).reduce((sum, time) => sum + time, 0);
  const before = await used();
  await new Promise((resolve) => setTimeout(resolve, IDLE_FOR_MS));
  const share = ((await used()) - before) / IDLE_FOR_MS;
  return { name: `city at rest, ${pids.length} processes, of one core`, value: share * 100, unit: '%' };
}
