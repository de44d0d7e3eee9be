import { request, Agent } from 'node:http';
import { createClient, RegisterTruck } from '@siaga/contracts';
import { startTestCity } from '@siaga/testing';
import { percentile, type Bench } from './figure.ts';

const TRUCKS = 50;
const REPORTS = 20_000;
const IN_FLIGHT = 64;

export const about =
  "Positions answered with success, each durable in the log before its answer, through the gateway's public door.";

export const bench: Bench = async () => {
  const city = await startTestCity();
  const call = createClient({ baseUrl: city.url });
  for (let truck = 0; truck < TRUCKS; truck += 1) {
    const truckId = `B-${truck}`;
    await call(RegisterTruck, {
      body: {
        truckId,
        plate: truckId,
        hullNumber: truckId,
        kind: 'dump',
        capacityKg: 4000,
        devices: [{ protocol: 'osmand', deviceId: truckId }],
      },
    });
  }
  const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT });
  const fromMs = Date.now() - 86_400_000;
  const latencies: number[] = [];
  let sent = 0;
  const phone = async () => {
    while (sent < REPORTS) {
      const report = sent++;
      const step = Math.floor(report / TRUCKS);
      const path = `/ingest/osmand?id=B-${report % TRUCKS}&timestamp=${fromMs + step * 5000}&lat=${-7.75 - (step % 1000) * 0.00002}&lon=113.21&speed=5`;
      const startedMs = performance.now();
      await ok(city.url + path, agent);
      latencies.push(performance.now() - startedMs);
    }
  };
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: IN_FLIGHT }, phone));
  const seconds = (performance.now() - startedMs) / 1000;
  agent.destroy();
  await city.stop();
  await city.remove();
  const note = `${IN_FLIGHT} phones, whole city and load on two cores`;
  return [
    { name: `ingest, durable answers (${note})`, value: REPORTS / seconds, unit: '/s', goal: { atLeast: 2000 } },
    { name: 'ingest, answer p50', value: percentile(latencies, 0.5), unit: 'ms' },
    { name: 'ingest, answer p99', value: percentile(latencies, 0.99), unit: 'ms', goal: { atMost: 100 } },
  ];
};

function ok(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const sending = request(url, { agent }, (response) => {
      response.resume();
      response.once('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`answered ${response.statusCode}`)),
      );
    });
    sending.once('error', reject);
    sending.end();
  });
}
