import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openEventLog } from '@siaga/bus';
import {
  ClearWasteExercise,
  createClient,
  GetTrack,
  ListSeenDevices,
  ListTrucks,
  RegisterTruck,
  type Client,
} from '@siaga/contracts';
import { signToken, type Principal, type RunningService } from '@siaga/service';
import { eventually, randomCities, startTestEngine, type TestEngine } from '@siaga/testing';
import { WasteConfig } from './config.ts';
import { startWaste } from './waste.module.ts';

const [home = '', other = ''] = randomCities(2);
const secret = randomBytes(32).toString('hex');
let engine: TestEngine;
let waste: RunningService;
let atHome: Client;
let elsewhere: Client;
beforeAll(async () => {
  engine = await startTestEngine();
  const cities = { SIAGA_CITY: home, SIAGA_CITIES: other };
  const config = WasteConfig.parse({ ...cities, MONGODB_URI: engine.mongoUri, SIAGA_SECRET: secret });
  waste = await startWaste(config, await openEventLog({ SIAGA_ENGINE: engine.logSocket }));
  [atHome, elsewhere] = [await callerOf(home), await callerOf(other)];
});
afterAll(async () => {
  await waste.close();
  await engine.close();
});

async function callerOf(city: string, over: Partial<Principal> = {}): Promise<Client> {
  const principal = { id: 'p1', kind: 'person', city, agencies: ['dlh'], roles: ['agency-admin'], exercise: false } as const; // prettier-ignore
  return createClient({ baseUrl: waste.url, token: await signToken({ ...principal, ...over }, secret, '5m') });
}

/** The same truck with the same phone, in either city. */
const truckWith = (deviceId: string) => ({
  ...{ truckId: `T-${deviceId}`, plate: 'N 8001 RP', hullNumber: '1', kind: 'armroll' as const, capacityKg: 4000 },
  devices: [{ protocol: 'osmand' as const, deviceId }],
});

const report = (door: string, deviceId: string, atS: number) =>
  fetch(`${waste.url}/ingest/${door}?id=${deviceId}&lat=-7.77&lon=113.2&timestamp=${atS}`);

const day = () => ({ from: Date.now() - 3_600_000, to: Date.now() + 60_000 });

it('takes the same report of the same phone in each city, once each', async () => {
  const truck = truckWith('same');
  await atHome(RegisterTruck, { body: truck });
  await elsewhere(RegisterTruck, { body: truck });
  const atS = Math.floor(Date.now() / 1000) - 10;
  for (const door of ['osmand', `${other}/osmand`, `${home}/osmand/`])
    expect((await report(door, 'same', atS)).status).toBe(200);
  for (const call of [atHome, elsewhere])
    await eventually(async () => {
      const { features } = await call(GetTrack, { params: { truckId: truck.truckId }, query: day() });
      expect(features).toHaveLength(1);
    });
});

it('finds a phone, a truck and a stranger in their own city only', async () => {
  const truck = truckWith('own');
  await elsewhere(RegisterTruck, { body: truck });
  expect((await report('osmand', 'own', Date.now() / 1000)).status).toBe(400);
  expect((await report(`${other}/osmand`, 'own', Date.now() / 1000)).status).toBe(200);
  expect((await atHome(ListTrucks, { query: {} })).items.map(({ truckId }) => truckId)).not.toContain(truck.truckId);
  await eventually(async () => {
    const { items } = await atHome(ListSeenDevices, {});
    expect(items.map(({ deviceId }) => deviceId)).toContain('own');
  });
  expect((await elsewhere(ListSeenDevices, {})).items).toEqual([]);
});

it('answers at the door of a city that is not served as it answers an unknown phone', async () => {
  const stranger = await report('osmand', 'nobody', 1);
  const nowhere = await report('0000/osmand', 'nobody', 1);
  const told = async (response: Response) => {
    const { status, title, detail } = (await response.json()) as Record<string, unknown>;
    return { status, title, detail };
  };
  expect(await told(nowhere)).toEqual(await told(stranger));
});

it('believes a simulator at the door of its own city only', async () => {
  const simulator = { id: 'simulator', kind: 'service', city: other, agencies: ['dlh'], roles: ['agency-admin'], exercise: true } as const; // prettier-ignore
  const authorization = `Bearer ${await signToken(simulator, secret, '5m')}`;
  for (const door of ['osmand', `${other}/osmand`])
    await fetch(`${waste.url}/ingest/${door}?id=simulated&lat=-7.77&lon=113.2&timestamp=${Date.now() / 1000}`, {
      headers: { authorization },
    });
  const seen = async (call: Client) =>
    (await call(ListSeenDevices, {})).items.some(({ deviceId }) => deviceId === 'simulated');
  await eventually(async () => expect([await seen(atHome), await seen(elsewhere)]).toEqual([true, true]));
  await (
    await callerOf(home, { roles: ['city-admin'] })
  )(ClearWasteExercise, {});
  expect([await seen(atHome), await seen(elsewhere)]).toEqual([true, true]);
  await (
    await callerOf(other, { roles: ['city-admin'] })
  )(ClearWasteExercise, {});
  await eventually(async () => expect([await seen(atHome), await seen(elsewhere)]).toEqual([true, false]));
});
