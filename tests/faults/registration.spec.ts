import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeEvent, openEventLog, topicOf, type EventLog } from '@siaga/bus';
import { createClient, DeviceAssigned, Fault, GetTruck, RegisterTruck, TruckRegistered } from '@siaga/contracts';
import {
  eventually,
  randomCities,
  startEngineProcess,
  startFaultProxy,
  startTestProcess,
  type EngineProcess,
  type FaultProxy,
  type TestProcess,
} from '@siaga/testing';
import { atMoment, type DocumentCommand } from './ledger/document-moments.ts';
import { within } from './ledger/within.ts';

/** A registration with devices is several documents: waste dies between any two of them. */
const moments: readonly { name: string; when: 'sent' | 'answered'; at: DocumentCommand }[] = [
  {
    name: 'the truck is stored and none of its devices',
    when: 'answered',
    at: { command: 'insert', collection: 'waste_trucks' },
  },
  {
    name: 'the first device is stored and not the second',
    when: 'answered',
    at: { command: 'insert', collection: 'waste_devices' },
  },
  {
    name: 'all are stored and the plan is not crossed off',
    when: 'sent',
    at: { command: 'update', collection: 'waste_trucks', holding: 'plan.id' },
  },
];

/** Before and after the registration itself: its Idempotency-Key is noted first, and its answer last. */
const pressMoments: typeof moments = [
  {
    name: 'the press is noted and nothing is done',
    when: 'answered',
    at: { command: 'insert', collection: 'presses' },
  },
  {
    name: 'all is done and the answer not kept',
    when: 'sent',
    at: { command: 'findAndModify', collection: 'presses' },
  },
];

/** Ten seconds until the lease of the one that died runs out, and a sweep. README of waste: it says so. */
const FINISHED_WITHIN_MS = 15_000;

const main = path.resolve(import.meta.dirname, '../../apps/waste/src/main.ts');
let engine: EngineProcess;
let proxy: FaultProxy;
let log: EventLog;
let city: string;
let waste: TestProcess;
let url: string;

beforeAll(async () => {
  engine = await startEngineProcess();
  const socketPath = decodeURIComponent(engine.mongoUri.replace('mongodb://', ''));
  proxy = await startFaultProxy({ target: { socketPath }, listen: { port: 0 } });
  log = await openEventLog({ SIAGA_ENGINE: engine.logSocket });
}, 60_000);
afterAll(async () => {
  await log.close();
  await proxy.close();
  await engine.stop();
});
beforeEach(async () => {
  [city = ''] = randomCities(1);
  await start();
});
afterEach(() => waste.kill9());

async function start(): Promise<void> {
  waste = startTestProcess(main, [], {
    ...{ MONGODB_URI: `mongodb://${proxy.address}`, SIAGA_ENGINE: engine.logSocket },
    ...{ KAFKA_BROKERS: '', SIAGA_SECRET: '', SIAGA_CITY: city, PORT: '0' },
  });
  ({
    ready: { url },
  } = (await waste.message()) as { ready: { url: string } });
}

const phone = (deviceId: string) => ({ protocol: 'osmand' as const, deviceId });
const phones = ['p1', 'p2', 'p3'].map(phone);
const truck = (truckId: string, devices = phones) => ({
  ...{ truckId, plate: 'N 1 RP', hullNumber: '1', kind: 'dump' as const, capacityKg: 4000 },
  devices,
});
const register = (body = truck('T1'), idempotencyKey = 'press-1') =>
  createClient({ baseUrl: url })(RegisterTruck, { body }, { idempotencyKey });
const get = (truckId: string) => createClient({ baseUrl: url })(GetTruck, { params: { truckId } });

/** Presses once, and waste is gone before it can answer. */
async function dieWhileRegistering({ when, at }: Omit<(typeof moments)[number], 'name'>): Promise<void> {
  const strike = () => {
    waste.child.kill('SIGKILL');
    proxy.cut(); // what was on its way does not arrive
  };
  const struck = within(30_000, 'the moment', atMoment(proxy, at, { when, strike }));
  await expect(register()).rejects.toMatchObject({ kind: 'unavailable' });
  await struck;
  await waste.kill9();
}

/** Everything said of trucks and devices: which key, which document version. */
async function said(): Promise<{ subject: string; id: string; data: unknown }[]> {
  const events: { subject: string; id: string; data: unknown }[] = [];
  const topics = [DeviceAssigned, TruckRegistered].map(({ stream }) => topicOf(city, stream));
  const following = await log.follow({
    topics: topics.map((topic) => ({ topic, from: 'start' as const })),
    onBatch: ({ records }) => {
      for (const record of records) {
        const event = decodeEvent(record);
        if (!(event instanceof Fault)) events.push(event);
      }
    },
  });
  await following.caughtUp;
  await following.close();
  return events;
}

/** The truck is there once with all its devices, each told of once, whichever way it came about. */
async function expectWhole(): Promise<void> {
  expect(await get('T1')).toMatchObject({ version: 1, devices: phones });
  await eventually(async () => {
    const events = await said();
    for (const { deviceId } of phones)
      expect(events.filter(({ subject }) => subject === `osmand:${deviceId}`).at(-1)).toMatchObject({
        data: { truckId: 'T1' },
      });
    expect(events.filter(({ subject }) => subject === 'T1').at(-1)).toMatchObject({ data: { version: 1 } });
    expect(new Set(events.map(({ subject, id }) => `${subject} ${id}`)).size).toBe(phones.length + 1);
  }, FINISHED_WITHIN_MS);
}

describe.each(moments)('waste killed when $name', ({ when, at }) => {
  it('registers the whole truck once when the press is repeated', async () => {
    await dieWhileRegistering({ when, at });
    await start();
    const answered = await register();
    expect(answered).toMatchObject({ truckId: 'T1', version: 1, devices: phones });
    expect(await register()).toEqual(answered);
    await expectWhole();
  }, 90_000);

  it('registers the whole truck although nobody repeats it', async () => {
    await dieWhileRegistering({ when, at });
    await start();
    await eventually(async () => {
      expect(await get('T1')).toMatchObject({ devices: phones });
    }, FINISHED_WITHIN_MS);
    await expectWhole();
  }, 90_000);
});

it.each(pressMoments)(
  'a press is still the same press when waste is killed when $name',
  async ({ when, at }) => {
    await dieWhileRegistering({ when, at });
    await start();
    await expect(register(truck('T9', []))).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('was used for another command'),
    });
    await expect(get('T9')).rejects.toMatchObject({ kind: 'not-found' });
    const answered = await register();
    expect(await register()).toEqual(answered);
    await expectWhole();
  },
  90_000,
);

it('a registration that died without its devices did not happen when another truck took one of them', async () => {
  await dieWhileRegistering(moments[0]!);
  await start();
  await register(truck('T2', [phone('p2')]), 'press-2');
  await eventually(async () => {
    await expect(get('T1')).rejects.toMatchObject({ kind: 'not-found' });
  }, FINISHED_WITHIN_MS);
  expect(await get('T2')).toMatchObject({ devices: [phone('p2')] });
  await register(truck('T3', [phone('p1'), phone('p3')]), 'press-3');
  await expect(register()).rejects.toMatchObject({
    kind: 'conflict',
    message: expect.stringMatching(/osmand:p1 .*T3/),
  });
}, 90_000);
