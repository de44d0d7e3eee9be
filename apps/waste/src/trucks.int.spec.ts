import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeEvent, openEventLog, topicOf, type EventLog } from '@siaga/bus';
import {
  AdoptDevice,
  ClearWasteExercise,
  createClient,
  DeviceAssigned,
  DeviceSeen,
  Fault,
  FixRecorded,
  GetTrack,
  GetTruck,
  IntakeCounted,
  ListSeenDevices,
  ListTrucks,
  RegisterTruck,
  TruckMoved,
  TruckRegistered,
  type AnyEvent,
  type Client,
  type CloudEvent,
} from '@siaga/contracts';
import { signToken, type Principal, type RunningService } from '@siaga/service';
import { eventually, startTestEngine, type TestEngine } from '@siaga/testing';
import { WasteConfig } from './config.ts';
import { startWaste } from './waste.module.ts';

/** The real city, so that its place is known; a prefix keeps runs on one server apart. */
const city = '3574';
const run = randomBytes(3).toString('hex');
const secret = randomBytes(32).toString('hex');
const minute = 60_000;

let engine: TestEngine;
let waste: RunningService;
let log: EventLog;
let admin: Client;
let viewer: Client;
let simulator: Client;
let simulatorToken: string;

const principal = (over: Partial<Principal>): Principal => ({
  ...{ id: 'p1', kind: 'person', city, agencies: ['dlh'], roles: ['agency-admin'], exercise: false },
  ...over,
});
const tokenOf = (over: Partial<Principal>) => signToken(principal(over), secret, '10m');

beforeAll(async () => {
  engine = await startTestEngine();
  const brokers = process.env['KAFKA_BROKERS'];
  const open = () =>
    openEventLog(brokers === undefined ? { SIAGA_ENGINE: engine.logSocket } : { KAFKA_BROKERS: brokers });
  log = await open();
  const config = WasteConfig.parse({ MONGODB_URI: engine.mongoUri, SIAGA_CITY: city, SIAGA_SECRET: secret });
  waste = await startWaste(config, await open());
  const client = (token: string) => createClient({ baseUrl: waste.url, token });
  admin = client(await tokenOf({ roles: ['city-admin'] }));
  viewer = client(await tokenOf({ roles: ['viewer'] }));
  simulatorToken = await tokenOf({ id: 'simulator', kind: 'service', exercise: true });
  simulator = client(simulatorToken);
});
afterAll(async () => {
  await waste.close();
  await log.close();
  await engine.close();
});

const truck = (name: string, devices: { protocol: 'osmand'; deviceId: string }[] = []) => ({
  truckId: `${run}-${name}`,
  plate: `N 8${name} RP`,
  hullNumber: `L-${name}`,
  kind: 'armroll' as const,
  capacityKg: 4000,
  devices,
});
const phone = (name: string) => ({ protocol: 'osmand' as const, deviceId: `${run}-phone-${name}` });
const report = (deviceId: string, query: string, headers: Record<string, string> = {}) =>
  fetch(`${waste.url}/ingest/osmand?id=${deviceId}&${query}`, { headers });

/** Everything a stream holds now, oldest first. */
async function readAll(event: AnyEvent): Promise<CloudEvent<unknown>[]> {
  const events: CloudEvent<unknown>[] = [];
  const following = await log.follow({
    topics: [{ topic: topicOf(city, event.stream), from: 'start' }],
    onBatch: ({ records }) => {
      for (const record of records) {
        const read = decodeEvent(record);
        if (!(read instanceof Fault)) events.push(read);
      }
    },
  });
  await following.caughtUp;
  await following.close();
  return events;
}

describe('the register', () => {
  it('keeps a truck and tells the screens and the doors', async () => {
    const wanted = truck('01', [phone('01')]);
    const registered = await admin(RegisterTruck, { body: wanted });
    expect(registered).toEqual({
      ...wanted,
      version: 1,
      exercise: false,
      createdAtMs: expect.any(Number),
      changedAtMs: expect.any(Number),
    });
    expect(await viewer(GetTruck, { params: { truckId: wanted.truckId } })).toEqual(registered);
    const told = { truckId: wanted.truckId, plate: wanted.plate, kind: 'armroll', version: 1, exercise: false };
    await eventually(async () => {
      const trucks = await readAll(TruckRegistered);
      expect(trucks.filter(({ subject }) => subject === wanted.truckId)).toMatchObject([
        { data: told, exercise: false },
      ]);
      const devices = (await readAll(DeviceAssigned)).map(({ data }) => data);
      expect(devices).toContainEqual({
        ...phone('01'),
        truckId: wanted.truckId,
        exercise: false,
        version: expect.any(Number),
      });
    });
  });

  it('says what is taken: the truck, or the device and who has it', async () => {
    await admin(RegisterTruck, { body: truck('02', [phone('02')]) });
    await expect(admin(RegisterTruck, { body: truck('02') })).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining(`${run}-02`),
    });
    await expect(admin(RegisterTruck, { body: truck('03', [phone('02')]) })).rejects.toMatchObject({
      kind: 'conflict',
      message: `osmand:${run}-phone-02 already rides on ${run}-02`,
    });
    await expect(admin(GetTruck, { params: { truckId: `${run}-03` } })).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('counts one press once by its Idempotency-Key', async () => {
    const press = () => admin(RegisterTruck, { body: truck('04') }, { idempotencyKey: `${run}-press` });
    expect(await press()).toEqual(await press());
    await expect(
      admin(RegisterTruck, { body: { ...truck('04'), plate: 'other' } }, { idempotencyKey: `${run}-press` }),
    ).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('lists in pages, and by what is written on the truck', async () => {
    for (const name of ['51', '52', '53']) await admin(RegisterTruck, { body: truck(name) });
    const first = await viewer(ListTrucks, { query: { limit: 2, q: `${run}-5` } });
    const second = await viewer(ListTrucks, { query: { limit: 2, q: `${run}-5`, after: first.next } });
    expect([first, second].map(({ items }) => items.map(({ truckId }) => truckId))).toEqual([
      [`${run}-51`, `${run}-52`],
      [`${run}-53`],
    ]);
    expect(second.next).toBeUndefined();
    const byPlate = await viewer(ListTrucks, { query: { q: 'n 852' } });
    expect(byPlate.items.map(({ truckId }) => truckId)).toContain(`${run}-52`);
  });

  it('lets only those who may change it', async () => {
    await expect(viewer(RegisterTruck, { body: truck('06') })).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(createClient({ baseUrl: waste.url })(ListTrucks, { query: {} })).rejects.toMatchObject({
      kind: 'unauthenticated',
    });
    await expect(simulator(ClearWasteExercise, {})).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('adopts a device only onto a truck that exists', async () => {
    const params = { truckId: `${run}-none` };
    await expect(admin(AdoptDevice, { params, body: phone('09') })).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('a track', () => {
  const at = Math.floor(Date.now() / 1000) * 1000 - 10 * minute;

  it('holds the fixes of its time only, refuses what is far from the city, and a month at most', async () => {
    await admin(RegisterTruck, { body: truck('20', [phone('20')]) });
    for (let minutes = 0; minutes < 5; minutes++) {
      const time = String(at + minutes * minute);
      const answer = await report(phone('20').deviceId, `lat=-7.75&lon=113.2${String(minutes)}&timestamp=${time}`);
      expect([answer.status, await answer.text()]).toEqual([200, '']);
    }
    const jakarta = await report(phone('20').deviceId, `lat=-6.2&lon=106.8&timestamp=${String(at)}`);
    expect([jakarta.status, await jakarta.text()]).toEqual([200, expect.stringContaining('outside-area')]);
    const params = { truckId: `${run}-20` };
    await eventually(async () => {
      const track = await viewer(GetTrack, { params, query: { from: at, to: at + minute * 5 } });
      expect(track.features.map(({ geometry }) => geometry.coordinates[0])).toEqual([
        113.2, 113.21, 113.22, 113.23, 113.24,
      ]);
    });
    const middle = { from: new Date(at + minute).toISOString(), to: new Date(at + 3 * minute).toISOString() };
    const track = await viewer(GetTrack, { params, query: middle });
    expect(track.features.map(({ properties }) => properties.atMs)).toEqual([at + minute, at + 2 * minute]);
    await expect(viewer(GetTrack, { params, query: { from: 0, to: at } })).rejects.toMatchObject({ kind: 'invalid' });
    await expect(
      viewer(GetTrack, { params: { truckId: 'nobody' }, query: { from: at, to: at + 1 } }),
    ).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('speed and heading come from the last two places when the device gives none', async () => {
    await admin(RegisterTruck, { body: truck('21', [phone('21')]) });
    // a minute for 0.01 degrees of latitude: 1,112 m to the north, 66.7 km/h
    for (const [lat, time] of [
      [-7.76, at],
      [-7.75, at + minute],
    ])
      await report(phone('21').deviceId, `lat=${String(lat)}&lon=113.2&timestamp=${String(time)}`);
    await eventually(async () => {
      const moved = (await readAll(TruckMoved)).filter(({ subject }) => subject === `${run}-21`);
      expect(moved.at(-1)?.data).toMatchObject({ atMs: at + minute, speedKph: 66.7, headingDeg: 0 });
    });
  });
});

describe('an exercise', () => {
  const at = Date.now() - minute;
  const drilled = (name: string) => [truck(name, [phone(name)]), phone(name).deviceId] as const;

  it('is marked on everything its trucks do, and clearing it leaves nothing and touches nothing real', async () => {
    const [real, realDevice] = drilled('30');
    const [simulated, simulatedDevice] = drilled('31');
    await admin(RegisterTruck, { body: real });
    expect(await simulator(RegisterTruck, { body: simulated })).toMatchObject({ exercise: true });
    const fix = `lat=-7.75&lon=113.2&timestamp=${String(at)}`;
    const simulatorsOwn = { authorization: `Bearer ${simulatorToken}` };
    for (const device of [realDevice, simulatedDevice]) expect((await report(device, fix)).status).toBe(200);
    expect((await report(`${run}-lost`, fix, simulatorsOwn)).status).toBe(400);
    expect((await report(`${run}-found`, fix)).status).toBe(400);

    const of = async (event: AnyEvent, subject: string) =>
      (await readAll(event)).filter((read) => read.subject === subject).at(-1);
    await eventually(async () => {
      for (const event of [FixRecorded, TruckMoved, TruckRegistered, IntakeCounted]) {
        expect(await of(event, real.truckId)).toMatchObject({ exercise: false, data: { truckId: real.truckId } });
        expect(await of(event, simulated.truckId)).toMatchObject({ exercise: true, data: {} });
      }
      expect(await of(DeviceSeen, `osmand:${run}-lost`)).toMatchObject({ exercise: true });
      expect(await of(DeviceSeen, `osmand:${run}-found`)).toMatchObject({ exercise: false });
    });
    const track = { query: { from: at - minute, to: at + minute } };
    await eventually(async () => {
      const { features } = await admin(GetTrack, { params: { truckId: simulated.truckId }, ...track });
      expect(features).toHaveLength(1);
    });

    const cleared = await admin(ClearWasteExercise, {});
    expect(cleared).toEqual({ trucks: 1, fixes: 1, seenDevices: 1 });

    await eventually(async () => {
      for (const event of [TruckMoved, TruckRegistered, IntakeCounted])
        expect(await of(event, simulated.truckId)).toMatchObject({ data: null });
      expect(await of(DeviceAssigned, `osmand:${simulatedDevice}`)).toMatchObject({ data: null });
      expect(await of(DeviceSeen, `osmand:${run}-lost`)).toMatchObject({ data: null });
    });
    // Kafka keeps what it has until it is too old
    const left = process.env['KAFKA_BROKERS'] === undefined ? [] : [simulated.truckId];
    const recorded = (await readAll(FixRecorded)).map(({ subject }) => subject);
    expect(recorded.filter((subject) => subject === simulated.truckId)).toEqual(left);
    await expect(admin(GetTruck, { params: { truckId: simulated.truckId } })).rejects.toMatchObject({
      kind: 'not-found',
    });
    await eventually(async () => {
      expect((await report(simulatedDevice, fix)).status).toBe(400);
    });

    expect((await admin(GetTrack, { params: { truckId: real.truckId }, ...track })).features).toHaveLength(1);
    expect(await of(TruckMoved, real.truckId)).toMatchObject({ data: { truckId: real.truckId } });
    const { items } = await admin(ListSeenDevices, {});
    expect(items.map(({ deviceId }) => deviceId)).toContain(`${run}-found`);

    // the same exercise may be played again
    await eventually(() => simulator(RegisterTruck, { body: simulated }));
    await eventually(async () => {
      expect((await report(simulatedDevice, fix)).status).toBe(200);
    });
    await eventually(async () => {
      const { features } = await admin(GetTrack, { params: { truckId: simulated.truckId }, ...track });
      expect(features).toHaveLength(1);
    });
  });
});
