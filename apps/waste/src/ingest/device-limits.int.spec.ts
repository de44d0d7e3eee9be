import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEventLog } from '@siaga/bus';
import { createClient, RegisterTruck } from '@siaga/contracts';
import { signToken, type RunningService } from '@siaga/service';
import { eventually, randomCities, startTestEngine, type TestEngine } from '@siaga/testing';
import { WasteConfig } from '../config.ts';
import { startWaste } from '../waste.module.ts';

const secret = 'a secret of thirty-two characters';
const [city = ''] = randomCities(1);
let engine: TestEngine;
let waste: RunningService;

beforeAll(async () => {
  engine = await startTestEngine();
  const config = WasteConfig.parse({
    ...{ MONGODB_URI: engine.mongoUri, SIAGA_CITY: city, SIAGA_SECRET: secret, SIAGA_LOCAL_OPERATOR: 'true' },
    POSITIONS_PER_SECOND_OF_DEVICE: '0.2',
    STRANGERS_PER_SECOND_OF_ADDRESS: '0.5',
  });
  waste = await startWaste(config, await openEventLog({ SIAGA_ENGINE: engine.logSocket }));
  const call = createClient({ baseUrl: waste.url });
  for (const truckId of ['HASTY', 'STEADY', 'LARGE'])
    await call(RegisterTruck, {
      body: {
        ...{ truckId, plate: truckId, hullNumber: truckId, kind: 'dump' as const, capacityKg: 4000 },
        devices: [{ protocol: 'osmand', deviceId: truckId }],
      },
    });
});
afterAll(async () => {
  await waste.close();
  await engine.close();
});

let second = 0;
const positionOf = (deviceId: string) => {
  second += 1;
  const atMs = Date.now() - 3_600_000 + second * 1000;
  return { id: deviceId, timestamp: String(atMs), lat: '-7.75', lon: '113.21' };
};
const report = (deviceId: string, headers: Record<string, string> = {}) =>
  fetch(`${waste.url}/ingest/osmand?${new URLSearchParams(positionOf(deviceId)).toString()}`, { headers });

/** Statuses of so many reports, one after the other, and the last answer. */
async function reports(count: number, deviceId: string, headers: Record<string, string> = {}) {
  const statuses: number[] = [];
  for (let sent = 0; sent < count; sent += 1) statuses.push((await report(deviceId, headers)).status);
  return { statuses, last: await report(deviceId, headers) };
}

describe('a device', () => {
  it('brings a backlog at once; far beyond it hears when to come again, and harms no other', async () => {
    await eventually(async () => {
      expect((await report('HASTY')).status).toBe(200);
    });
    const { statuses, last } = await reports(65, 'HASTY');
    expect(statuses.slice(0, 50)).toEqual(Array.from({ length: 50 }, () => 200));
    expect(last.status).toBe(429);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(last.headers.get('retry-after'))).toBeLessThanOrEqual(5);
    expect(await last.json()).toMatchObject({ type: 'urn:siaga:fault:too-many' });
    expect((await report('STEADY')).status).toBe(200);
    await eventually(async () => {
      expect((await report('HASTY')).status).toBe(200);
    });
  });

  it('is not limited when a simulator sends for it, whose clock runs faster', async () => {
    const simulator = { id: 'simulator', kind: 'service', city, agencies: ['dlh'], roles: [], exercise: true } as const;
    const authorization = `Bearer ${await signToken(simulator, secret, '1m')}`;
    const { statuses, last } = await reports(70, 'LARGE', { authorization });
    expect(new Set([...statuses, last.status])).toEqual(new Set([200]));
  });
});

describe('strangers', () => {
  it('of one address are heard now and then, and cost no other address and no registered truck its turn', async () => {
    const from = (address: string) => ({ 'x-forwarded-for': address });
    const flood: number[] = [];
    for (let made = 0; made < 60; made += 1)
      flood.push((await report(`made-up-${String(made)}`, from('203.0.113.7'))).status);
    expect(flood.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 400));
    expect(flood.at(-1)).toBe(429);
    expect((await report('a-new-phone', from('203.0.113.8'))).status).toBe(400);
    expect((await report('STEADY', from('203.0.113.7'))).status).toBe(200);
  });
});
