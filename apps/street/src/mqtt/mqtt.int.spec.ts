import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ControllerCommands,
  ControllerRegistered,
  controllerRoutes,
  EndLampOverride,
  GetLampOverride,
  LampRegistered,
  lampRoutes,
  ListSeenControllers,
  ListStreetRefusals,
  panelRoutes,
  StreetTelemetryRecorded,
  TakeLampOverride,
  type Client,
  type StreetTelemetry,
} from '@siaga/contracts';
import { hashOfKey, newDeviceKey } from '@siaga/identity';
import { eventually, randomCities, stallWrites } from '@siaga/testing';
import type { MqttClient } from 'mqtt';
import { startTestStreet, type TestStreet } from '../street.harness.ts';
import { closed, connect, credentials, freePort } from './mqtt.harness.ts';

const [city = ''] = randomCities(1);
const place = { lat: -7.7551, lng: 113.191 };
const { say, keyFor } = credentials(() => street, city);
const topic = (deviceId: string) => `street/${deviceId}/telemetry`;
const controllers = {
  LA: 'lamp:A',
  LB: 'lamp:B',
  LC: 'lamp:C',
  PC: 'panel:P',
  NOKEY: 'lamp:A',
  GONE: 'lamp:A',
  MAD: 'lamp:B',
};

let street: TestStreet;
let call: Client;
let port: number;
const keys = new Map<string, string>();
const open: MqttClient[] = [];

beforeAll(async () => {
  port = await freePort();
  street = await startTestStreet(city, { MQTT_PORT: String(port), REPORTS_PER_SECOND_OF_CONTROLLER: '0.2' });
  call = await street.as({});
  await call(panelRoutes.register, { body: { panelId: 'P', supply: 'metered', place } });
  for (const lampId of ['A', 'B', 'C'])
    await call(lampRoutes.register, { body: { lampId, panelId: 'P', watt: 90, place } });
  for (const [controllerId, speaksFor] of Object.entries(controllers)) {
    await call(controllerRoutes.register, { body: { controllerId, protocol: 'street', speaksFor } });
    if (controllerId !== 'NOKEY') keys.set(controllerId, await keyFor(controllerId));
  }
  await eventually(async () => {
    expect((await street.latest(ControllerRegistered)).size).toBe(Object.keys(controllers).length);
    expect((await street.latest(LampRegistered)).size).toBe(3);
  });
  for (const deviceId of keys.keys())
    await eventually(async () => {
      await (await device(deviceId)).endAsync(true);
    });
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.endAsync(true)));
});
afterAll(() => street.close());

/** A device that is in. */
async function device(deviceId: string, options: Parameters<typeof connect>[1] = {}): Promise<MqttClient> {
  const client = await connect(port, { username: deviceId, password: keys.get(deviceId) ?? '', ...options });
  client.on('error', () => undefined);
  open.push(client);
  return client;
}
const recorded = async () => (await street.readAll(StreetTelemetryRecorded)).map(({ data }) => data as StreetTelemetry);
const wattsOf = async (lampId: string) =>
  (await recorded()).flatMap(({ thing, lamp }) => (thing === `lamp:${lampId}` ? [lamp?.activePowerW] : []));
const refusalsOf = async (controllerId: string) => {
  const { items } = await call(ListStreetRefusals, { query: { controllerId } });
  return Object.fromEntries(items.map(({ reason, count }) => [reason, count]));
};
let watts = 0;
const report = (more: object = {}) => JSON.stringify({ activePowerW: ++watts, time: Date.now(), ...more });

describe('a device that reports by MQTT', () => {
  it.each([0, 1, 2] as const)('is heard, QoS %i; once it is acknowledged the log has it', async (qos) => {
    const client = await device('LA');
    await client.publishAsync(topic('LA'), report(), { qos });
    const look = async () => {
      expect(await wattsOf('A')).toContain(watts);
    };
    await (qos === 0 ? eventually(look) : look());
  });

  it('is not acknowledged before the log has it', async () => {
    const client = await device('LA');
    const release = await stallWrites(street.dataDir);
    let acknowledged = false;
    const publishing = client.publishAsync(topic('LA'), report(), { qos: 1 }).then(() => {
      acknowledged = true;
    });
    try {
      // answered behind it, and before it
      await expect(client.subscribeAsync('anything')).rejects.toThrow();
      expect(acknowledged).toBe(false);
    } finally {
      await release();
    }
    await publishing;
    expect(await wattsOf('A')).toContain(watts);
  });

  it('says the same as by HTTP: a list, lamps of its panel, a repeat that is one report', async () => {
    const client = await device('PC');
    const body = JSON.stringify([
      { deviceId: 'PC', time: 1_000 + Date.now() - 60_000, contactor: 'closed' },
      { lampId: 'B', time: Date.now() - 60_000, activePowerW: 71 },
    ]);
    const before = (await recorded()).length;
    await client.publishAsync(topic('PC'), body, { qos: 1 });
    await client.publishAsync(topic('PC'), body, { qos: 1, retain: true });
    expect((await recorded()).slice(before).map(({ thing }) => thing)).toEqual(['panel:P', 'lamp:B']);
    const again = JSON.stringify({ deviceId: 'PC', ...(JSON.parse(body) as object[])[1] });
    const headers = { authorization: `Bearer ${keys.get('PC') ?? ''}` };
    const answer = await fetch(`${street.url}/ingest/street`, { method: 'POST', headers, body: again });
    expect(await answer.json()).toEqual({ result: 'duplicate' });
  });

  it('speaks for itself alone: another’s topic and another’s name are refused with the reason', async () => {
    const client = await device('LA');
    const before = await recorded();
    await client.publishAsync(topic('LB'), report(), { qos: 1 });
    await client.publishAsync(topic('LA'), report({ deviceId: 'LB' }), { qos: 1 });
    await client.publishAsync(topic('LA'), report({ lampId: 'B' }), { qos: 1 });
    await client.publishAsync(topic('LA'), 'not JSON', { qos: 1 });
    await client.publishAsync(topic('LA'), report({ volts: 1 }), { qos: 1 });
    expect(await recorded()).toEqual(before);
    await eventually(async () => {
      expect(await refusalsOf('LA')).toEqual({ 'not-its-own': 3, malformed: 2 });
    });
  });

  it('is cut off for a topic without end, and its administrator reads why', async () => {
    const client = await device('LB');
    const ended = closed(client);
    client.publish(`street/LB/${'x'.repeat(100)}`, report(), { qos: 0 });
    await ended;
    client.end(true);
    await eventually(async () => {
      const { items } = await call(ListStreetRefusals, { query: { controllerId: 'LB' } });
      expect(items.find(({ reason }) => reason === 'malformed')?.lastDetail).toContain('topik MQTT lebih dari 100');
    });
  });

  it('hears nothing, and leaves no last will', async () => {
    const listening = await device('LB', { clientId: 'x' });
    await expect(listening.subscribeAsync(['#', topic('LA')])).rejects.toThrow();
    const will = { topic: topic('LA'), payload: Buffer.from(report()), qos: 1 as const, retain: true };
    const dying = await device('LA', { will });
    dying.stream.destroy();
    await closed(dying);
    // whatever name a client goes by, it takes away nobody's connection
    const next = await device('LA', { clientId: 'x' });
    await next.publishAsync(topic('LA'), report(), { qos: 1 });
    expect(await wattsOf('A')).not.toContain(watts - 1);
    expect(listening.connected).toBe(true);
  });
});

describe('a device that hears its commands by MQTT', () => {
  const commandsOf = (deviceId: string) => `street/${deviceId}/commands`;
  /** A device that listens to its own, and all it was told; `acknowledges` as devices do. */
  async function listening(acknowledges: 'acknowledges' | 'dies') {
    const client = await device('LC');
    const told: ControllerCommands[] = [];
    const hear = (payload: Buffer) => told.push(ControllerCommands.parse(JSON.parse(payload.toString())));
    client.handleMessage = ({ payload }, done) => {
      hear(Buffer.from(payload));
      if (acknowledges === 'acknowledges') done();
    };
    await client.subscribeAsync(commandsOf('LC'), { qos: 1 });
    return { client, told };
  }

  it('is told by the id it had when it was away, or died over it; what it measures confirms it; nobody else is heard', async () => {
    const desk = await street.as({ id: 'p2', roles: ['dispatcher'] });
    const neighbour = await device('LB');
    await expect(neighbour.subscribeAsync(commandsOf('LC'), { qos: 1 })).rejects.toThrow();
    await expect(neighbour.subscribeAsync(commandsOf('LB'), { qos: 0 })).rejects.toThrow();
    const dying = await listening('dies');
    const body = { lampIds: ['C'], levelPercent: 0, untilMs: Date.now() + 1_800_000, reason: 'galian' };
    const { overrideId } = await desk(TakeLampOverride, { body });
    const command = { commandId: `${overrideId}/lamp:C/override`, lampId: 'C', levelPercent: 0, cmsRefId: overrideId };
    await eventually(() => expect(dying.told).toMatchObject([{ items: [command] }]), 30_000);
    dying.client.stream.destroy();
    await closed(dying.client);
    // not acknowledged: as new to its poll, though that knows more than was ever said by MQTT
    const headers = { authorization: `Bearer ${keys.get('LC') ?? ''}` };
    const polled = await fetch(`${street.url}/ingest/street/commands?deviceId=LC&after=50&waitS=0`, { headers });
    expect(ControllerCommands.parse(await polled.json())).toMatchObject({ items: [command], next: '51' });

    const { client, told } = await listening('acknowledges');
    await eventually(() => expect(told).toMatchObject([{ items: [command] }]), 30_000);
    await neighbour.publishAsync(commandsOf('LC'), JSON.stringify(told[0]), { qos: 1 });
    const read = () => desk(GetLampOverride, { params: { overrideId } });
    await eventually(async () => {
      expect(await read()).toMatchObject({ things: [{ applied: { state: 'sent' } }] });
    });
    await client.publishAsync(topic('LC'), JSON.stringify({ activePowerW: 0.4 }), { qos: 1 });
    await eventually(async () => {
      expect(await read()).toMatchObject({ things: [{ applied: { state: 'confirmed' } }] });
    }, 30_000);
    await desk(EndLampOverride, { params: { overrideId } });
    const back = { commandId: `${overrideId}/lamp:C/program`, lampId: 'C', reason: 'program' };
    await eventually(() => expect(told.slice(1)).toMatchObject([{ items: [back] }]), 30_000);
    await client.endAsync(true);
  });
});

describe('who is not let in', () => {
  it.each<[string, { username?: string; password?: string }]>([
    ['with a wrong key', { username: 'LA', password: newDeviceKey() }],
    ['without a key', { username: 'LA' }],
    ['with another’s key', { username: 'LA', password: 'LB' }],
    ['a device that was never given a key', { username: 'NOKEY' }],
    ['a device nobody knows', { username: 'NOBODY', password: newDeviceKey() }],
    ['a name that is none', { username: '3574/../LA', password: 'LA' }],
    ['nobody', {}],
  ])('hears no more than that: %s', async (_, { username, password }) => {
    const shown = { ...(username && { username }), ...(password && { password: keys.get(password) ?? password }) };
    await expect(connect(port, shown)).rejects.toThrow('Bad username or password');
  });

  it('is told to the administrator: those that are registered, and those that are not', async () => {
    await eventually(async () => {
      expect((await refusalsOf('LA'))['unproven']).toBeGreaterThanOrEqual(3);
      expect(await refusalsOf('NOKEY')).toEqual({ unproven: 1 });
      const { items } = await call(ListSeenControllers, {});
      expect(items.map(({ deviceId }) => deviceId)).toEqual(['NOBODY']);
    });
  });

  it('a blocked device is out within five seconds, and so is one that is taken out of the register', async () => {
    const [blocked, gone] = [await device('LB'), await device('GONE')];
    const out = Promise.all([closed(blocked), closed(gone)]);
    await say('LB', { keyHash: hashOfKey(keys.get('LB') ?? ''), blocked: true });
    const { version } = await call(controllerRoutes.get, { params: { controllerId: 'GONE' } });
    await call(controllerRoutes.remove, { params: { controllerId: 'GONE' }, query: { version } });
    await out;
    await expect(device('LB')).rejects.toThrow('Bad username or password');
    await expect(device('GONE')).rejects.toThrow('Bad username or password');
  });
});

describe('one mad device', () => {
  const MESSAGES = 10_000;

  it('says ten thousand things: counted, refused with the reason, and its neighbour is heard each time', async () => {
    const neighbour = await device('LA');
    let neighbours = 0;
    const flooding = { isOver: false };
    const calm = (async () => {
      while (!flooding.isOver && neighbours < 25) {
        await neighbour.publishAsync(topic('LA'), report(), { qos: 1 });
        neighbours += 1;
      }
    })();
    const mad = await device('MAD');
    const flood = Array.from({ length: MESSAGES }, (_, at) => ({ time: Date.now() - at, activePowerW: 1 }));
    const ended = closed(mad);
    for (const said of flood) mad.publishAsync(topic('MAD'), JSON.stringify(said), { qos: 1 }).catch(() => undefined);
    await ended;
    mad.end(true);
    await expect(device('MAD')).rejects.toThrow('Server unavailable');
    // five minutes’ worth at once, the last of them may bring a hundred
    const taken = (await recorded()).filter(({ deviceId }) => deviceId === 'MAD').length;
    expect(taken).toBeGreaterThan(40);
    expect(taken).toBeLessThan(200);

    const bodies = Array.from({ length: MESSAGES / 100 }, (_, at) => flood.slice(at * 100, at * 100 + 100));
    const headers = { authorization: `Bearer ${keys.get('MAD') ?? ''}` };
    const statuses = new Set<number>();
    for (const some of bodies) {
      const body = JSON.stringify(some.map((said) => ({ deviceId: 'MAD', ...said })));
      const answer = await fetch(`${street.url}/ingest/street`, { method: 'POST', headers, body });
      statuses.add(answer.status);
      await answer.arrayBuffer();
    }
    expect(statuses).toContain(429);
    flooding.isOver = true;
    await calm;
    expect(neighbours).toBeGreaterThan(0);
    await eventually(async () => {
      expect((await refusalsOf('MAD'))['too-often']).toBeGreaterThan(MESSAGES / 2);
    });
    const { items } = await call(ListStreetRefusals, { query: { controllerId: 'MAD' } });
    expect(items[0]?.lastDetail).toContain('terlalu sering');
    expect((await refusalsOf('LA'))['too-often']).toBeUndefined();
  });
});
