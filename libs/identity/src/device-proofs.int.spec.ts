import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { encodeEvent, EventBus, openEventLog, topicOf, topicSettings, type EventLog } from '@siaga/bus';
import {
  agencyDeviceKey,
  DeviceCredentialsChanged,
  traccarServer,
  type Agency,
  type AgencyDevice,
} from '@siaga/contracts';
import { serviceContext, withContext } from '@siaga/service';
import { eventually, randomCities, startTestEngine, type TestEngine } from '@siaga/testing';
import { hashOfKey, newDeviceKey } from './device-key.ts';
import { DeviceProofs } from './device-proofs.ts';

const cities = randomCities(2);
const [city = '', otherCity = ''] = cities;
let engine: TestEngine;
let log: EventLog;
let bus: EventBus;
let proofs: DeviceProofs;
/** What listeners were told, in its order. */
const told: string[] = [];
let endListening: () => void;

beforeAll(async () => {
  engine = await startTestEngine();
  log = await openEventLog({ SIAGA_ENGINE: engine.logSocket });
  await log.ensure(cities.map((of) => topicSettings(of, DeviceCredentialsChanged.stream)));
  bus = new EventBus(log, 'test', cities);
  proofs = new DeviceProofs(bus, cities);
  await Promise.all(cities.map((of) => bus.table(DeviceCredentialsChanged, of).ready));
  endListening = proofs.onChange((key, of) => told.push(`${of} ${key}`));
});
afterAll(async () => {
  await bus.close();
  await log.close();
  await engine.close();
});

let version = 0;
/** What the identity service of a city says of a device. */
async function say(device: AgencyDevice, over: Partial<DeviceCredentialsChanged>, of = city) {
  version += 1;
  const said = { ...device, key: agencyDeviceKey(device), networks: [], blocked: false, version, ...over };
  const event = encodeEvent(DeviceCredentialsChanged, said, { city: of, source: 'test', exercise: false });
  await log.append(topicOf(of, DeviceCredentialsChanged.stream), [event]);
}

const phone = (agency: Agency, deviceId: string): AgencyDevice => ({ agency, protocol: 'osmand', deviceId });
const doubtOf = (device: AgencyDevice, key?: string, of = city) =>
  withContext(serviceContext(of), () => proofs.doubt(device, { key, address: '192.0.2.1' }));

it('what one agency says of a device counts at its doors only', async () => {
  const key = newDeviceKey();
  await say(phone('dishub', 'hp-07'), { keyHash: hashOfKey(key) });
  await say(phone('bpbd', 'hp-07'), { blocked: true });
  await eventually(() => expect(doubtOf(phone('bpbd', 'hp-07'))).toBe('blocked'));
  expect(doubtOf(phone('dishub', 'hp-07'))).toBe('no-key');
  expect(doubtOf(phone('dishub', 'hp-07'), key)).toBeUndefined();
  expect(doubtOf(phone('dlh', 'hp-07'))).toBeUndefined();
  expect(doubtOf(phone('bpbd', 'hp-07'), undefined, otherCity)).toBeUndefined();
});

it('a Traccar server speaks for the devices of its own agency', async () => {
  const key = newDeviceKey();
  await say({ ...traccarServer, agency: 'dishub' }, { keyHash: hashOfKey(key) });
  const bus7 = (agency: Agency): AgencyDevice => ({ agency, protocol: 'traccar', deviceId: 'bus7' });
  await eventually(() => expect(doubtOf(bus7('dishub'))).toBe('no-key'));
  expect(doubtOf(bus7('dishub'), key)).toBeUndefined();
  expect(doubtOf(bus7('dlh'))).toBeUndefined();
});

it('whoever keeps a connection open hears at once that something else is said of its device, and of nothing once he left', async () => {
  const device = phone('dlh', 'open');
  const saidAtMs = performance.now();
  await say(device, { blocked: true });
  await say(device, { blocked: true }, otherCity);
  const heard = () => told.filter((one) => one.includes(device.deviceId));
  await eventually(() => expect(heard().toSorted()).toEqual(cities.map((of) => `${of} dlh/osmand:open`).toSorted()));
  expect(performance.now() - saidAtMs).toBeLessThan(5000);
  expect(doubtOf(device)).toBe('blocked');

  endListening();
  await say(device, {});
  await eventually(() => expect(doubtOf(device)).toBeUndefined());
  expect(heard()).toHaveLength(2);
});
