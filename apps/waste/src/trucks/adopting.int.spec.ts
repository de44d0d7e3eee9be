import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { AdoptDevice, ListSeenDevices, RegisterTruck } from '@siaga/contracts';
import type { Principal } from '@siaga/service';
import { eventually, randomCities } from '@siaga/testing';
import { fleetOf, startTestWaste, type TestWaste } from '../waste.harness.ts';

const [city = ''] = randomCities(1);
const { phone, truck } = fleetOf('adopted');
let waste: TestWaste;

beforeAll(async () => {
  waste = await startTestWaste(city);
  const admin = await waste.as({});
  await admin(RegisterTruck, { body: truck('1') });
});
afterAll(() => waste.close());

const place = 'lat=-7.747&lon=113.216';

it.each<[string, Partial<Principal>]>([
  ['a dispatcher', { roles: ['dispatcher'] }],
  ['a supervisor', { roles: ['supervisor', 'viewer'] }],
  ['another agency’s administrator', { roles: ['agency-admin'], agencies: ['dishub'] }],
  ['a device', { kind: 'device', roles: ['device'] }],
  ['a screen', { kind: 'screen', roles: ['screen'] }],
])('%s adopts no device', async (_, over) => {
  const caller = await waste.as(over);
  const adopting = caller(AdoptDevice, { params: { truckId: 'adopted-1' }, body: phone('new') });
  await expect(adopting).rejects.toMatchObject({ kind: 'forbidden' });
  expect((await waste.report(phone('new').deviceId, place)).status).toBe(400);
});

it.each<[string, Partial<Principal>]>([
  ['the agency’s administrator', {}],
  ['the room’s', { agencies: ['command'] }],
  ['the city’s', { roles: ['city-admin'], agencies: ['diskominfo'] }],
])('%s does, and the device is heard', async (name, over) => {
  const caller = await waste.as(over);
  const device = phone(name.split(' ')[1] ?? '');
  expect((await waste.report(device.deviceId, place)).status).toBe(400);
  await eventually(async () => {
    expect((await caller(ListSeenDevices, {})).items.map(({ deviceId }) => deviceId)).toContain(device.deviceId);
  });
  await caller(AdoptDevice, { params: { truckId: 'adopted-1' }, body: device });
  await eventually(async () => {
    expect((await waste.report(device.deviceId, place)).status).toBe(200);
  });
});
