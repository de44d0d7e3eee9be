import { controllerRoutes, createClient, lampRoutes } from '@siaga/contracts';
import { startTestCity } from '@siaga/testing';
import { percentile, type Bench } from './figure.ts';

const REPORTS = 400;
/** A message every so often: a neighbour is no flood. */
const EVERY_MS = 15;
const MAD_AT_ONCE = 4;

export const about =
  'A controller of a lamp beside one that floods the same door with lists of a hundred reports as fast as it is answered.';

/** One city, quiet and then with the flood: only their ratio says something. */
export const bench: Bench = async () => {
  const city = await startTestCity();
  const call = createClient({ baseUrl: city.url });
  const place = { lat: -7.75, lng: 113.21 };
  for (const id of ['calm', 'mad']) {
    await call(lampRoutes.register, { body: { lampId: id, watt: 90, place } });
    const body = { controllerId: `C-${id}`, protocol: 'street', speaksFor: `lamp:${id}` } as const;
    await call(controllerRoutes.register, { body });
  }
  const post = async (said: unknown) => {
    const answer = await fetch(`${city.url}/ingest/street`, { method: 'POST', body: JSON.stringify(said) });
    await answer.arrayBuffer();
    return answer.status;
  };
  const p99 = async () => {
    const latencies: number[] = [];
    for (let sent = 0; sent < REPORTS; sent += 1) {
      const startedMs = performance.now();
      const status = await post({ deviceId: 'C-calm', time: Date.now(), activePowerW: 80 + sent / 100 });
      if (status !== 200) throw new Error(`the calm one was answered ${status}`);
      latencies.push(performance.now() - startedMs);
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
    return percentile(latencies, 0.99);
  };

  const quiet = await p99();
  let isOver = false;
  let [told, refused] = [0, 0];
  const flood = async () => {
    while (!isOver) {
      const nowMs = Date.now();
      const list = Array.from({ length: 100 }, (_, at) => ({ deviceId: 'C-mad', time: nowMs - at, activePowerW: 1 }));
      told += 1;
      if ((await post(list)) === 429) refused += 1;
    }
  };
  const flooding = Promise.all(Array.from({ length: MAD_AT_ONCE }, flood));
  const flooded = await p99();
  isOver = true;
  await flooding;
  await city.stop();
  await city.remove();
  return [
    { name: 'a calm controller alone, answer p99', value: quiet, unit: 'ms' },
    { name: 'beside a mad one, answer p99', value: flooded, unit: 'ms' },
    { name: 'beside a mad one against alone', value: flooded / quiet, unit: '×', goal: { atMost: 3 } },
    { name: 'reports of the mad one', value: told * 100, unit: '' },
    { name: 'of them refused with 429', value: (refused / told) * 100, unit: '%' },
  ];
};
