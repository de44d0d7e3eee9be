import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectLog } from '@siaga/engine';
import { createClient, GetTrack, GetTruck, RegisterTruck } from '@siaga/contracts';
import { eventually, randomCities, startTestEngine, type TestEngine } from '@siaga/testing';
import type { RunningService } from '@siaga/service';
import { WasteConfig } from './config.ts';
import { startWaste } from './waste.module.ts';

describe('waste starts', () => {
  let engine: TestEngine;
  let waste: RunningService;
  const [city = '3574'] = randomCities(1);
  beforeAll(async () => {
    engine = await startTestEngine();
    const config = WasteConfig.parse({ MONGODB_URI: engine.mongoUri, SIAGA_CITY: city, LOG_LEVEL: 'info' });
    waste = await startWaste(config, connectLog(engine.logSocket));
  });
  afterAll(async () => {
    await waste.close();
    await engine.close();
  });

  it('takes a fix', async () => {
    const call = createClient({ baseUrl: waste.url });
    await call(RegisterTruck, {
      body: {
        truckId: 'DLH-01',
        plate: 'N 1 A',
        hullNumber: '01',
        kind: 'dump',
        capacityKg: 4000,
        devices: [{ protocol: 'osmand', deviceId: '1' }],
      },
    });
    expect(await call(GetTruck, { params: { truckId: 'DLH-01' } })).toMatchObject({ version: 1 });
    const now = Date.now();
    const answer = await fetch(`${waste.url}/ingest/osmand?id=1&lat=-7.747&lon=113.216&timestamp=${String(now)}`);
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    const track = await eventually(async () => {
      const found = await call(GetTrack, {
        params: { truckId: 'DLH-01' },
        query: { from: now - 1000, to: now + 1000 },
      });
      expect(found.features).toHaveLength(1);
      return found;
    });
    expect(track).toMatchObject({ features: [{ geometry: { coordinates: [113.216, -7.747] } }] });
  });
});
