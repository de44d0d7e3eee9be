import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeEvent, openEventLog, topicOf, type EventLog } from '@siaga/bus';
import {
  ClearWasteExercise,
  createClient,
  DeviceAssigned,
  DeviceSeen,
  Fault,
  GetTrack,
  IntakeCounted,
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

describe('an exercise that is cleared while its simulator goes on', () => {
  const startMs = Date.now() - 30 * minute;
  const names = ['61', '62', '63', '64'];

  it('leaves nothing', async () => {
    const fleet = names.map((name) => truck(name, [phone(name)]));
    for (const body of fleet) await simulator(RegisterTruck, { body });
    await admin(RegisterTruck, { body: truck('65', [phone('65')]) });
    let going = true;
    const drive = async (deviceId: string, headers: Record<string, string>) => {
      for (let second = 0; going; second++)
        await report(deviceId, `lat=-7.75&lon=113.2&timestamp=${String(startMs + second * 1000)}`, headers);
    };
    const headers = { authorization: `Bearer ${simulatorToken}` };
    const traffic = [...names.map((name) => phone(name).deviceId), `${run}-ghost`].map((id) => drive(id, headers));
    const plain = drive(phone('61').deviceId, {});
    const of = async (event: AnyEvent, subject: string) =>
      (await readAll(event)).filter((read) => read.subject === subject).at(-1);
    await eventually(async () => {
      for (const { truckId } of fleet) {
        expect(await of(TruckMoved, truckId)).toMatchObject({ data: { truckId } });
        expect(await of(IntakeCounted, truckId)).toMatchObject({ data: { truckId } });
      }
      expect(await of(DeviceSeen, `osmand:${run}-ghost`)).toMatchObject({ exercise: true, data: {} });
    });

    await admin(ClearWasteExercise, {});

    // a real truck and a real stranger that come last are told of last
    const last = `lat=-7.75&lon=113.2&timestamp=${String(Date.now() - minute)}`;
    await report(phone('65').deviceId, last);
    await report(`${run}-last`, last);
    await eventually(async () => {
      expect(await of(IntakeCounted, `${run}-65`)).toMatchObject({ data: { accepted: 1 } });
      expect(await of(DeviceSeen, `osmand:${run}-last`)).toMatchObject({ data: {} });
    });
    going = false;
    await Promise.all([...traffic, plain]);
    for (const [index, { truckId }] of fleet.entries()) {
      for (const event of [TruckMoved, TruckRegistered, IntakeCounted])
        expect((await of(event, truckId))?.data ?? null).toBeNull();
      const device = `osmand:${phone(names[index] ?? '').deviceId}`;
      for (const event of [DeviceAssigned, DeviceSeen]) expect((await of(event, device))?.data ?? null).toBeNull();
    }
    expect((await of(DeviceSeen, `osmand:${run}-ghost`))?.data ?? null).toBeNull();

    // neither history nor a marker: an older fix of the same truck is the first and the newest
    const { truckId } = truck('61');
    await simulator(RegisterTruck, { body: truck('61', [phone('61')]) });
    await eventually(async () => {
      const older = `lat=-7.75&lon=113.2&timestamp=${String(startMs - minute)}`;
      expect((await report(phone('61').deviceId, older)).status).toBe(200);
    });
    const query = { from: startMs - 2 * minute, to: startMs + 60 * minute };
    await eventually(async () => {
      expect(await of(TruckMoved, truckId)).toMatchObject({ data: { atMs: startMs - minute } });
      const { features } = await admin(GetTrack, { params: { truckId }, query });
      expect(features.map(({ properties }) => properties.atMs)).toEqual([startMs - minute]);
    });
    await admin(ClearWasteExercise, {});
  });
});
