import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AdoptDevice,
  ClearWasteExercise,
  createClient,
  DeviceAssigned,
  DeviceSeen,
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
} from '@siaga/contracts';
import { eventually } from '@siaga/testing';
import { fleetOf, startTestWaste, type TestWaste } from './waste.harness.ts';

/** The real city, so that its place is known; a prefix keeps runs on one server apart. */
const city = '3574';
const run = randomBytes(3).toString('hex');
const minute = 60_000;
const { truck, phone } = fleetOf(run);

let waste: TestWaste;
let admin: Client;
let viewer: Client;
let simulator: Client;
let simulatorToken: string;

beforeAll(async () => {
  waste = await startTestWaste(city);
  admin = await waste.as({ roles: ['city-admin'] });
  viewer = await waste.as({ roles: ['viewer'] });
  const simulated = { id: 'simulator', kind: 'service', exercise: true } as const;
  simulator = await waste.as(simulated);
  simulatorToken = await waste.tokenOf(simulated);
});
afterAll(() => waste.close());

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
      const trucks = await waste.readAll(TruckRegistered);
      expect(trucks.filter(({ subject }) => subject === wanted.truckId)).toMatchObject([
        { data: told, exercise: false },
      ]);
      const devices = (await waste.readAll(DeviceAssigned)).map(({ data }) => data);
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
      message: `osmand:${run}-phone-02 sudah terpasang di ${run}-02 · osmand:${run}-phone-02 already rides on ${run}-02`,
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
      const answer = await waste.report(
        phone('20').deviceId,
        `lat=-7.75&lon=113.2${String(minutes)}&timestamp=${time}`,
      );
      expect([answer.status, await answer.text()]).toEqual([200, '']);
    }
    const jakarta = await waste.report(phone('20').deviceId, `lat=-6.2&lon=106.8&timestamp=${String(at)}`);
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
      await waste.report(phone('21').deviceId, `lat=${String(lat)}&lon=113.2&timestamp=${String(time)}`);
    await eventually(async () => {
      const moved = (await waste.readAll(TruckMoved)).filter(({ subject }) => subject === `${run}-21`);
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
    for (const device of [realDevice, simulatedDevice]) expect((await waste.report(device, fix)).status).toBe(200);
    expect((await waste.report(`${run}-lost`, fix, simulatorsOwn)).status).toBe(400);
    expect((await waste.report(`${run}-found`, fix)).status).toBe(400);

    const of = async (event: AnyEvent, subject: string) =>
      (await waste.readAll(event)).filter((read) => read.subject === subject).at(-1);
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
    const recorded = (await waste.readAll(FixRecorded)).map(({ subject }) => subject);
    expect(recorded.filter((subject) => subject === simulated.truckId)).toEqual(left);
    await expect(admin(GetTruck, { params: { truckId: simulated.truckId } })).rejects.toMatchObject({
      kind: 'not-found',
    });
    await eventually(async () => {
      expect((await waste.report(simulatedDevice, fix)).status).toBe(400);
    });

    expect((await admin(GetTrack, { params: { truckId: real.truckId }, ...track })).features).toHaveLength(1);
    expect(await of(TruckMoved, real.truckId)).toMatchObject({ data: { truckId: real.truckId } });
    const { items } = await admin(ListSeenDevices, {});
    expect(items.map(({ deviceId }) => deviceId)).toContain(`${run}-found`);

    // the same exercise may be played again
    await eventually(() => simulator(RegisterTruck, { body: simulated }));
    await eventually(async () => {
      expect((await waste.report(simulatedDevice, fix)).status).toBe(200);
    });
    await eventually(async () => {
      const { features } = await admin(GetTrack, { params: { truckId: simulated.truckId }, ...track });
      expect(features).toHaveLength(1);
    });
  });
});
