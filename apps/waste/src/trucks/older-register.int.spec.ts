import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { AdoptDevice, DeviceAssigned, GetTruck, ListTrucks, TruckRegistered, type Client } from '@siaga/contracts';
import { topicSettings, type EventLog } from '@siaga/bus';
import { serviceContext, withContext } from '@siaga/service';
import { defineCollection, Documents, emission, retraction, stateOf, trusted, type Store } from '@siaga/store';
import { eventually, randomCities } from '@siaga/testing';
import { startTestWaste, type TestWaste } from '../waste.harness.ts';

/** The register as releases before it had documents for devices kept it: schema version 1. */
interface OldTruck {
  plate: string;
  hullNumber: string;
  kind: 'dump';
  capacityKg: number;
  deviceKeys?: string[];
  exercise: boolean;
  createdAtMs: number;
  changedAtMs: number;
}
const oldTrucks = defineCollection<OldTruck>({
  name: 'waste_trucks',
  fields: {
    ...{ plate: String, hullNumber: String, kind: String, capacityKg: Number, exercise: Boolean },
    ...{ createdAtMs: Number, changedAtMs: Number },
    deviceKeys: { type: [String], default: undefined },
  },
  indexes: [{ name: 'device', fields: { deviceKeys: 1 }, unique: true, sparse: true }],
  state: stateOf(TruckRegistered, ({ _id, version, plate, hullNumber, kind, capacityKg, ...rest }) => {
    const { exercise, createdAtMs, changedAtMs } = rest;
    return { truckId: _id, plate, hullNumber, kind, capacityKg, version, exercise, createdAtMs, changedAtMs };
  }),
});

const [city = ''] = randomCities(1);
/** Its clock was an hour ahead when the truck D got its device. */
const aheadMs = Date.now() + 3_600_000;
let waste: TestWaste;
let admin: Client;

beforeAll(async () => {
  waste = await startTestWaste(city, leaveOldRegister);
  admin = await waste.as({});
});
afterAll(() => waste.close());

const phone = (deviceId: string) => ({ protocol: 'osmand' as const, deviceId });
const on = (truckId: string, deviceId: string, version: number, exercise = false) =>
  emission(DeviceAssigned, { ...phone(deviceId), truckId, exercise, version });

/** Two trucks told of before the end; then a device goes from A to B and a truck leaves, and nobody is told any more. */
async function leaveOldRegister({ mongoUri, log }: { mongoUri: string; log: EventLog }): Promise<void> {
  await log.ensure([TruckRegistered, DeviceAssigned].map(({ stream }) => topicSettings(city, stream)));
  const release = async (run: (store: Store) => Promise<unknown>, told: boolean) => {
    const documents = new Documents({ app: 'waste', cities: [city], collections: [oldTrucks], uri: mongoUri }, log);
    await documents.open();
    await withContext(serviceContext(city), () => run(documents.store));
    if (told) {
      documents.start();
      await eventually(async () => {
        const unsent = await withContext(serviceContext(city), () =>
          documents.store.of(oldTrucks).countDocuments({ outboxAtMs: trusted({ $gt: 0 }) } as never),
        );
        expect(unsent).toBe(0);
      });
    }
    await documents.close();
  };
  const truck = (deviceKeys: string[], changedAtMs = 1000) => ({
    ...{ plate: 'N 1 RP', hullNumber: '1', kind: 'dump' as const, capacityKg: 4000, exercise: false },
    ...{ createdAtMs: 1000, changedAtMs },
    ...(deviceKeys.length === 0 ? {} : { deviceKeys }),
  });
  await release(async (store) => {
    const keep = (_id: string, deviceIds: string[], document = truck(deviceIds.map((id) => `osmand:${id}`))) =>
      store.create(
        oldTrucks,
        { _id, ...document },
        { events: deviceIds.map((id) => on(_id, id, document.changedAtMs)) },
      );
    await keep('A', ['a1', 'moved']);
    await keep('B', []);
    await keep('C', ['c1']);
    await keep('D', ['d1'], truck(['osmand:d1'], aheadMs));
    await store.create(
      oldTrucks,
      { _id: 'E', ...truck(['osmand:e1']), exercise: true },
      { events: [on('E', 'e1', 1000, true)] },
    );
  }, true);
  await release(async (store) => {
    const moved = { changedAtMs: 2000 };
    await store.change(oldTrucks, {
      where: { _id: 'A' },
      change: { $set: { deviceKeys: ['osmand:a1'], ...moved } },
      events: [retraction(DeviceAssigned, 'osmand:moved')],
    });
    await store.change(oldTrucks, {
      where: { _id: 'B' },
      change: { $set: { deviceKeys: ['osmand:moved'], ...moved } },
      events: [on('B', 'moved', 2000)],
    });
    await store.remove(oldTrucks, { _id: 'C' }, [retraction(DeviceAssigned, 'osmand:c1')]);
  }, false);
}

/** The last word on every device. */
async function believed(): Promise<Record<string, unknown>> {
  const events = await waste.readAll(DeviceAssigned);
  return Object.fromEntries(events.map(({ subject, data }) => [subject, (data as DeviceAssigned | null)?.truckId]));
}

it('goes on with the devices its trucks had, for the doors, for screens and for who listens only now', async () => {
  const { items } = await admin(ListTrucks, { query: {} });
  expect(items.map(({ truckId, devices }) => [truckId, devices.map(({ deviceId }) => deviceId)])).toEqual([
    ['A', ['a1']],
    ['B', ['moved']],
    ['D', ['d1']],
    ['E', ['e1']],
  ]);
  await eventually(async () => {
    expect(await believed()).toEqual({
      'osmand:a1': 'A',
      'osmand:moved': 'B',
      'osmand:c1': undefined,
      'osmand:d1': 'D',
      'osmand:e1': 'E',
    });
  });
  const last = async (subject: string) =>
    (await waste.readAll(DeviceAssigned)).findLast((said) => said.subject === subject);
  await eventually(async () => {
    // not older than what the log has: a table would go on with the old word
    expect(await last('osmand:d1')).toMatchObject({ id: 'osmand:d1#1', exercise: false, data: { version: aheadMs } });
    expect(await last('osmand:e1')).toMatchObject({ id: 'osmand:e1#1', exercise: true, data: { exercise: true } });
  });
  const place = `lat=-7.75&lon=113.2&timestamp=${String(Date.now())}`;
  const statuses = await Promise.all(['a1', 'moved', 'd1', 'e1'].map((id) => waste.report(id, place)));
  expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect((await waste.report('c1', place)).status).toBe(400);
});

it('knows whose a device is, and its trucks change as any other', async () => {
  const onto = (truckId: string, deviceId: string) =>
    admin(AdoptDevice, { params: { truckId }, body: phone(deviceId) });
  await expect(onto('D', 'moved')).rejects.toMatchObject({
    kind: 'conflict',
    message: expect.stringMatching(/osmand:moved .*B/),
  });
  expect((await onto('D', 'c1')).devices).toEqual([phone('c1'), phone('d1')]);
  await expect(admin(GetTruck, { params: { truckId: 'C' } })).rejects.toMatchObject({ kind: 'not-found' });
});
