import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { decodeEvent, openEventLog, topicOf, type EventLog } from '@siaga/bus';
import {
  ChangeDeviceCredentials,
  createClient,
  DeviceCredentialsChanged,
  deviceKey,
  Fault,
  IssueDeviceKey,
  ListDeviceCredentials,
  traccarServer,
  type Client,
  type DeviceRef,
} from '@siaga/contracts';
import { hashOfKey } from '@siaga/identity';
import { signToken, type Principal, type RunningService } from '@siaga/service';
import { eventually, randomCities, startTestEngine, type TestEngine } from '@siaga/testing';
import { databaseOf } from '@siaga/store';
import { createConnection } from 'mongoose';
import { IdentityConfig } from '../config.ts';
import { startIdentity } from '../identity-service.module.ts';

const secret = randomBytes(32).toString('hex');
const [city = ''] = randomCities(1);
const hour = 3_600_000;
let engine: TestEngine;
let log: EventLog;
let identity: RunningService;
let dlh: Client;
let dishub: Client;
let command: Client;
/** The newest word of each device. */
const said = new Map<string, DeviceCredentialsChanged>();

const tokenOf = (over: Partial<Principal>) =>
  signToken(
    {
      ...{ id: 'p1', kind: 'person', city, agencies: ['dlh'], roles: ['agency-admin'], exercise: false },
      ...over,
    },
    secret,
    '10m',
  );
const as = async (over: Partial<Principal>) => createClient({ baseUrl: identity.url, token: await tokenOf(over) });

beforeAll(async () => {
  engine = await startTestEngine();
  log = await openEventLog({ SIAGA_ENGINE: engine.logSocket });
  const config = IdentityConfig.parse({ MONGODB_URI: engine.mongoUri, SIAGA_CITY: city, SIAGA_SECRET: secret });
  identity = await startIdentity(config, await openEventLog({ SIAGA_ENGINE: engine.logSocket }));
  [dlh, dishub, command] = await Promise.all([
    as({}),
    as({ id: 'p2', agencies: ['dishub'] }),
    as({ id: 'p3', agencies: ['diskominfo'], roles: ['city-admin'] }),
  ]);
  await log.follow({
    topics: [{ topic: topicOf(city, DeviceCredentialsChanged.stream), from: 'start' }],
    onBatch: ({ records }) => {
      for (const record of records) {
        const event = decodeEvent(record, DeviceCredentialsChanged);
        if (!(event instanceof Fault) && event.data !== null) said.set(event.subject, event.data);
      }
    },
  });
});
afterAll(async () => {
  await identity.close();
  await log.close();
  await engine.close();
});

let made = 0;
const newPhone = (): DeviceRef => ({ protocol: 'osmand', deviceId: `phone/${String(++made)}` });
const keyOf = async (params: DeviceRef, caller = dlh) => (await caller(IssueDeviceKey, { params })).key;
/** Hashes that doors let in, newest first, as the log has them. */
const toldOf = (device: DeviceRef) => {
  const { keyHash, previous } = said.get(deviceKey(device)) ?? {};
  return [keyHash, previous?.keyHash];
};

it('a key is shown once, doors learn its hash, and the one before counts for a day', async () => {
  const phone = newPhone();
  const first = await dlh(IssueDeviceKey, { params: phone });
  expect(first.key).toMatch(/^siaga_dk_[\w-]{43}$/);
  expect(first.device).toMatchObject({ ...phone, hasKey: true, blocked: false, networks: [], version: 1 });
  expect(first.device).not.toHaveProperty('previousKeyUntilMs');
  const second = await dlh(IssueDeviceKey, { params: phone });
  expect(second.device.previousKeyUntilMs).toBe((second.device.keyIssuedAtMs ?? 0) + 24 * hour);
  await eventually(() => {
    expect(toldOf(phone)).toEqual([hashOfKey(second.key), hashOfKey(first.key)]);
  });
  const third = await keyOf(phone);
  await eventually(() => {
    expect(toldOf(phone)).toEqual([hashOfKey(third), hashOfKey(second.key)]);
  });
  const { items } = await dlh(ListDeviceCredentials, {});
  expect(items.find(({ deviceId }) => deviceId === phone.deviceId)).toMatchObject({ hasKey: true, version: 3 });
  expect(JSON.stringify(items)).not.toContain(hashOfKey(third));
});

it('of a blocked device no key is carried on: a key in wrong hands is got rid of at once', async () => {
  const phone = newPhone();
  const stolen = await keyOf(phone);
  await dlh(ChangeDeviceCredentials, { params: phone, body: { blocked: true } });
  const fresh = await keyOf(phone);
  const open = await dlh(ChangeDeviceCredentials, { params: phone, body: { blocked: false } });
  expect(open).toMatchObject({ hasKey: true, blocked: false, version: 4 });
  await eventually(() => {
    expect(said.get(deviceKey(phone))).toMatchObject({ version: 4, blocked: false });
    expect(toldOf(phone)).toEqual([hashOfKey(fresh), undefined]);
  });
  expect(stolen).not.toBe(fresh);
});

it('a key is kept nowhere in the database, not as the answer to a repeated press either', async () => {
  const phone = newPhone();

  const headers = { authorization: `Bearer ${await tokenOf({})}`, 'idempotency-key': 'the-same-press' };
  const path = `/api/identity/devices/osmand/${encodeURIComponent(phone.deviceId)}/key`;
  const keys: string[] = [];
  for (let pressed = 0; pressed < 2; pressed += 1) {
    const answer = await fetch(`${identity.url}${path}`, { method: 'POST', headers });
    expect(answer.status).toBe(200);
    keys.push(((await answer.json()) as { key: string }).key);
  }
  expect(new Set(keys).size).toBe(2);
  await eventually(() => {
    expect(toldOf(phone)).toEqual([hashOfKey(keys[1]!), hashOfKey(keys[0]!)]);
  });
  const kept = await everythingKept();
  expect(kept).toContain(hashOfKey(keys[1]!));
  for (const key of keys) expect(kept).not.toContain(key);
});

/** Every document of the city, as text. */
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

it('whoever said the first word of a device administers it, and the city; for others it is not there', async () => {
  const phone = newPhone();
  await keyOf(phone);
  await expect(keyOf(phone, dishub)).rejects.toMatchObject({ kind: 'not-found' });
  const body = { blocked: true };
  await expect(dishub(ChangeDeviceCredentials, { params: phone, body })).rejects.toMatchObject({ kind: 'not-found' });
  expect(await command(ChangeDeviceCredentials, { params: phone, body })).toMatchObject({ blocked: true });
  const listed = async (caller: Client) =>
    (await caller(ListDeviceCredentials, {})).items.some(({ deviceId }) => deviceId === phone.deviceId);
  expect([await listed(dlh), await listed(dishub), await listed(command)]).toEqual([true, false, true]);

  const ofTheCity = newPhone();
  await keyOf(ofTheCity, command);
  await expect(keyOf(ofTheCity)).rejects.toMatchObject({ kind: 'not-found' });
});

it('nobody below an administrator issues keys; a Traccar server’s, only the city’s', async () => {
  const supervisor = await as({ roles: ['supervisor', 'dispatcher'] });
  await expect(keyOf(newPhone(), supervisor)).rejects.toMatchObject({ kind: 'forbidden' });
  await expect(keyOf(traccarServer)).rejects.toMatchObject({ kind: 'forbidden' });
  expect(await keyOf(traccarServer, command)).toMatch(/^siaga_dk_/);
});

it('networks are kept as they were given, and what is no network is refused', async () => {
  const tracker: DeviceRef = { protocol: 'traccar', deviceId: '864717003283581' };
  const networks = ['10.20.0.0/16', '2001:db8::/32'];
  expect(await dlh(ChangeDeviceCredentials, { params: tracker, body: { networks } })).toMatchObject({
    ...{ networks, hasKey: false, blocked: false },
  });
  expect(await dlh(ChangeDeviceCredentials, { params: tracker, body: { blocked: true } })).toMatchObject({ networks });
  const wrong = dlh(ChangeDeviceCredentials, { params: tracker, body: { networks: ['10.20.0.0/99'] } });
  await expect(wrong).rejects.toMatchObject({ kind: 'invalid' });
});

it('many administrators at one device at once: every key was told once, and two count', async () => {
  const phone = newPhone();
  const keys = (await Promise.allSettled([1, 2, 3].map(() => keyOf(phone)))).flatMap((issued) =>
    issued.status === 'fulfilled' ? [hashOfKey(issued.value)] : [],
  );
  expect(keys).toHaveLength(3);
  await eventually(() => {
    expect(said.get(deviceKey(phone))).toMatchObject({ version: 3 });
  });
  const [newest, before] = toldOf(phone);
  expect(keys).toEqual(expect.arrayContaining([newest, before]));
  expect(newest).not.toBe(before);
});

it('the set-up names the city as the gateway reached it, or as it was asked', async () => {
  const authorization = `Bearer ${await tokenOf({})}`;
  const addressFor = async (headers: Record<string, string>) => {
    const path = `/api/identity/devices/osmand/${String(++made)}/key`;
    const answer = await fetch(`${identity.url}${path}`, { method: 'POST', headers: { authorization, ...headers } });
    const { setUp } = (await answer.json()) as { setUp: { text: string }[] };
    return new URL(setUp[0]?.text ?? '').origin;
  };
  const forwarded = {
    'x-forwarded-host': 'siaga.kota.go.id',
    'x-forwarded-proto': 'https',
    'x-forwarded-for': '8.8.8.8',
  };
  expect(await addressFor(forwarded)).toBe('https://siaga.kota.go.id');
  expect(await addressFor({})).toBe(identity.url);
});
