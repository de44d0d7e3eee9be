import { createClient, RegisterTruck, TruckMoved } from '@siaga/contracts';
import { createLive } from '@siaga/live';
import { startTestCity } from '@siaga/testing';
import { percentile, type Bench } from './figure.ts';

const TRUCKS = 500;
const SECONDS = 10;
/** Reports begin this often, so that 500 trucks report once a second each, evenly. */
const EVERY_MS = 20;

export const about =
  "From a tracker's request to the marker on a screen, through every process of the city, at 500 positions a second.";

export const bench: Bench = async () => {
  const city = await startTestCity();
  const call = createClient({ baseUrl: city.url });
  const ids = Array.from({ length: TRUCKS }, (_, index) => `S-${index}`);
  for (const truckId of ids) {
    const devices = [{ protocol: 'osmand', deviceId: truckId } as const];
    await call(RegisterTruck, {
      body: { truckId, plate: 'N 1', hullNumber: '1', kind: 'dump', capacityKg: 4000, devices },
    });
  }
  const live = createLive({ url: city.url, streams: [TruckMoved.stream.name] });
  const moved = live.latest(TruckMoved);
  const sentMs = new Map<string, number>();
  const delays: number[] = [];
  moved.subscribe(() => {
    for (const [truckId, { data }] of moved.get()) {
      const startedMs = sentMs.get(`${truckId}@${data.atMs}`);
      if (startedMs === undefined) continue;
      delays.push(performance.now() - startedMs);
      sentMs.delete(`${truckId}@${data.atMs}`);
    }
  });
  const answers: Promise<Response>[] = [];
  const perTick = (TRUCKS * EVERY_MS) / 1000;
  for (let tick = 0; tick < (SECONDS * 1000) / EVERY_MS; tick += 1) {
    for (const truckId of ids.slice((tick * perTick) % TRUCKS, ((tick * perTick) % TRUCKS) + perTick)) {
      const atMs = Date.now();
      const query = new URLSearchParams({
        id: truckId,
        timestamp: String(atMs),
        lat: String(-7.75 - tick * 1e-6),
        lon: '113.21',
        speed: '5',
      });
      sentMs.set(`${truckId}@${atMs}`, performance.now());
      answers.push(fetch(`${city.url}/ingest/osmand?${query.toString()}`));
    }
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
  const refused = (await Promise.all(answers)).filter((answer) => !answer.ok).length;
  await new Promise((resolve) => setTimeout(resolve, 1000));
  live.close();
  await city.stop();
  await city.remove();
  if (refused > 0) throw new Error(`${refused} of ${answers.length} reports were refused`);
  const at = (share: number) => percentile(delays, share);
  return [
    {
      name: `fix → screen, ${TRUCKS}/s, p50 (${delays.length} of ${answers.length} drawn)`,
      value: at(0.5),
      unit: 'ms',
    },
    { name: `fix → screen, ${TRUCKS}/s, p95`, value: at(0.95), unit: 'ms' },
    { name: `fix → screen, ${TRUCKS}/s, p99`, value: at(0.99), unit: 'ms', goal: { atMost: 1000 } },
  ];
};
