import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeEvent, topicOf } from '@siaga/bus';
import {
  agencyDeviceKey,
  DeviceCredentialsChanged,
  deviceKey,
  GetTrack,
  IntakeCounted,
  ListSeenDevices,
  RegisterTruck,
  traccarServer,
  type Client,
  type DeviceRef,
  type Problem,
} from '@siaga/contracts';
import { hashOfKey, newDeviceKey } from '@siaga/identity';
import { metrics, type RunningService } from '@siaga/service';
import { eventually, randomCities } from '@siaga/testing';
import { startTestWaste, type TestWaste } from '../waste.harness.ts';

const day = 86_400_000;
const [city = ''] = randomCities(1);
let waste: TestWaste;
let second: RunningService;
let call: Client;

beforeAll(async () => {
  waste = await startTestWaste(city);
  second = await waste.another();
  call = await waste.as({});
});
afterAll(async () => {
  await second.close();
  await waste.close();
});

let version = 0;
/** What the identity service says of a device. */
async function say(
  device: DeviceRef,
  over: Partial<Pick<DeviceCredentialsChanged, 'agency' | 'keyHash' | 'previous' | 'networks' | 'blocked'>>,
) {
  version += 1;
  const whose = { ...device, agency: over.agency ?? ('dlh' as const) };
  const said = { ...whose, key: agencyDeviceKey(whose), networks: [], blocked: false, version, ...over };
  const event = encodeEvent(DeviceCredentialsChanged, said, { city, source: 'test', exercise: false });
  await waste.log.append(topicOf(city, DeviceCredentialsChanged.stream), [event]);
}

let registered = 0;
/** A device on a truck of its own. */
async function deviceOnTruck(protocol: DeviceRef['protocol']) {
  const truckId = `PROVEN-${String(++registered)}`;
  const device = { protocol, deviceId: `${protocol}${String(registered)}` };
  await call(RegisterTruck, {
    body: { truckId, plate: truckId, hullNumber: '07', kind: 'dump', capacityKg: 4000, devices: [device] },
  });
  return { truckId, device };
}

/** What a protocol's door tells a device nobody knows, and so one it does not believe. */
const unknown: Readonly<Record<string, number>> = { osmand: 400, owntracks: 400, traccar: 404 };

/** A key that from now on is needed, at both processes. */
async function keyed(device: DeviceRef): Promise<string> {
  const key = newDeviceKey();
  await say(device, { keyHash: hashOfKey(key) });
  for (const url of [waste.url, second.url])
    await eventually(async () => {
      expect((await report(device, { url, place: {} })).status).toBe(unknown[device.protocol]);
    });
  return key;
}

let reports = 0;
const somewhere = { lat: -7.747, lng: 113.216 };
/** A second after the one before, an hour ago. */
const nextMs = () => Date.now() - 3_600_000 + ++reports * 1000;

interface Sending {
  url?: string;
  /** Behind the door's name. */
  path?: string;
  headers?: Record<string, string>;
  /** Nowhere: a report that is heard and leaves nothing. */
  place?: { lat?: number; lng?: number };
}

/** One position in the words of the device's protocol. */
function report(
  device: DeviceRef,
  { url = waste.url, path = '', headers = {}, place = somewhere }: Sending = {},
): Promise<Response> {
  const door = `${url}/ingest/${device.protocol}${path}`;
  const atMs = nextMs();
  if (device.protocol === 'osmand') {
    const where = place.lat === undefined ? {} : { lat: `${place.lat}`, lon: `${place.lng}` };
    const query = new URLSearchParams({ id: device.deviceId, timestamp: `${atMs}`, ...where });
    return fetch(`${door}${path.includes('?') ? '&' : '?'}${query.toString()}`, { headers });
  }
  const body =
    device.protocol === 'owntracks'
      ? { _type: 'location', topic: device.deviceId, tst: atMs / 1000, lat: place.lat, lon: place.lng }
      : forwarded(device.deviceId, place);
  return fetch(door, { method: 'POST', headers, body: JSON.stringify(body) });
}

function forwarded(uniqueId: string, { lat, lng }: Sending['place'] = somewhere) {
  const fixTime = new Date(nextMs()).toISOString();
  return { position: { fixTime, latitude: lat, longitude: lng }, device: { uniqueId } };
}

const trackOf = async (truckId: string) => {
  const query = { from: Date.now() - day, to: Date.now() };
  return (await call(GetTrack, { params: { truckId }, query })).features;
};

const basic = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

const disbelieved = async (protocol: string, reason: string) => {
  const { values = [] } = (await metrics.getSingleMetric('siaga_devices_disbelieved_total')?.get()) ?? {};
  return values.find(({ labels }) => labels['protocol'] === protocol && labels['reason'] === reason)?.value ?? 0;
};

describe('a device with a key', () => {
  it.each<[string, DeviceRef['protocol'], (key: string) => Sending]>([
    ['Traccar Client: in the path it keeps', 'osmand', (key) => ({ path: `/${key}` })],
    ['Traccar Client that adds a slash', 'osmand', (key) => ({ path: `/${key}/` })],
    ['OsmAnd: as a parameter', 'osmand', (key) => ({ path: `?key=${key}` })],
    ['OsmAnd: as a bearer token', 'osmand', (key) => ({ headers: bearer(key) })],
    ['OwnTracks: as the password', 'owntracks', (key) => ({ headers: basic('budi', key) })],
    ['Traccar: as forward.header', 'traccar', (key) => ({ headers: bearer(key) })],
    ['Traccar: in forward.url', 'traccar', (key) => ({ path: `/${key}` })],
  ])('is heard with it alone. %s', async (_, protocol, carrying) => {
    const { truckId, device } = await deviceOnTruck(protocol);
    const key = await keyed(device);
    const wrong = await report(device, carrying(newDeviceKey()));
    const none = await report(device);
    expect([wrong.status, none.status]).toEqual([unknown[protocol], unknown[protocol]]);
    expect(await wrong.text()).toBe(await none.text());
    expect((await report(device, carrying(key))).status).toBe(200);
    await eventually(async () => {
      expect(await trackOf(truckId)).toHaveLength(1);
    });
  });

  it('another device’s key is none', async () => {
    const [{ device }, other] = [await deviceOnTruck('osmand'), await deviceOnTruck('osmand')];
    await keyed(device);
    const othersKey = await keyed(other.device);
    expect((await report(device, { headers: bearer(othersKey) })).status).toBe(400);
    expect((await report(other.device, { headers: bearer(othersKey) })).status).toBe(200);
  });

  it('is heard with the key before, until its time is over', async () => {
    const { device } = await deviceOnTruck('osmand');
    const before = await keyed(device);
    const now = newDeviceKey();
    const previous = (untilMs: number) => ({
      keyHash: hashOfKey(now),
      previous: { keyHash: hashOfKey(before), untilMs },
    });
    await say(device, previous(Date.now() + day));
    await eventually(async () => {
      expect((await report(device, { headers: bearer(now) })).status).toBe(200);
    });
    expect((await report(device, { headers: bearer(before) })).status).toBe(200);
    await say(device, previous(Date.now() - 1));
    await eventually(async () => {
      expect((await report(device, { headers: bearer(before) })).status).toBe(400);
    });
    expect((await report(device, { headers: bearer(now) })).status).toBe(200);
  });

  it('is blocked at every process within five seconds, and let in again', async () => {
    const { device } = await deviceOnTruck('osmand');
    const key = await keyed(device);
    const statuses = () =>
      Promise.all(
        [waste.url, second.url].map(async (url) => (await report(device, { url, headers: bearer(key) })).status),
      );
    expect(await statuses()).toEqual([200, 200]);
    const saidMs = performance.now();
    await say(device, { keyHash: hashOfKey(key), blocked: true });
    await eventually(async () => {
      expect(await statuses()).toEqual([400, 400]);
    });
    expect(performance.now() - saidMs).toBeLessThan(5000);
    await say(device, { keyHash: hashOfKey(key) });
    await eventually(async () => {
      expect(await statuses()).toEqual([200, 200]);
    });
  });
});

const wrongKey = newDeviceKey();
const inJson = { latitude: somewhere.lat, longitude: somewhere.lng };
/** Rides on a truck and needs no key. */
let onTruck = '';

const post = (protocol: DeviceRef['protocol'], body: unknown) =>
  fetch(`${waste.url}/ingest/${protocol}`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  });

/** All there is to an answer, but for what is new each time. */
async function outsideOf(answer: Response) {
  const ofThisAnswer = ['date', 'content-length', 'x-correlation-id'];
  const headers = [...answer.headers].filter(([name]) => !ofThisAnswer.includes(name));
  const text = (await answer.text()).replace(/"correlation":"[^"]*"/, '');
  return { status: answer.status, headers, text };
}

describe('what is refused', () => {
  it.each<[string, DeviceRef['protocol'], (deviceId: string) => Promise<Response>]>([
    ['parameters', 'osmand', (deviceId) => report({ protocol: 'osmand', deviceId })],
    ['without a position', 'osmand', (deviceId) => report({ protocol: 'osmand', deviceId }, { place: {} })],
    ['with a wrong key', 'osmand', (deviceId) => report({ protocol: 'osmand', deviceId }, { path: `/${wrongKey}` })],
    ['JSON', 'osmand', (deviceId) => post('osmand', { device_id: deviceId, location: { coords: inJson } })],
    ['JSON nobody can read', 'osmand', (deviceId) => post('osmand', { device_id: deviceId, location: 7 })],
    ['OwnTracks', 'owntracks', (deviceId) => report({ protocol: 'owntracks', deviceId })],
    ['Traccar', 'traccar', (deviceId) => report({ protocol: 'traccar', deviceId })],
    [
      'one of many, twice',
      'traccar',
      (deviceId) =>
        post(
          'traccar',
          [deviceId, onTruck, 'a-stranger', deviceId].map((id) => forwarded(id)),
        ),
    ],
  ])('sounds from outside like what nobody knows: %s', async (_, protocol, send) => {
    onTruck = (await deviceOnTruck('traccar')).device.deviceId;
    const { device } = await deviceOnTruck(protocol);
    await keyed(device);
    const stranger = `not-${device.deviceId}`;
    const [refused, nobodys] = [await outsideOf(await send(device.deviceId)), await outsideOf(await send(stranger))];
    expect(refused.text).toContain(`${deviceKey(device)} belum terdaftar`);
    expect({ ...refused, text: refused.text.replaceAll(device.deviceId, stranger) }).toEqual(nobodys);
  });

  it('is counted by its reason and leaves nothing else: no position, no stranger to adopt', async () => {
    const { truckId, device } = await deviceOnTruck('owntracks');
    const nobodys: DeviceRef = { protocol: 'owntracks', deviceId: 'nobodys' };
    const key = newDeviceKey();
    await say(nobodys, { keyHash: hashOfKey(key) });
    // of one log: who has heard of the later one has heard of both
    await keyed(device);
    const counted = await disbelieved('owntracks', 'wrong-key');
    expect((await report(device, { headers: basic('x', newDeviceKey()) })).status).toBe(400);
    expect((await report(nobodys, { headers: basic('x', newDeviceKey()) })).status).toBe(400);
    expect(await disbelieved('owntracks', 'wrong-key')).toBe(counted + 2);
    const strangers = async () => (await call(ListSeenDevices, {})).items.map(deviceKey);
    // told of after both of the above
    const other: DeviceRef = { protocol: 'owntracks', deviceId: 'a-stranger' };
    expect((await report(other)).status).toBe(400);
    await eventually(async () => {
      expect(await strangers()).toContain(deviceKey(other));
    });
    expect(await strangers()).not.toContain(deviceKey(nobodys));
    expect(await trackOf(truckId)).toEqual([]);
    await eventually(async () => {
      // the other process tells of what it refused before in its own second: the last one is this one's
      expect((await report(device, { headers: basic('x', newDeviceKey()) })).status).toBe(400);
      const today = (await waste.readAll(IntakeCounted)).findLast(({ subject }) => subject === truckId);
      expect(today?.data).toMatchObject({
        ...{ accepted: 0, refused: { unproven: expect.any(Number) } },
        lastRefusal: { reason: 'unproven', detail: 'kunci salah' },
      });
    });

    expect((await report(nobodys, { headers: basic('x', key) })).status).toBe(400);
    await eventually(async () => {
      expect(await strangers()).toContain(deviceKey(nobodys));
    });
  });

  it('a flood of wrong keys is turned away like one of strangers, and costs the device none of its turns', async () => {
    const { device } = await deviceOnTruck('osmand');
    const key = await keyed(device);
    const flooding = { 'x-forwarded-for': '203.0.113.9' };
    const statuses = [];
    for (let sent = 0; sent < 620; sent += 20)
      statuses.push(...(await Promise.all(Array.from({ length: 20 }, () => report(device, { headers: flooding })))));
    expect(statuses.map(({ status }) => status).slice(0, 600)).toEqual(Array.from({ length: 600 }, () => 400));
    await eventually(async () => {
      const more = await Promise.all(Array.from({ length: 40 }, () => report(device, { headers: flooding })));
      expect(more.map(({ status }) => status)).toContain(429);
    });
    const told = async (of: DeviceRef) => ((await (await report(of, { headers: flooding })).json()) as Problem).detail;
    const words = /^perangkat tak terdaftar dari 203\.0\.113\.9 terlalu sering/;
    expect(await told(device)).toMatch(words);
    expect(await told({ protocol: 'osmand', deviceId: 'made-up' })).toMatch(words);
    expect((await report(device, { headers: { ...flooding, ...bearer(key) } })).status).toBe(200);
  });
});

describe('what another agency says', () => {
  it('is not about this one’s doors: no key it gives, no block', async () => {
    const { truckId, device } = await deviceOnTruck('osmand');
    const other = await deviceOnTruck('osmand');
    await say(device, { agency: 'dishub', keyHash: hashOfKey(newDeviceKey()) });
    await say(device, { agency: 'command', blocked: true });
    await say(traccarServer, { agency: 'dishub', blocked: true });
    // of one log: who has heard of the later one has heard of all
    await keyed(other.device);
    expect((await report(device)).status).toBe(200);
    await eventually(async () => {
      expect(await trackOf(truckId)).toHaveLength(1);
    });
    const spoken = await deviceOnTruck('traccar');
    expect((await report(spoken.device)).status).toBe(200);
  });
});

describe('a tracker that cannot carry a key', () => {
  it('is heard from its own networks only', async () => {
    const { truckId, device } = await deviceOnTruck('osmand');
    const from = (address: string) => report(device, { headers: { 'x-forwarded-for': address } });
    expect((await from('203.0.113.7')).status).toBe(200);
    await say(device, { networks: ['10.20.0.0/16', '2001:db8:7::/48'] });
    await eventually(async () => {
      expect((await report(device, { headers: { 'x-forwarded-for': '203.0.113.7' }, place: {} })).status).toBe(400);
    });
    const counted = await disbelieved('osmand', 'network');
    const addresses = ['10.20.30.40', '::ffff:10.20.30.40', '2001:db8:7::1', '10.21.0.1', '2001:db8:8::1', '127.0.0.1'];
    const statuses = await Promise.all(addresses.map(async (address) => (await from(address)).status));
    expect(statuses).toEqual([200, 200, 200, 400, 400, 400]);
    expect(await disbelieved('osmand', 'network')).toBe(counted + 3);
    await eventually(async () => {
      expect(await trackOf(truckId)).toHaveLength(4);
    });
  });
});

describe('a Traccar server', () => {
  it('speaks with one key for all its devices, unless one of them is blocked; others hear of it no more', async () => {
    const [known, blocked] = [await deviceOnTruck('traccar'), await deviceOnTruck('traccar')];
    const own = await keyed(blocked.device);
    await say(blocked.device, { keyHash: hashOfKey(own), blocked: true });
    const key = newDeviceKey();
    await say(traccarServer, { keyHash: hashOfKey(key) });
    await eventually(async () => {
      expect((await report(known.device, { place: {} })).status).toBe(404);
    });
    expect((await report(known.device, { headers: bearer(key) })).status).toBe(200);
    await eventually(async () => {
      expect((await report(blocked.device, { headers: bearer(key), place: {} })).status).toBe(404);
    });

    const both = [known, blocked].map(({ device }) => forwarded(device.deviceId));
    const answer = await fetch(`${waste.url}/ingest/traccar`, {
      ...{ method: 'POST', headers: bearer(key), body: JSON.stringify(both) },
    });
    const refused = [{ reason: 'unknown-device', detail: `${deviceKey(blocked.device)} belum terdaftar` }];
    expect([answer.status, await answer.json()]).toEqual([200, { refused }]);
    await eventually(async () => {
      expect(await trackOf(known.truckId)).toHaveLength(2);
    });
    expect(await trackOf(blocked.truckId)).toEqual([]);
    await say(traccarServer, {});
  });
});
