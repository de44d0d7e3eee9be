import { randomBytes } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AcceptInvitation,
  AskBooking,
  AccountLive,
  Agency,
  billRoutes,
  type City,
  ConditionChanged,
  controllerRoutes,
  createClient,
  feederRoutes,
  InvitePerson,
  IssueDeviceKey,
  lackOf,
  lampRoutes,
  LIVE_NAMESPACE,
  ListAlarms,
  ListColleagues,
  ListInvitations,
  ListPeople,
  ListSeenDevices,
  MakeStreetReport,
  MakeWorkOrder,
  OpenCall,
  panelRoutes,
  readingRoutes,
  RegisterAlarmWebhook,
  OpenIncident,
  PutUnit,
  RegisterTruck,
  ReportOutage,
  roles,
  routes,
  SaveLampProgramme,
  SignIn,
  streams,
  TakeLampOverride,
  WriteHandOver,
  type Client,
  type Frame,
  type Role,
  type RouteContract,
} from '@siaga/contracts';
import { EventBus, openEventLog } from '@siaga/bus';
import { serviceContext, signToken, withContext, type Principal } from '@siaga/service';
import { eventually, startTestCity, type TestCity } from '@siaga/testing';
import fc from 'fast-check';
import { io, type Socket } from 'socket.io-client';
import { fitting } from './inputs.ts';

const A = '3574';
const B = '3573';
const secret = randomBytes(32).toString('hex');
/** Everything of A has it in a name, and no id has: whoever of B hears it was told of A. */
const word = `zq${randomBytes(4).toString('hex')}`;
const password = 'kursi biru di serambi';
let city: TestCity;
let atA: Client;
/** Ids of what A has, by the names routes call them. */
let ids: Record<string, string>;

const tokenOf = (over: Partial<Principal>) =>
  signToken(
    { ...{ id: 'somebody', kind: 'person', city: B, agencies: ['command'], roles: ['city-admin'], exercise: false }, ...over }, // prettier-ignore
    secret,
    '5m',
  );

beforeAll(async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'siaga-other-city-'));
  // as `siaga city add` writes it down
  const other: City = { code: B, name: 'Kota Malang', timezone: 'Asia/Jakarta', centre: { lat: -7.98, lng: 112.63 }, languages: ['id', 'en'] }; // prettier-ignore
  await writeFile(join(dataDir, 'cities.json'), JSON.stringify([other]));
  city = await startTestCity({ dataDir, env: { SIAGA_SECRET: secret, SIAGA_CITY: A } });
  atA = createClient({ baseUrl: city.url, token: await tokenOf({ city: A, id: 'admin-a' }) });
  const truckId = 'DLH-A1';
  await atA(RegisterTruck, {
    body: { truckId, plate: word, hullNumber: word, kind: 'armroll', capacityKg: 4000, devices: [{ protocol: 'osmand', deviceId: 'phone-a' }] }, // prettier-ignore
  });
  const [feederId, panelId, lampId, day] = ['PLG-A1', 'APP-A1', 'PJU-A1', '2026-11-01'];
  await atA(feederRoutes.register, { body: { feederId, name: word } });
  await atA(panelRoutes.register, { body: { panelId, supply: 'metered', feederId, road: word } });
  await atA(lampRoutes.register, {
    body: { lampId, panelId, watt: 90, road: word, place: { lat: -7.77, lng: 113.2 } },
  });
  const desk = createClient({
    baseUrl: city.url,
    token: await tokenOf({ city: A, id: 'desk-a', roles: ['dispatcher'], agencies: ['dishub'] }),
  });
  const [programmeId, controllerId] = ['PRG-A1', 'CTL-A1'];
  await desk(SaveLampProgramme, {
    params: { programmeId },
    body: { name: word, switches: [{ at: { clock: '22:00' }, levelPercent: 50 }] },
  });
  await atA(controllerRoutes.register, {
    body: { controllerId, protocol: 'street', speaksFor: `lamp:${lampId}`, intervalS: 600 },
  });
  const byHand = { lampIds: [lampId], levelPercent: 100, untilMs: Date.now() + 3_600_000, reason: word };
  const { overrideId } = await eventually(() => desk(TakeLampOverride, { body: byHand }));
  const { reportId } = await atA(MakeStreetReport, { body: { source: 'desk', lampId, trouble: 'dark', text: word } });
  const { callId } = await atA(OpenCall, { body: { source: '112', words: word, callerName: word } });
  const { workOrderId } = await atA(MakeWorkOrder, { body: { lampIds: [lampId], note: word } });
  const outage = { calledAtMs: Date.now(), things: [`feeder:${feederId}`], note: word };
  const { outageId } = await atA(ReportOutage, { body: outage });
  await atA(readingRoutes.register, { body: { panelId, day, kwhTotal: 1 } });
  await atA(billRoutes.register, { body: { idpel: '515100000001', month: '2026-11', kwh: 1, rupiah: 1 } });
  const unitId = 'AMB-A';
  await atA(PutUnit, { params: { unitId }, body: { name: word, unitClass: 'ambulance', capabilities: [], agency: 'dinkes', answers: 'base' } }); // prettier-ignore
  const { incidentId } = await atA(OpenIncident, { body: { kind: 'medical', words: word } });
  const fromMs = Date.now() + 3_600_000;
  const trip = { purpose: 'control', pickUpAtMs: fromMs, expectedReturnAtMs: fromMs + 3_600_000 } as const;
  const { bookingId } = await atA(AskBooking, { body: { ...trip, patientName: word, from: word, to: word } });
  await atA(WriteHandOver, { body: { agency: 'dishub', text: word } });
  const { webhook } = await atA(RegisterAlarmWebhook, {
    body: { name: word, url: 'https://8.8.8.8/hook', agency: 'dishub', leastSeverity: 'critical' },
  });
  await fetch(
    `${city.url}/ingest/osmand?id=phone-a&lat=-7.77&lon=113.2&timestamp=${Date.now() / 1000}&driverUniqueId=${word}`,
  );
  await fetch(
    `${city.url}/ingest/osmand?id=stranger-a&lat=-7.77&lon=113.2&timestamp=${Date.now() / 1000}&note=${word}`,
  );
  await atA(IssueDeviceKey, { params: { agency: 'dlh', protocol: 'osmand', deviceId: 'keyed-a' } });
  const invite = (displayName: string) =>
    atA(InvitePerson, { body: { displayName, roles: ['dispatcher'], agencies: ['command'] } });
  const { path } = await invite(`${word} satu`);
  const visitor = createClient({ baseUrl: city.url });
  const { sessionId = '' } = await visitor(AcceptInvitation, {
    body: { token: path.replace(/^.*#undangan=/, ''), userName: `u.${word}`, password },
  });
  await invite(`${word} dua`);
  const [person] = (await atA(ListPeople, { query: {} })).items;
  const [invitation] = (await atA(ListInvitations, { query: {} })).items;
  ids = {
    ...{ alarmId: await alarmOf(feederId), webhookId: webhook.webhookId },
    ...{ callId, reportId, workOrderId, outageId, programmeId, controllerId, overrideId, hash: '0'.repeat(64) },
    ...{ truckId, personId: person?.personId ?? '', screenId: person?.personId ?? '', sessionId },
    ...{ unitId, incidentId, bookingId },
    ...{ invitationId: invitation?.invitationId ?? '', importId: 'none' },
    ...{ agency: 'dlh', protocol: 'osmand', deviceId: 'keyed-a' },
    ...{ feederId, panelId, lampId, readingId: `${panelId}@${day}`, billId: '515100000001@2026-11', month: '2026-11' },
  };
  await eventually(async () => {
    const seen = (await atA(ListSeenDevices, {})).items.map(({ deviceId }) => deviceId);
    expect(seen).toContain('stranger-a');
  });
}, 180_000);
afterAll(async () => {
  await city.stop();
  await city.remove();
});

/** A feeder of A that is dark: its alarm. */
async function alarmOf(feederId: string): Promise<string> {
  const log = await openEventLog({ SIAGA_ENGINE: await city.logSocket() });
  const bus = new EventBus(log, 'street', [A]);
  const atMs = Date.now();
  const dark: ConditionChanged = {
    ...{ thing: { kind: 'feeder', thingId: feederId }, name: word, kind: 'supplyLoss', active: true, severity: 'high' },
    ...{ basis: 'measured', agency: 'dishub', within: [], sinceMs: atMs, changedAtMs: atMs, detail: word },
  };
  await withContext(serviceContext(A), () => bus.publish(ConditionChanged, dark));
  await bus.close();
  await log.close();
  return eventually(async () => {
    const [alarm] = (await atA(ListAlarms, { query: {} })).items;
    if (alarm === undefined) throw new Error('no alarm yet');
    return alarm.alarmId;
  });
}

/** What somebody heard of a call, headers and all, without what is new each time. */
async function heard(route: RouteContract, { params, seed, token }: Asked): Promise<{ status: number; text: string }> {
  const one = (shape: RouteContract['query']) => (shape === undefined ? undefined : fc.sample(fitting(shape), { numRuns: 1, seed })[0]); // prettier-ignore
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? 'none'));
  const query = new URLSearchParams(Object.entries((one(route.query) ?? {}) as Record<string, string>)).toString();
  const body = route.body === undefined ? {} : { body: JSON.stringify(one(route.body)) };
  const headers = { authorization: `Bearer ${token}`, ...(route.body && { 'content-type': 'application/json' }) };
  const response = await fetch(`${city.url}${path}?${query}`, { method: route.method, headers, ...body });
  const text = `${JSON.stringify([...response.headers])} ${await response.text()}`;
  return { status: response.status, text };
}

interface Asked {
  params: Record<string, string>;
  seed: number;
  token: string;
}

/** What has a form of its own. */
const formed = { agency: 'dlh', protocol: 'osmand', readingId: 'Unknown9@2026-11-01', billId: '999999999999@2026-11', month: '2026-11' }; // prettier-ignore
const numbered = { reportId: 'LAP-00000000', workOrderId: 'SPK-00000000', outageId: 'PLN-00000000', overrideId: 'PRL-00000000', incidentId: 'INS-00000000', callId: 'TLP-00000000', bookingId: 'PSN-00000000', hash: '1'.repeat(64) }; // prettier-ignore
const unknownIds = () => ({ ...Object.fromEntries(Object.keys(ids).map((name) => [name, 'Unknown9'])), ...formed, ...numbered }); // prettier-ignore

async function broken(route: RouteContract, role: Role, seed: number): Promise<string[]> {
  const kind = role === 'device' || role === 'screen' ? role : 'person';
  const token = await tokenOf({ roles: [role], kind, agencies: [...Agency.options], id: `${role}-b` });
  // what is not there first: an answer to the second must not be a change that the first one made
  const unknown = await heard(route, { params: unknownIds(), seed, token });
  const ofA = await heard(route, { params: ids, seed, token });
  return [
    ...(ofA.text.includes(word) || unknown.text.includes(word) ? [`${role} of B heard of A`] : []),
    ...(route.params === undefined || ofA.status === unknown.status
      ? []
      : [`${role} of B: ${ofA.status}, and ${unknown.status} for unknown ids`]),
  ];
}

/** Every role that the route lets in, and of the others, which all hear the same, one. */
function rolesAt(route: RouteContract): readonly Role[] {
  const mayCall = (role: Role) => lackOf(route, { roles: [role], agencies: Agency.options }) === undefined;
  return [...roles.filter(mayCall), ...roles.filter((role) => !mayCall(role)).slice(0, 1)];
}

describe('the other city', () => {
  it.each(routes.map((route) => [route.name, route] as const))(
    '%s: whoever is of B hears nothing of A, and ids of A are unknown',
    async (_, route) => {
      const seed = Date.now() % 1_000_000;
      const wrong: string[] = [];
      for (const role of rolesAt(route)) wrong.push(...(await broken(route, role, seed)));
      expect({ seed, wrong }).toEqual({ seed, wrong: [] });
    },
    30_000,
  );

  it('all of A is there still', async () => {
    const names = (await atA(ListPeople, { query: {} })).items.map(({ displayName }) => displayName);
    expect(names).toContain(`${word} satu`);
    expect((await atA(ListInvitations, { query: {} })).items.map(({ displayName }) => displayName)).toContain(
      `${word} dua`,
    );
  });

  it('somebody of A is nobody at B, and signs in at home', async () => {
    const call = createClient({ baseUrl: city.url });
    const body = { userName: `u.${word}`, password };
    await expect(call(SignIn, { body: { ...body, city: B } })).rejects.toMatchObject({ kind: 'unauthenticated' });
    await expect(call(SignIn, { body: { ...body, city: '0000' } })).rejects.toMatchObject({ kind: 'unauthenticated' });
    expect(await call(SignIn, { body: { ...body, city: A } })).toMatchObject({ displayName: `${word} satu` });
  });

  it('an id of A has no name at B', async () => {
    const call = async (of: string) =>
      createClient({ baseUrl: city.url, token: await tokenOf({ city: of }) })(ListColleagues, {
        query: { ids: ids['personId'] ?? '' },
      });
    expect((await call(A)).items).toMatchObject([{ displayName: `${word} satu` }]);
    expect((await call(B)).items).toEqual([{ principalId: ids['personId'] }]);
  });

  it('a link of A under the code of B opens nothing', async () => {
    const made = await atA(InvitePerson, {
      body: { displayName: 'Bu Tiga', roles: ['viewer'], agencies: ['command'] },
    });
    const token = made.path.replace(/^.*#undangan=/, '');
    expect(token.startsWith(`${A}.`)).toBe(true);
    const call = createClient({ baseUrl: city.url });
    const opened = call(AcceptInvitation, { body: { token: token.replace(A, B), userName: 'bu.tiga', password } });
    await expect(opened).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('figures that somebody of B reads name B only; the owner of the machine reads all', async () => {
    const read = async (over: Partial<Principal>) => {
      const headers = { authorization: `Bearer ${await tokenOf({ roles: ['viewer'], ...over })}` };
      return (await fetch(`${city.url}/metrics`, { headers })).text();
    };
    await eventually(async () => {
      const [ofB, ofOwner] = await Promise.all([read({}), read({ kind: 'service', city: A })]);
      expect([ofB.includes(`="${B}`), ofB.includes(`="${A}`)]).toEqual([true, false]);
      expect([ofOwner.includes(`="${B}`), ofOwner.includes(`="${A}`)]).toEqual([true, true]);
    });
  });

  it('a phone of A is a stranger at the door of B', async () => {
    const at = `id=phone-a&lat=-7.77&lon=113.2&timestamp=${Date.now() / 1000}`;
    expect((await fetch(`${city.url}/ingest/${B}/osmand?${at}`)).status).toBe(400);
    expect((await fetch(`${city.url}/ingest/${A}/osmand?${at}`)).status).toBe(200);
  });
});

/** Everything a screen is sent, and where it is. */
interface Watched {
  said: string[];
  frames: Frame[];
  socket: Socket;
  subscribe(wish: object): Promise<unknown>;
}

async function watch(of: string): Promise<Watched> {
  const token = await tokenOf({ city: of, agencies: [...Agency.options] });
  const socket = io(`${city.url}${LIVE_NAMESPACE}`, { transports: ['websocket'], auth: { token }, forceNew: true });
  const said: string[] = [];
  const frames: Frame[] = [];
  socket.onAny((...heard: unknown[]) => said.push(JSON.stringify(heard)));
  socket.on('frame', (frame: Frame) => frames.push(frame));
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
  const subscribe = async (wish: object) => {
    const answer: unknown = await socket.timeout(5000).emitWithAck('subscribe', wish);
    said.push(JSON.stringify(answer));
    return answer;
  };
  return { said, frames, socket, subscribe };
}

describe('screens of the other city', () => {
  const watching: Watched[] = [];
  const open = async (of: string) => {
    const watched = await watch(of);
    watching.push(watched);
    return watched;
  };
  afterAll(() => {
    for (const { socket } of watching) socket.disconnect();
  });

  it('hear nothing of A, by any stream, epoch or position of A', async () => {
    const names = streams.map(({ name }) => name);
    const wall = await open(A);
    const { epoch } = (await wall.subscribe({ streams: names })) as { epoch: string };
    await eventually(() => expect(wall.said.join('')).toContain(word));
    const since = wall.frames.at(-1)?.position ?? '';
    for (const wish of [{}, { streams: names }, { streams: names, since }, { streams: names, since, epoch }]) {
      const spy = await open(B);
      expect(await spy.subscribe(wish)).toMatchObject({ recovered: false });
      await eventually(() => expect(spy.frames.length).toBeGreaterThan(2));
      expect(spy.said.join('')).not.toContain(word);
    }
    for (const stream of names) {
      const spy = await open(B);
      await spy.subscribe({ streams: [stream], since });
      await eventually(() => expect(spy.frames.length).toBeGreaterThan(0));
      expect(spy.said.join('')).not.toContain(word);
    }
    const atB = createClient({ baseUrl: city.url, token: await tokenOf({}) });
    const account = atB(AccountLive, { body: { from: since, to: since } });
    await expect(account).rejects.toMatchObject({ kind: 'conflict' });
  }, 60_000);
});
