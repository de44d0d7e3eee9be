import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { decodeEvent, openEventLog, topicOf, type EventLog } from '@siaga/bus';
import {
  ActionAttempted,
  agencyDeviceKey,
  ChangeDeviceCredentials,
  createClient,
  DeviceCredentialsChanged,
  deviceSubject,
  Fault,
  GetDeviceCredentials,
  IssueDeviceKey,
  ListDeviceCredentials,
  traccarServer,
  type AgencyDevice,
  type Client,
  type InputOf,
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
/** All that was written down, as the log has it. */
let trail = '';

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
    topics: [DeviceCredentialsChanged, ActionAttempted].map(({ stream }) => ({
      ...{ topic: topicOf(city, stream), from: 'start' as const },
    })),
    onBatch: ({ records }) => {
      for (const record of records) {
        const event = decodeEvent(record);
        if (event instanceof Fault || event.data === null) continue;
        if (event.type === DeviceCredentialsChanged.name)
          said.set(event.subject, event.data as DeviceCredentialsChanged);
        else trail += `${record.value?.toString() ?? ''}\n`;
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
const newPhone = (): AgencyDevice => ({ agency: 'dlh', protocol: 'osmand', deviceId: `phone/${String(++made)}` });
const keyOf = async (params: AgencyDevice, caller = dlh) => (await caller(IssueDeviceKey, { params })).key;
const list = async (caller = dlh) => (await caller(ListDeviceCredentials, { query: {} })).items;
const get = (params: AgencyDevice, caller = dlh) => caller(GetDeviceCredentials, { params });
const change = (
  params: AgencyDevice,
  body: InputOf<typeof ChangeDeviceCredentials>['body'],
  { caller = dlh, press }: { caller?: Client; press?: string } = {},
) => caller(ChangeDeviceCredentials, { params, body }, press === undefined ? {} : { idempotencyKey: press });
/** Hashes that doors let in, newest first, as the log has them. */
const toldOf = (device: AgencyDevice) => {
  const { keyHash, previous } = said.get(agencyDeviceKey(device)) ?? {};
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
  const third = await dlh(IssueDeviceKey, { params: phone });
  await eventually(() => {
    expect(toldOf(phone)).toEqual([hashOfKey(third.key), hashOfKey(second.key)]);
  });
  const items = await list();
  expect(items.find(({ deviceId }) => deviceId === phone.deviceId)).toMatchObject({ hasKey: true, version: 3 });
  expect(await get(phone)).toEqual(third.device);
  expect(JSON.stringify([items, third.device])).not.toContain(hashOfKey(third.key));
});

it('of a blocked device no key is carried on: a key in wrong hands is got rid of at once', async () => {
  const phone = newPhone();
  const stolen = await keyOf(phone);
  await change(phone, { version: 1, blocked: true });
  const fresh = await keyOf(phone);
  const open = await change(phone, { version: 3, blocked: false });
  expect(open).toMatchObject({ hasKey: true, blocked: false, version: 4 });
  await eventually(() => {
    expect(said.get(agencyDeviceKey(phone))).toMatchObject({ version: 4, blocked: false });
    expect(toldOf(phone)).toEqual([hashOfKey(fresh), undefined]);
  });
  expect(stolen).not.toBe(fresh);
});

it('a key is kept nowhere in the database, not as the answer to a repeated press either', async () => {
  const phone = newPhone();

  const headers = { authorization: `Bearer ${await tokenOf({})}`, 'idempotency-key': 'the-same-press' };
  const path = `/api/identity/devices/dlh/osmand/${encodeURIComponent(phone.deviceId)}/key`;
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

it('what an agency says of a device is its own: another one says something else of the same id', async () => {
  const ours = newPhone();
  const theirs: AgencyDevice = { ...ours, agency: 'dishub' };
  const key = await keyOf(ours);
  await change(theirs, { version: 0, blocked: true }, { caller: dishub });
  await eventually(() => {
    expect(said.get(agencyDeviceKey(theirs))).toMatchObject({ agency: 'dishub', blocked: true, version: 1 });
  });
  expect(said.get(agencyDeviceKey(ours))).toMatchObject({ agency: 'dlh', blocked: false, keyHash: hashOfKey(key) });
  const listed = async (caller: Client) =>
    (await list(caller)).filter(({ deviceId }) => deviceId === ours.deviceId).map(({ agency }) => agency);
  expect([await listed(dlh), await listed(dishub)]).toEqual([['dlh'], ['dishub']]);
  expect(await listed(command)).toEqual(['dishub', 'dlh']);
});

it('for another agency’s administrator a device there is and one there is not are the same; the city’s acts for any', async () => {
  const there = newPhone();
  await keyOf(there);
  const nowhere = newPhone();
  const told = (of: Promise<unknown>) =>
    of.then(
      () => 'done',
      (error: unknown) => (error instanceof Fault ? [error.kind, error.message] : error),
    );
  const unknown = await told(get(nowhere));
  expect(unknown).toEqual(['not-found', expect.any(String)]);
  for (const device of [there, nowhere]) {
    expect(await told(get(device, dishub))).toEqual(unknown);
    expect(await told(keyOf(device, dishub))).toEqual(unknown);
    for (const version of [0, 1])
      for (const body of [{ blocked: true }, { networks: [] }])
        expect(await told(change(device, { version, ...body }, { caller: dishub }))).toEqual(unknown);
  }
  expect(await get(there)).toMatchObject({ version: 1, blocked: false });
  await expect(get(nowhere)).rejects.toMatchObject({ kind: 'not-found' });

  expect(await get(there, command)).toMatchObject({ version: 1 });
  expect(await change(there, { version: 1, blocked: true }, { caller: command })).toMatchObject({ blocked: true });
  const ofBoth = await as({ id: 'p4', agencies: ['dlh', 'dishub'] });
  expect(await get(there, ofBoth)).toMatchObject({ agency: 'dlh', version: 2 });
});

it('nobody below an administrator issues keys; a Traccar server has one of its own for each agency', async () => {
  const supervisor = await as({ roles: ['supervisor', 'dispatcher'] });
  await expect(keyOf(newPhone(), supervisor)).rejects.toMatchObject({ kind: 'forbidden' });
  const ofDlh: AgencyDevice = { ...traccarServer, agency: 'dlh' };
  await expect(keyOf(ofDlh, dishub)).rejects.toMatchObject({ kind: 'not-found' });
  const keys = [await keyOf(ofDlh), await keyOf({ ...ofDlh, agency: 'dishub' }, dishub)];
  await eventually(() => {
    expect([toldOf(ofDlh)[0], toldOf({ ...ofDlh, agency: 'dishub' })[0]]).toEqual(keys.map(hashOfKey));
  });
});

it('a device changes only as it was read; a block waits for nobody, and a repeated press is one', async () => {
  const phone = newPhone();
  const networks = ['10.20.0.0/16'];
  await expect(change(phone, { version: 7, networks })).rejects.toMatchObject({ kind: 'not-found' });
  const first = await change(phone, { version: 0, networks }, { press: 'first-word' });
  expect(first).toMatchObject({ version: 1, networks });
  expect(await change(phone, { version: 0, networks }, { press: 'first-word' })).toEqual(first);
  for (const version of [0, 2])
    await expect(change(phone, { version, networks: [] })).rejects.toMatchObject({ kind: 'conflict' });
  await expect(change(phone, { version: 0, blocked: true, networks: [] })).rejects.toMatchObject({ kind: 'conflict' });
  expect(await change(phone, { version: 0, blocked: true })).toMatchObject({ version: 2, blocked: true, networks });
  await expect(change(phone, { version: 1, blocked: false })).rejects.toMatchObject({ kind: 'conflict' });
  expect(await change(phone, { version: 2, blocked: false })).toMatchObject({ version: 3, blocked: false });
});

it('the list comes in pages and finds a device by a part of its name', async () => {
  const about = (deviceId: string): AgencyDevice => ({ agency: 'bpbd', protocol: 'traccar', deviceId });
  const bpbd = await as({ id: 'p5', agencies: ['bpbd'] });
  for (const deviceId of ['b', 'c', 'a'])
    await change(about(deviceId), { version: 0, blocked: true }, { caller: bpbd });
  const seen: string[] = [];
  for (let after: string | undefined; ;) {
    const query = { limit: 2, ...(after === undefined ? {} : { after }) };
    const page = await bpbd(ListDeviceCredentials, { query });
    seen.push(...page.items.map(({ deviceId }) => deviceId));
    after = page.next;
    if (after === undefined) break;
  }
  expect(seen).toEqual(['a', 'b', 'c']);
  const { items } = await bpbd(ListDeviceCredentials, { query: { q: 'CAR:B' } });
  expect(items.map(({ deviceId }) => deviceId)).toEqual(['b']);
});

it('the audit trail names a device by a pseudonym that whoever knows its id can make, and nobody else', async () => {
  const imei = `8647170${String(Date.now()).slice(-8)}`;
  const tracker: AgencyDevice = { agency: 'dlh', protocol: 'traccar', deviceId: imei };
  await keyOf(tracker);
  await change(tracker, { version: 1, blocked: true });
  const subject = deviceSubject(city, tracker);
  expect(subject).toMatch(/^device:[\w-]{16}$/);
  await eventually(() => {
    expect(trail.split('\n').filter((line) => line.includes(`"${subject}"`))).toHaveLength(2);
  });
  expect(trail).not.toContain(imei);
  const others = [
    { ...tracker, agency: 'dishub' as const },
    { ...tracker, protocol: 'osmand' as const },
  ];
  const names = [deviceSubject('0000', tracker), ...others.map((other) => deviceSubject(city, other)), subject];
  expect(new Set(names).size).toBe(names.length);
});

it('networks are kept as they were given, and what is no network is refused', async () => {
  const tracker: AgencyDevice = { agency: 'dlh', protocol: 'traccar', deviceId: '864717003283581' };
  const networks = ['10.20.0.0/16', '2001:db8::/32'];
  expect(await change(tracker, { version: 0, networks })).toMatchObject({
    ...{ networks, hasKey: false, blocked: false },
  });
  expect(await change(tracker, { version: 1, blocked: true })).toMatchObject({ networks });
  const wrong = change(tracker, { version: 2, networks: ['10.20.0.0/99'] });
  await expect(wrong).rejects.toMatchObject({ kind: 'invalid' });
});

it('many administrators at one device at once: every key was told once, and two count', async () => {
  const phone = newPhone();
  const keys = (await Promise.allSettled([1, 2, 3].map(() => keyOf(phone)))).flatMap((issued) =>
    issued.status === 'fulfilled' ? [hashOfKey(issued.value)] : [],
  );
  expect(keys).toHaveLength(3);
  await eventually(() => {
    expect(said.get(agencyDeviceKey(phone))).toMatchObject({ version: 3 });
  });
  const [newest, before] = toldOf(phone);
  expect(keys).toEqual(expect.arrayContaining([newest, before]));
  expect(newest).not.toBe(before);
});

it('the set-up names the city as the gateway reached it, or as it was asked', async () => {
  const authorization = `Bearer ${await tokenOf({})}`;
  const addressFor = async (headers: Record<string, string>) => {
    const path = `/api/identity/devices/dlh/osmand/${String(++made)}/key`;
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
