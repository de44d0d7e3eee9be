import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeEvent, topicOf } from '@siaga/bus';
import {
  AdoptDevice,
  Fault,
  GetTrack,
  IntakeCounted,
  ListSeenDevices,
  RegisterTruck,
  TruckMoved,
  type AnyEvent,
  type Client,
  type DeviceRef,
} from '@siaga/contracts';
import { eventually, randomCities } from '@siaga/testing';
import { keptInBuffers, startTestWaste, type TestWaste } from './waste.harness.ts';

const day = 86_400_000;
const [city = ''] = randomCities(1);
let waste: TestWaste;
let call: Client;
const heard: { name: string; data: unknown }[] = [];

beforeAll(async () => {
  waste = await startTestWaste(city);
  call = await waste.as({ roles: ['city-admin'] });
  await waste.log.follow({
    topics: [TruckMoved, IntakeCounted].map(({ stream }) => ({ topic: topicOf(city, stream), from: 'start' as const })),
    onBatch: ({ records }) => {
      for (const record of records) {
        const event = decodeEvent(record);
        if (!(event instanceof Fault)) heard.push({ name: event.type, data: event.data });
      }
    },
  });
});
afterAll(() => waste.close());

let registered = 0;
/** A new truck with a new device of each protocol. */
async function truckWith(protocols: readonly DeviceRef['protocol'][]) {
  const truckId = `DLH-${String(++registered)}`;
  const devices = protocols.map((protocol) => ({ protocol, deviceId: `${protocol}/${truckId}` }));
  await call(RegisterTruck, {
    body: { truckId, plate: `N ${registered} RP`, hullNumber: '07', kind: 'dump', capacityKg: 4000, devices },
  });
  return { truckId, deviceId: (protocol: DeviceRef['protocol']) => `${protocol}/${truckId}` };
}

const get = (query: Record<string, string | number>) => {
  const params = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
  return fetch(`${waste.url}/ingest/osmand?${new URLSearchParams(params).toString()}`);
};
const post = (protocol: string, body: unknown, type = 'application/json; charset=utf-8') =>
  fetch(`${waste.url}/ingest/${protocol}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const osmandJson = (deviceId: string, atMs: number, place = { lat: -7.747, lng: 113.216 }) => ({
  location: {
    timestamp: new Date(atMs).toISOString(),
    coords: { latitude: place.lat, longitude: place.lng, accuracy: 5, speed: 10, heading: 90, altitude: 12 },
    battery: { level: 0.9, is_charging: false },
    mock: false,
  },
  device_id: deviceId,
});
const traccar = (uniqueId: string, atMs: number, place = { lat: -7.747, lng: 113.216 }) => ({
  position: {
    id: 0,
    attributes: { ignition: true },
    protocol: 'gt06',
    fixTime: new Date(atMs).toISOString().replace('Z', '+00:00'),
    valid: true,
    latitude: place.lat,
    longitude: place.lng,
    speed: 19.44,
    course: 90,
    accuracy: 0,
  },
  device: { id: 7, uniqueId, name: 'DLH-01' },
});

async function trackOf(truckId: string) {
  const query = { from: Date.now() - 30 * day, to: Date.now() + day / 2 };
  return (await call(GetTrack, { params: { truckId }, query })).features;
}
const trackHas = (truckId: string, count: number) =>
  eventually(async () => {
    const track = await trackOf(truckId);
    expect(track).toHaveLength(count);
    return track;
  });
const heardOf = (event: AnyEvent, truckId: string) =>
  heard
    .filter(({ name, data }) => name === event.name && (data as { truckId?: string } | null)?.truckId === truckId)
    .map(({ data }) => data as TruckMoved & IntakeCounted);

describe('a door takes a fix, answers as its clients expect, and the truck moves', () => {
  const at = Math.floor((Date.now() - 60_000) / 1000) * 1000;
  it.each<[string, DeviceRef['protocol'], (deviceId: string) => Promise<Response>, string]>([
    [
      'OsmAnd query',
      'osmand',
      (id) => get({ id, timestamp: at / 1000, lat: -7.747, lon: 113.216, speed: 19.44, bearing: 90, altitude: 0 }),
      '',
    ],
    [
      'OsmAnd form',
      'osmand',
      (id) =>
        post(
          'osmand',
          `id=${id}&timestamp=${String(at)}&location=-7.747,113.216&speed=19.44&heading=90`,
          'application/x-www-form-urlencoded',
        ),
      '',
    ],
    [
      'OsmAnd form without a content type, slash at the end',
      'osmand',
      (id) =>
        post('osmand/', `deviceid=${id}&timestamp=${String(at)}&lat=-7.747&lon=113.216&speed=19.44&bearing=90`, ''),
      '',
    ],
    ['OsmAnd JSON', 'osmand', (id) => post('osmand', osmandJson(id, at)), ''],
    [
      'OwnTracks',
      'owntracks',
      (topic) =>
        post('owntracks', {
          _type: 'location',
          topic,
          tid: '07',
          tst: at / 1000,
          lat: -7.747,
          lon: 113.216,
          vel: 36,
          cog: 90,
        }),
      '[]',
    ],
    ['a Traccar position', 'traccar', (id) => post('traccar', traccar(id, at)), '{"refused":[]}'],
    [
      'a Traccar event',
      'traccar',
      (id) => post('traccar', { event: { id: 0, type: 'ignitionOn', attributes: {} }, ...traccar(id, at) }),
      '{"refused":[]}',
    ],
    [
      'a batch of Traccar positions and events',
      'traccar',
      (id) =>
        post('traccar', [
          traccar(id, at),
          { event: { type: 'deviceOnline' }, device: { uniqueId: id } },
          traccar(id, at),
        ]),
      '{"refused":[]}',
    ],
  ])('%s', async (_, protocol, send, answered) => {
    const truck = await truckWith([protocol]);
    const answer = await send(truck.deviceId(protocol));
    expect([answer.status, await answer.text()]).toEqual([200, answered]);
    const track = await trackHas(truck.truckId, 1);
    expect(track).toMatchObject([
      {
        geometry: { type: 'Point', coordinates: [113.216, -7.747] },
        properties: { atMs: at, time: new Date(at).toISOString(), protocol, speedKph: 36, headingDeg: 90 },
      },
    ]);
    await eventually(() => {
      expect(heardOf(TruckMoved, truck.truckId).at(-1)).toMatchObject({ atMs: at, lat: -7.747, lng: 113.216 });
    });
  });

  it('has nothing to do for other OwnTracks messages and for events without a position', async () => {
    const status = await post('owntracks', { _type: 'status', topic: 'nobody' });
    expect([status.status, await status.text()]).toEqual([200, '[]']);
    expect((await post('owntracks', '')).status).toBe(200);
    expect((await post('traccar', { event: { type: 'deviceOffline' }, device: { uniqueId: 'nobody' } })).status).toBe(
      200,
    );
  });
});

describe('nothing counts twice', () => {
  it('answers a repeat with success and records it once', async () => {
    const truck = await truckWith(['osmand']);
    const body = osmandJson(truck.deviceId('osmand'), Date.now() - 1000);
    const answers = await Promise.all(Array.from({ length: 8 }, () => post('osmand', body)));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    await trackHas(truck.truckId, 1);
    await eventually(() => {
      expect(heardOf(IntakeCounted, truck.truckId).at(-1)).toMatchObject({ accepted: 1, duplicates: 7, refused: {} });
    });
    expect(await trackOf(truck.truckId)).toHaveLength(1);
  });

  it('counts a report once that comes straight and through a Traccar server', async () => {
    const truck = await truckWith(['osmand', 'traccar']);
    const at = Date.now() - 1000;
    expect((await post('osmand', osmandJson(truck.deviceId('osmand'), at))).status).toBe(200);
    expect((await post('traccar', traccar(truck.deviceId('traccar'), at))).status).toBe(200);
    await eventually(() => {
      expect(heardOf(IntakeCounted, truck.truckId).at(-1)).toMatchObject({ accepted: 1, duplicates: 1 });
    });
    expect(await trackOf(truck.truckId)).toHaveLength(1);
  });
});

describe('late fixes', () => {
  it('enter history in their place and never move the marker back', async () => {
    const truck = await truckWith(['traccar']);
    const deviceId = truck.deviceId('traccar');
    const now = Date.now();
    const ago = (seconds: number) =>
      traccar(deviceId, now - seconds * 1000, { lat: -7.747 - seconds / 100_000, lng: 113.216 });
    expect((await post('traccar', ago(0))).status).toBe(200);
    // out of a tunnel: an hour in batches, newest first
    for (let batch = 0; batch < 4; batch++) {
      const late = Array.from({ length: 90 }, (_, index) => ago((batch * 90 + index + 1) * 10));
      expect((await post('traccar', late)).status).toBe(200);
    }
    const track = await trackHas(truck.truckId, 361);
    const times = track.map(({ properties }) => properties.atMs);
    expect(times).toEqual(Array.from({ length: 361 }, (_, index) => now - (360 - index) * 10_000));
    expect(new Set(heardOf(TruckMoved, truck.truckId).map(({ atMs }) => atMs))).toEqual(new Set([now]));
  });
});

describe('a batch from a clock that is ahead', () => {
  it('shows its newest place', async () => {
    const truck = await truckWith(['traccar']);
    const now = Date.now();
    const at = (seconds: number) =>
      traccar(truck.deviceId('traccar'), now + seconds * 1000, { lat: -7.747, lng: 113.2 + seconds / 100_000 });
    const isShown = (lng: number) =>
      eventually(() => {
        expect(heardOf(TruckMoved, truck.truckId).at(-1)).toMatchObject({ lng });
      });
    expect((await post('traccar', at(-10))).status).toBe(200);
    await isShown(113.1999);
    expect((await post('traccar', [100, 110, 120, 130].map(at))).status).toBe(200);
    await isShown(113.2013);
    await trackHas(truck.truckId, 5);
  });
});

describe('a device on no truck', () => {
  it.each<[DeviceRef['protocol'], (id: string, at: number) => Promise<Response>, number]>([
    ['osmand', (id, at) => get({ id, timestamp: at, lat: -7.747, lon: 113.216 }), 400],
    ['osmand', (id, at) => post('osmand', osmandJson(id, at)), 404],
    [
      'owntracks',
      (topic, at) => post('owntracks', { _type: 'location', topic, tst: at / 1000, lat: -7.7, lon: 113.2 }),
      400,
    ],
    ['traccar', (id, at) => post('traccar', traccar(id, at)), 404],
  ])('of %s is refused in its words, listed, adopted and heard', async (protocol, send, refusal) => {
    const truck = await truckWith([]);
    const deviceId = `stranger-${truck.truckId}`;
    const at = Math.floor(Date.now() / 1000) * 1000 - 1000;
    const refused = await send(deviceId, at);
    expect([refused.status, await refused.json()]).toMatchObject([
      refusal,
      { detail: expect.stringContaining(deviceId) },
    ]);
    const listed = () =>
      call(ListSeenDevices, {}).then(({ items }) => items.find((seen) => seen.deviceId === deviceId));
    const seen = await eventually(async () => {
      const found = await listed();
      expect(found).toMatchObject({
        protocol,
        count: 1,
        lat: expect.any(Number),
        lastRaw: expect.stringContaining(deviceId),
      });
      return found!;
    });
    const adopted = await call(AdoptDevice, {
      params: { truckId: truck.truckId },
      body: { protocol, deviceId: seen.deviceId },
    });
    expect(adopted.devices).toEqual([{ protocol, deviceId }]);
    await eventually(async () => {
      expect((await send(deviceId, at)).status).toBe(200);
    });
    await trackHas(truck.truckId, 1);
    await eventually(async () => {
      expect(await listed()).toBeUndefined();
    });
  });

  it('is not adopted twice, and a repeat changes nothing', async () => {
    const [one, two] = [await truckWith([]), await truckWith([])];
    const body = { protocol: 'osmand' as const, deviceId: `moved-${one.truckId}` };
    const adopt = ({ truckId }: { truckId: string }) => call(AdoptDevice, { params: { truckId }, body });
    const first = await adopt(one);
    expect(await adopt(one)).toEqual(first);
    await expect(adopt(two)).rejects.toMatchObject({ kind: 'conflict', message: expect.stringContaining(one.truckId) });
  });
});

describe('a value that is refused for good', () => {
  it.each<[string, (at: number) => { atMs: number; over: Record<string, unknown> }]>([
    ['null-island', (atMs) => ({ atMs, over: { latitude: 0, longitude: 0 } })],
    ['not-valid', (atMs) => ({ atMs, over: { valid: false } })],
    ['clock-ahead', (atMs) => ({ atMs: atMs + 400_000, over: {} })],
    ['too-old', (atMs) => ({ atMs: atMs - 31 * day, over: {} })],
  ])('as %s is answered 200 with its reason, counted and kept out of history', async (reason, make) => {
    const truck = await truckWith(['traccar']);
    const { atMs, over } = make(Date.now());
    const message = traccar(truck.deviceId('traccar'), atMs);
    const answer = await post('traccar', { ...message, position: { ...message.position, ...over } });
    expect([answer.status, await answer.json()]).toMatchObject([
      200,
      { refused: [{ reason, detail: expect.any(String) }] },
    ]);
    await eventually(() => {
      expect(heardOf(IntakeCounted, truck.truckId).at(-1)).toMatchObject({
        accepted: 0,
        refused: { [reason]: 1 },
        lastRefusal: { reason },
      });
    });
    expect(await trackOf(truck.truckId)).toEqual([]);
  });

  it('lets the good positions of its batch through', async () => {
    const truck = await truckWith(['traccar']);
    const id = truck.deviceId('traccar');
    const now = Date.now();
    const far = { lat: -7.0, lng: 113.216 };
    const answer = await post('traccar', [traccar(id, now - 20_000), traccar(id, now - 10_000, far), traccar(id, now)]);
    expect([answer.status, await answer.json()]).toMatchObject([200, { refused: [{ reason: 'impossible-speed' }] }]);
    await trackHas(truck.truckId, 2);
  });
});

describe('hostile requests', () => {
  const fixOf = (deviceId: string) => osmandJson(deviceId, Date.now() - 1000);
  const megabytes = (count: number) => 'x'.repeat(count * 1_048_576);

  it.each<[string, string, () => Promise<Response>, number]>([
    ['osmand', 'bad JSON', () => post('osmand', '{"location":'), 400],
    ['owntracks', 'bad JSON', () => post('owntracks', '{"_type"'), 400],
    ['traccar', 'bad JSON', () => post('traccar', 'position'), 400],
    ['osmand', '5 MB', () => post('osmand', megabytes(5)), 413],
    ['owntracks', '5 MB', () => post('owntracks', megabytes(5)), 413],
    ['traccar', '5 MB', () => post('traccar', megabytes(5)), 413],
    ['traccar', '101 positions', () => post('traccar', Array(101).fill(traccar('x', Date.now()))), 413],
    ['osmand', 'NaN', () => get({ id: 'x', lat: 'NaN', lon: 113 }), 400],
    ['osmand', 'NaN in JSON', () => post('osmand', '{"device_id":"x","location":{"coords":{"latitude":NaN}}}'), 400],
    ['osmand', 'a prototype key', () => get({ id: 'x', lat: 1, lon: 1, ['__proto__']: 'x' }), 400],
    [
      'traccar',
      'a prototype key',
      () => post('traccar', '{"device":{"uniqueId":"x","__proto__":{"admin":true}}}'),
      400,
    ],
    ['osmand', 'a query operator', () => get({ 'id[$ne]': 'x', lat: 1, lon: 1 }), 400],
    ['traccar', 'a query operator', () => post('traccar', { device: { uniqueId: { $ne: '' } } }), 400],
    ['osmand', 'no device', () => get({ lat: 1, lon: 1 }), 400],
    ['traccar', 'a list of nothing we know', () => post('traccar', [null, 1, 'x']), 400],
    ['osmand', 'deep nesting', () => post('osmand', '['.repeat(100_000)), 400],
  ])('%s: %s gets a clear 4xx', async (_protocol, _what, send, status) => {
    const answer = await send();
    expect(await answer.json()).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
  });

  it('malformed values of a known device are told to it, and the next fix is taken', async () => {
    const truck = await truckWith(['osmand']);
    const id = truck.deviceId('osmand');
    expect((await get({ id, lat: 'NaN', lon: 113 })).status).toBe(400);
    expect((await post('osmand', fixOf(id))).status).toBe(200);
    await trackHas(truck.truckId, 1);
  });

  it('100 times 5 MB leave no trace in memory', async () => {
    const body = Buffer.alloc(5 * 1_048_576, 'x').toString();
    const before = keptInBuffers();
    for (let sent = 0; sent < 100; sent++) expect((await post('traccar', body)).status).toBe(413);
    await eventually(() => {
      expect(keptInBuffers() - before).toBeLessThan(10 * 1_048_576);
    }, 30_000);
  }, 120_000); // half a gigabyte of garbage, collected in a process that holds two hundred other suites

  it('slow bodies are cut off after ten seconds while others are served', async () => {
    const truck = await truckWith(['osmand']);
    const { port, hostname } = new URL(waste.url);
    const sockets: Socket[] = [];
    // as a device does: a process that is busy with the garbage of the case before says 503, and is asked again
    const slow = async (): Promise<string> => {
      const socket = connect(Number(port), hostname);
      sockets.push(socket);
      const answer = await new Promise<string>((resolve, reject) => {
        socket.setEncoding('utf8').once('data', resolve).once('error', reject);
        socket.write(
          'POST /ingest/traccar HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
        );
      });
      return answer.startsWith('HTTP/1.1 503') ? slow() : answer;
    };
    const answers = Promise.all(Array.from({ length: 50 }, slow));
    await eventually(async () => {
      expect((await post('osmand', fixOf(truck.deviceId('osmand')))).status).toBe(200);
    }, 30_000);
    expect(new Set((await answers).map((answer) => answer.split('\r\n')[0]))).toEqual(
      new Set(['HTTP/1.1 400 Bad Request']),
    );
    for (const socket of sockets) socket.destroy();
  });
});
