import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { deadLetterTopic, openEventLog, topicOf, topicSettings, type EventLog } from '@siaga/bus';
import {
  createClient,
  DeviceCredentialsChanged,
  DeviceSeen,
  FixRecorded,
  IntakeCounted,
  ListSeenDevices,
  RegisterTruck,
  TruckMoved,
} from '@siaga/contracts';
import { newDeviceKey } from '@siaga/identity';
import { databaseOf } from '@siaga/store';
import {
  eventually,
  randomCities,
  startTestEngine,
  startTestProcess,
  type TestEngine,
  type TestProcess,
} from '@siaga/testing';
import { createConnection } from 'mongoose';

const main = path.resolve(import.meta.dirname, '../main.ts');
const key = newDeviceKey();
/** Enough of it to be worth something. */
const secret = key.slice('siaga_dk_'.length + 4, -4);
const [city = ''] = randomCities(1);
let engine: TestEngine;
let log: EventLog;
let waste: TestProcess;
let url: string;
let written = '';

beforeAll(async () => {
  engine = await startTestEngine();
  log = await openEventLog({ SIAGA_ENGINE: engine.logSocket });
  waste = startTestProcess(
    main,
    [],
    {
      ...{ MONGODB_URI: engine.mongoUri, SIAGA_ENGINE: engine.logSocket, KAFKA_BROKERS: '', SIAGA_SECRET: '' },
      ...{ SIAGA_CITY: city, PORT: '0', LOG_LEVEL: 'trace' },
    },
    (text) => (written += text),
  );
  ({
    ready: { url },
  } = (await waste.message()) as { ready: { url: string } });
}, 30_000);
afterAll(async () => {
  await waste.kill9();
  await log.close();
  await engine.close();
});

const place = 'lat=-7.747&lon=113.216';
const encoded = encodeURIComponent(key).replaceAll('_', '%5F');
const location = { _type: 'location', tst: Math.floor(Date.now() / 1000) - 60, lat: -7.747, lon: 113.216 };
const basic = `Basic ${Buffer.from(`budi:${key}`).toString('base64')}`;
const post = (door: string, body: unknown, authorization = '') =>
  fetch(`${url}/ingest/${door}`, {
    method: 'POST',
    headers: { authorization },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

/** Every way a device, or who sets it up, puts a key into a message, at the right place or a wrong one. */
const ways: readonly [name: string, send: () => Promise<Response>][] = [
  ['in the path', () => fetch(`${url}/ingest/osmand/${key}?id=in-path&${place}`)],
  ['as a parameter', () => fetch(`${url}/ingest/osmand?id=in-query&${place}&key=${key}`)],
  ['as a parameter, percent-encoded', () => fetch(`${url}/ingest/osmand?id=in-code&${place}&key=${encoded}`)],
  ['in a form', () => post('osmand', `id=in-form&${place}&key=${key}`)],
  ['in a field nobody reads', () => post('owntracks', { ...location, topic: 'in-field', password: key }, basic)],
  [
    'where the raw message is cut',
    () => fetch(`${url}/ingest/osmand?id=cut&x=${'x'.repeat(1950)}&key=${key}&${place}`),
  ],
  ['as the name of a field', () => post('traccar', { device: { uniqueId: 'as-name' }, [key]: 1 }, `Bearer ${key}`)],
  ['as the id', () => fetch(`${url}/ingest/osmand?id=${key}&${place}`)],
  ['as a part of the id', () => fetch(`${url}/ingest/osmand?id=${key.slice(0, -1)}&${place}`)],
  ['as the tid', () => post('owntracks', { ...location, tid: key })],
  ['in a body that is no JSON', () => post('traccar', `{"${key}`, `Bearer ${key}`)],
  ['at a door there is not', () => fetch(`${url}/ingest/mqtt/${key}`, { headers: { authorization: basic } })],
  ['at another method', () => fetch(`${url}/ingest/owntracks/${key}`, { method: 'PUT', body: key })],
  ['from a truck', () => fetch(`${url}/ingest/osmand/${key}?id=ON-TRUCK&${place}&key=${key}`)],
];

it('a key planted anywhere is found nowhere: not in logs, documents, events or dead letters', async () => {
  const call = createClient({ baseUrl: url });
  const devices = [{ protocol: 'osmand' as const, deviceId: 'ON-TRUCK' }];
  const truck = { truckId: 'T1', plate: 'N 1 RP', hullNumber: '1', kind: 'dump' as const, capacityKg: 4000, devices };
  await call(RegisterTruck, { body: truck });
  const statuses: Record<string, number> = {};
  for (const [name, send] of ways) statuses[name] = (await send()).status;
  expect(statuses).toMatchObject({ 'in the path': 400, 'as the id': 400, 'from a truck': 200 });

  // all that could be kept is kept
  await eventually(async () => {
    const { items } = await call(ListSeenDevices, {});
    const ids = items.map(({ deviceId }) => deviceId);
    expect(ids).toEqual(
      expect.arrayContaining(['in-path', 'in-query', 'in-code', 'in-form', 'in-field', 'cut', 'as-name']),
    );
    expect(items.find(({ deviceId }) => deviceId === 'in-query')?.lastRaw).toContain('key=•••');
  });
  const events = await everythingTold();
  expect(events).toContain('in-field');
  expect(events).toContain('ON-TRUCK');
  const documents = await everythingKept();
  expect(documents).toContain('ON-TRUCK');
  expect(written).toContain('waste listens');
  for (const kept of [events, documents, written]) expect(kept).not.toContain(secret);
});

/** Every event of the city that doors could cause, with headers, and every dead letter, as text. */
async function everythingTold(): Promise<string> {
  const causes = [FixRecorded, DeviceSeen, TruckMoved, IntakeCounted, DeviceCredentialsChanged];
  await log.ensure([...causes.map(({ stream }) => topicSettings(city, stream)), deadLetterTopic(city)]);
  const names = [...causes.map(({ stream }) => topicOf(city, stream)), deadLetterTopic(city).topic];
  const told: string[] = [];
  const following = await log.follow({
    topics: names.map((topic) => ({ topic, from: 'start' as const })),
    onBatch: ({ records }) => {
      for (const { key: of, value, headers } of records)
        told.push(of, value?.toString() ?? '', JSON.stringify(headers));
    },
  });
  await following.caughtUp;
  await following.close();
  return told.join('\n');
}

async function everythingKept(): Promise<string> {
  const connection = await createConnection(engine.mongoUri, { dbName: databaseOf(city) }).asPromise();
  try {
    const database = connection.db!;
    const collections = await database.listCollections().toArray();
    const documents = await Promise.all(collections.map(({ name }) => database.collection(name).find().toArray()));
    return JSON.stringify(documents);
  } finally {
    await connection.close();
  }
}
