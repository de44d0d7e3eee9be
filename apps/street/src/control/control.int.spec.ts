import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AssignLampProgramme,
  ControllerCommands,
  ControllerProgrammes,
  ControllerRegistered,
  controllerRoutes,
  EndLampOverride,
  GetLampOverride,
  LampOverrideChanged,
  LampProgrammeAssigned,
  LampRegistered,
  lampRoutes,
  LampStateChanged,
  ListLampOverrides,
  ListLampProgrammes,
  panelRoutes,
  PanelStateChanged,
  RemoveLampProgramme,
  SaveLampProgramme,
  TakeLampOverride,
  TryLampOverride,
  type Client,
  type LampOverride,
} from '@siaga/contracts';
import { databaseOf } from '@siaga/store';
import { eventually, randomCities } from '@siaga/testing';
import { createConnection, type Connection } from 'mongoose';
import { credentials } from '../mqtt/mqtt.harness.ts';
import { atMidnight } from '../states/midnight.harness.ts';
import { startTestStreet, type TestStreet } from '../street.harness.ts';
import { issued } from './step.ts';

const [city = ''] = randomCities(1);
const place = atMidnight();
/** Where the lamps of the single scenes are: out of the area that is tried. */
const elsewhere = { lat: 20, lng: place.lng };
/** Lamps with a controller of their own, `C-<lampId>`: each scene has its own. */
const SINGLE = ['reached', 'taken', 'both', 'away', 'poll', 'blocked', 'unheard', 'equal', 'refused', 'mad', 'moved'];
const PATIENCE_MS = 45_000;
const { say: sayOfKey, keyFor } = credentials(() => street, city);
let street: TestStreet;
let database: Connection;
let admin: Client;
let desk: Client;
let other: Client;

beforeAll(async () => {
  street = await startTestStreet(city);
  database = await createConnection(street.mongoUri, { dbName: databaseOf(city) }).asPromise();
  admin = await street.as({});
  desk = await street.as({ id: 'p2', roles: ['dispatcher'] });
  other = await street.as({ id: 'p3', roles: ['supervisor'] });
  for (const panelId of ['A', 'B']) await admin(panelRoutes.register, { body: { panelId, supply: 'metered', place } });
  for (const [lampId, panelId] of Object.entries({ A1: 'A', A2: 'A', A3: 'A', B1: 'B', B2: 'B', X1: undefined }))
    await admin(lampRoutes.register, { body: { lampId, panelId, watt: 90, place } });
  for (const lampId of SINGLE) await admin(lampRoutes.register, { body: { lampId, watt: 90, place: elsewhere } });
  const single = Object.fromEntries(SINGLE.map((lampId) => [`C-${lampId}`, `lamp:${lampId}`]));
  const speakers = { 'C-A': 'panel:A', 'C-A1': 'lamp:A1', 'C-B': 'panel:B', ...single };
  for (const [controllerId, speaksFor] of Object.entries(speakers))
    await admin(controllerRoutes.register, { body: { controllerId, protocol: 'street', speaksFor, intervalS: 600 } });
  await eventually(async () => {
    expect((await street.latest(ControllerRegistered)).size).toBe(3 + SINGLE.length);
    expect((await street.latest(LampRegistered)).size).toBe(6 + SINGLE.length);
  }, PATIENCE_MS);
  await sayUntil(
    [
      { deviceId: 'C-A', contactor: 'closed' },
      { deviceId: 'C-A', lampId: 'A2', activePowerW: 88 },
      { deviceId: 'C-A1', activePowerW: 88 },
      { deviceId: 'C-B', contactor: 'closed' },
    ],
    async () => {
      expect((await street.latest(LampStateChanged)).size).toBe(2);
      expect((await street.latest(PanelStateChanged)).size).toBe(2);
    },
  );
}, 120_000);
afterAll(async () => {
  await database.close();
  await street.close();
});

const say = async (reports: readonly object[], key?: string) => {
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const answer = await fetch(`${street.url}/ingest/street`, { method: 'POST', headers, body: JSON.stringify(reports) });
  const { items } = (await answer.json()) as { items: { result: string }[] };
  expect(items.map(({ result }) => result)).toEqual(reports.map(() => 'accepted'));
};
/** What controllers report goes on until it is seen: as they do, each interval. */
const sayUntil = (reports: readonly object[], look: () => Promise<void>) =>
  eventually(async () => {
    await say(reports);
    await eventually(look, 1000);
  }, PATIENCE_MS);
const poll = (deviceId: string, { after = '0', waitS = 0, key = '' } = {}) =>
  fetch(`${street.url}/ingest/street/commands?deviceId=${deviceId}&after=${after}&waitS=${String(waitS)}`, {
    headers: key === '' ? {} : { authorization: `Bearer ${key}` },
  });
const fetchCommands = async (deviceId: string, how: Parameters<typeof poll>[1] = {}) =>
  ControllerCommands.parse(await (await poll(deviceId, how)).json());
/** Asks as controllers do until there is something. */
const fetchSome = (deviceId: string, after?: string) =>
  eventually(async () => {
    const { items, next } = await fetchCommands(deviceId, { after: after ?? '0', waitS: 5 });
    expect(items).not.toEqual([]);
    return { items, next };
  }, PATIENCE_MS);
const speakFor = async (controllerId: string, speaksFor: string) => {
  const params = { controllerId };
  const { version } = await admin(controllerRoutes.get, { params });
  await admin(controllerRoutes.change, { params, body: { protocol: 'street', speaksFor, intervalS: 600, version } });
};
const inMinutes = (minutes: number) => Date.now() + minutes * 60_000;
const take = (
  caller: Client,
  body: Partial<{ lampIds: string[]; panelIds: string[]; levelPercent: number; untilMs: number }>,
) =>
  caller(TakeLampOverride, {
    body: { levelPercent: 0, untilMs: inMinutes(30), reason: 'galian di depan tiang', ...body },
  });
const thingOf = ({ things }: LampOverride, key: string) => things.find(({ thing }) => thing === key);
const read = (overrideId: string) => desk(GetLampOverride, { params: { overrideId } });
const saidOf = async (overrideId: string) => (await street.latest(LampOverrideChanged)).get(overrideId)?.data;
const holdersOf = async (lampId: string) => {
  const { items } = await desk(ListLampOverrides, { query: { open: 'true', limit: 100 } });
  const all = await Promise.all(items.map(({ overrideId }) => read(overrideId)));
  return all.filter((one) => thingOf(one, `lamp:${lampId}`) && !thingOf(one, `lamp:${lampId}`)?.replacedBy);
};
/** As another process keeps an override a moment before the log tells of it. */
const keepUnheard = async (overrideId: string, lampId: string, wakes: { wakeAtMs?: number } = {}) => {
  const nowMs = Date.now();
  await database.collection('street_overrides').insertOne({
    ...{ _id: overrideId as never, levelPercent: 0, reason: 'uji', by: 'p2', takenAtMs: nowMs, order: nowMs },
    ...{ untilMs: inMinutes(30), phase: 'active', exercise: false, changedAtMs: nowMs, ...wakes },
    things: [{ thing: `lamp:${lampId}`, lamps: 1, watt: 90, intervalS: 600, controllerId: `C-${lampId}`, applied: issued(nowMs) }], // prettier-ignore
    ...{ version: 1, schemaVersion: 2 },
  });
};

describe('switching lamps by hand', () => {
  it('is tried first: what would be reached, what would not and why', async () => {
    const body = { panelIds: ['A', 'B'], lampIds: ['X1'], levelPercent: 50 };
    const { things } = await desk(TryLampOverride, { body });
    expect(things.toSorted((a, b) => (a.thing < b.thing ? -1 : 1))).toEqual([
      { thing: 'lamp:A1', lamps: 1, verdict: 'ready' },
      { thing: 'lamp:A2', lamps: 1, verdict: 'ready' },
      { thing: 'lamp:A3', lamps: 1, verdict: 'panel-only' },
      { thing: 'lamp:X1', lamps: 1, verdict: 'no-controller' },
      { thing: 'panel:B', lamps: 2, verdict: 'cannot-dim' },
    ]);
    const around = { south: place.lat - 1, north: place.lat + 1, west: place.lng - 0.1, east: place.lng + 0.1 };
    const inArea = await desk(TryLampOverride, { body: { area: around, levelPercent: 0 } });
    expect(inArea.things).toHaveLength(6);
    expect(inArea.things).toContainEqual({ thing: 'lamp:B1', lamps: 1, verdict: 'panel-only' });
    expect(await holdersOf('A1')).toEqual([]);
  });

  it('reaches the controller that waits, is confirmed by what it measures, and counts once', async () => {
    const waiting = fetchCommands('C-reached', { waitS: 10 });
    const untilMs = inMinutes(30);
    const press = { idempotencyKey: 'press-off' };
    const body = { lampIds: ['reached', 'X1'], levelPercent: 0, untilMs, reason: 'galian di depan tiang' };
    const taken = await desk(TakeLampOverride, { body }, press);
    expect(await desk(TakeLampOverride, { body }, press)).toMatchObject({ overrideId: taken.overrideId });
    const command = {
      ...{ commandId: `${taken.overrideId}/lamp:reached/override`, lampId: 'reached', levelPercent: 0 },
      ...{ reason: 'override', cmsRefId: taken.overrideId, expiration: new Date(untilMs).toISOString() },
      start: new Date(taken.takenAtMs).toISOString(),
    };
    await waiting; // it came while the poll waited, or after it
    const { items, next } = await fetchCommands('C-reached');
    expect(items).toEqual([command]);
    expect(thingOf(await read(taken.overrideId), 'lamp:reached')?.applied.state).toBe('sent');
    expect((await fetchCommands('C-reached', { after: next })).items).toEqual([]);
    // fetched again by one that lost its memory
    expect((await fetchCommands('C-reached')).items).toEqual([command]);
    await sayUntil([{ deviceId: 'C-reached', activePowerW: 0.5 }], async () => {
      const override = await read(taken.overrideId);
      expect(thingOf(override, 'lamp:reached')?.applied.state).toBe('confirmed');
      expect(thingOf(override, 'lamp:X1')).toMatchObject({ applied: { state: 'failed', because: 'no-controller' } });
      expect(await saidOf(taken.overrideId)).toMatchObject({ by: 'p2', untilMs, tally: { confirmed: 1, failed: 1 } });
      // off as it was told: nothing is wrong with it
      expect((await street.latest(LampStateChanged)).get('reached')?.data).toMatchObject({
        ...{ light: 'off', commandedPercent: 0, faults: [] },
      });
    });
    expect(JSON.stringify(await saidOf(taken.overrideId))).not.toContain('galian');
  });

  it('tells whose it replaces, and takes it over', async () => {
    const first = await take(desk, { lampIds: ['taken'] });
    const { things } = await other(TryLampOverride, { body: { lampIds: ['taken'], levelPercent: 50 } });
    const { overrideId, untilMs } = first;
    expect(things[0]?.replaces).toEqual({ overrideId, by: 'p2', levelPercent: 0, untilMs });
    const second = await take(other, { lampIds: ['taken'], levelPercent: 50 });
    expect(thingOf(second, 'lamp:taken')?.replaces).toBe(overrideId);
    await eventually(async () => {
      const before = await read(overrideId);
      expect(before).toMatchObject({ phase: 'over', things: [{ replacedBy: second.overrideId }] });
    }, PATIENCE_MS);
    expect((await fetchSome('C-taken')).items).toMatchObject([{ lampId: 'taken', cmsRefId: second.overrideId }]);
  });

  it('by two people at once leaves one of them each lamp, and both see whose it is', async () => {
    const taken = await Promise.all([take(desk, { lampIds: ['both'] }), take(other, { lampIds: ['both'] })]);
    await eventually(async () => {
      const [holder, ...more] = await holdersOf('both');
      expect(more).toEqual([]);
      const loser = taken.find(({ overrideId }) => overrideId !== holder?.overrideId)?.overrideId ?? '';
      expect(await read(loser)).toMatchObject({ phase: 'over', things: [{ replacedBy: holder?.overrideId }] });
      expect(holder).toMatchObject({ phase: 'active', things: [{ replaces: loser }] });
    }, PATIENCE_MS);
  });

  it('by two processes in the same millisecond is settled by their numbers', async () => {
    await keepUnheard('PRL-EQUAL001', 'equal', { wakeAtMs: Date.now() });
    await keepUnheard('PRL-EQUAL002', 'equal', { wakeAtMs: Date.now() });
    await eventually(async () => {
      const holders = await holdersOf('equal');
      expect(holders.map(({ overrideId }) => overrideId)).toEqual(['PRL-EQUAL002']);
      expect(await read('PRL-EQUAL001')).toMatchObject({ phase: 'over', things: [{ replacedBy: 'PRL-EQUAL002' }] });
      expect(holders[0]).toMatchObject({ things: [{ replaces: 'PRL-EQUAL001' }] });
    }, PATIENCE_MS);
  });

  it('is confirmed also where this process has not heard of it yet', async () => {
    await keepUnheard('PRL-UNHEARD1', 'unheard');
    await say([{ deviceId: 'C-unheard', activePowerW: 0.5 }]);
    await eventually(async () => {
      expect(await read('PRL-UNHEARD1')).toMatchObject({ things: [{ applied: { state: 'confirmed' } }] });
    }, PATIENCE_MS);
  });

  it('ended early waits for a controller that is away: told when it comes, back when it measures its programme', async () => {
    const { overrideId, untilMs } = await take(desk, { lampIds: ['away'], levelPercent: 100 });
    const { next } = await fetchSome('C-away');
    const params = { overrideId };
    expect(await other(EndLampOverride, { params })).toMatchObject({ phase: 'restoring', endedBy: 'p3' });
    await expect(desk(EndLampOverride, { params })).rejects.toMatchObject({ kind: 'conflict' });
    // it gives what its programme gives just now, and still holds the override
    await sayUntil([{ deviceId: 'C-away', levelPercent: 100 }], async () => {
      expect((await street.latest(LampStateChanged)).get('away')?.data).toMatchObject({ light: 'lit' });
    });
    expect(await read(overrideId)).toMatchObject({
      ...{ phase: 'restoring', untilMs, things: [{ restored: { state: 'waiting' } }] },
    });
    const { items } = await fetchSome('C-away', next);
    expect(items).toMatchObject([{ lampId: 'away', reason: 'program', levelPercent: 100 }]);
    await sayUntil([{ deviceId: 'C-away', levelPercent: 100 }], async () => {
      expect(await read(overrideId)).toMatchObject({ phase: 'over', things: [{ restored: { state: 'confirmed' } }] });
      expect(await saidOf(overrideId)).toMatchObject({ phase: 'over', tally: { confirmed: 1 } });
    });
  });

  it('switches a whole panel by its contactor, and gives it back at its time by itself', async () => {
    const untilMs = Date.now() + 3000;
    const { overrideId, things } = await take(desk, { panelIds: ['B'], untilMs });
    expect(things).toMatchObject([{ thing: 'panel:B', lamps: 2, controllerId: 'C-B' }]);
    expect((await fetchSome('C-B')).items).toMatchObject([{ panelId: 'B', cmsRefId: overrideId }]);
    await eventually(async () => {
      const back = { panelId: 'B', reason: 'program', levelPercent: 100 };
      expect((await fetchCommands('C-B')).items).toMatchObject([back]);
    }, PATIENCE_MS);
    await sayUntil([{ deviceId: 'C-B', contactor: 'closed' }], async () => {
      const over = await read(overrideId);
      expect(over).toMatchObject({ phase: 'over', endedAtMs: untilMs });
      expect(thingOf(over, 'panel:B')).toMatchObject({ restored: { state: 'confirmed' } });
    });
  });

  it('cannot be told by LoRaWAN, and says so when it is tried', async () => {
    const body = { controllerId: '70b3d57ed0000001', protocol: 'chirpstack', speaksFor: 'lamp:X1' } as const;
    await admin(controllerRoutes.register, { body });
    await eventually(async () => {
      const { things } = await desk(TryLampOverride, { body: { lampIds: ['X1'], levelPercent: 0 } });
      expect(things).toMatchObject([{ thing: 'lamp:X1', verdict: 'one-way' }]);
    }, PATIENCE_MS);
  });

  it.each([
    [{ lampIds: ['refused'], untilMs: 1000 }, 'pilih waktu yang belum lewat'],
    [{ lampIds: ['refused'], untilMs: inMinutes(13 * 60) }, 'paling lama 12 jam'],
    [{ lampIds: ['nobody'] }, 'lampIds: nobody tidak terdaftar'],
    [{ lampIds: ['X1'] }, 'tidak satu pun'],
    [{}, 'pilih lampu, panel, kelurahan, atau wilayah'],
  ])('refuses what cannot be and says why (%#)', async (wrong, words) => {
    await expect(take(desk, wrong)).rejects.toThrow(words);
  });

  it('is for those on duty at Dishub, and commands for who is registered', async () => {
    const lampIds = ['refused'];
    for (const over of [{ roles: ['agency-admin'] }, { roles: ['dispatcher'], agencies: ['command'] }] as const) {
      const caller = await street.as({ ...over, agencies: [...('agencies' in over ? over.agencies : ['dishub' as const])], roles: [...over.roles] }); // prettier-ignore
      await expect(take(caller, { lampIds })).rejects.toMatchObject({ kind: 'forbidden' });
    }
    const playing = await street.as({ roles: ['dispatcher'], exercise: true });
    await expect(take(playing, { lampIds })).rejects.toThrow('hanya menyuruh yang simulasi');
    await expect(
      playing(AssignLampProgramme, { body: { things: ['lamp:refused'], programmeId: 'sun' } }),
    ).rejects.toThrow('hanya menyuruh yang simulasi');
    expect((await poll('nobody')).status).toBe(404);
    expect((await poll('C-refused', { after: 'yesterday' })).status).toBe(400);
  });
});

describe('a lamp that goes to another controller while it is held', () => {
  it('is told by that one, there and back, and the one before hears no more of it', async () => {
    const { overrideId } = await take(desk, { lampIds: ['moved'] });
    const { next } = await fetchSome('C-moved');
    await speakFor('C-moved', 'lamp:X1');
    await eventually(async () => {
      expect(await read(overrideId)).toMatchObject({
        ...{ phase: 'active', things: [{ applied: { state: 'failed', because: 'no-controller' } }] },
      });
    }, PATIENCE_MS);
    expect((await fetchCommands('C-moved')).items).toEqual([]);
    const body = { controllerId: 'C-heir', protocol: 'street', speaksFor: 'lamp:moved', intervalS: 600 } as const;
    await admin(controllerRoutes.register, { body });
    const told = await fetchSome('C-heir');
    expect(told.items).toMatchObject([{ lampId: 'moved', cmsRefId: overrideId, reason: 'override' }]);
    await eventually(async () => {
      const [thing] = (await read(overrideId)).things;
      expect(thing).toMatchObject({ controllerId: 'C-heir', applied: { state: 'sent' } });
      expect(thing?.applied.because).toBeUndefined();
    }, PATIENCE_MS);
    await desk(EndLampOverride, { params: { overrideId } });
    expect((await fetchSome('C-heir', told.next)).items).toMatchObject([{ lampId: 'moved', reason: 'program' }]);
    expect((await fetchCommands('C-moved', { after: next })).items).toEqual([]);
  });
});

describe('a controller that waits for commands', () => {
  it('has one poll: the next one ends it, with an empty answer', async () => {
    const first = fetchCommands('C-poll', { after: '7', waitS: 10 });
    const answers = [first];
    // whichever of them comes first: the one that is not the last is ended by the last
    const second = fetchCommands('C-poll', { after: '7', waitS: 10 });
    answers.push(second);
    expect(await Promise.race(answers)).toEqual({ items: [], next: '7' });
    const { overrideId } = await take(desk, { lampIds: ['poll'] });
    const found = (await Promise.all(answers)).flatMap(({ items }) => items);
    expect(found.map(({ cmsRefId }) => cmsRefId)).toEqual([overrideId]);
  });

  it('is proven again: who was blocked meanwhile is handed nothing', async () => {
    const key = await keyFor('C-blocked');
    await eventually(async () => {
      expect((await poll('C-blocked')).status).toBe(404);
    }, PATIENCE_MS);
    const waiting = poll('C-blocked', { waitS: 10, key });
    await sayOfKey('C-blocked', { blocked: true });
    await eventually(async () => {
      const program = `${street.url}/ingest/street/program?deviceId=C-blocked`;
      expect((await fetch(program, { headers: { authorization: `Bearer ${key}` } })).status).toBe(404);
    }, PATIENCE_MS);
    const { overrideId } = await take(desk, { lampIds: ['blocked'] });
    expect((await waiting).status).toBe(404);
    expect(await read(overrideId)).toMatchObject({ things: [{ applied: { state: 'waiting' } }] });
  });
});

describe('a controller that asks without end', () => {
  it('is told when to come again; it still reports, and others ask', async () => {
    const statuses = new Set<number>();
    let refused: Response | undefined;
    for (let asked = 0; refused === undefined && asked < 1200; asked += 50) {
      const answers = await Promise.all(Array.from({ length: 50 }, () => poll('C-mad')));
      for (const { status } of answers) statuses.add(status);
      refused = answers.find(({ status }) => status === 429);
    }
    expect([...statuses]).toEqual([200, 429]);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    await say([{ deviceId: 'C-mad', activePowerW: 88 }]);
    expect((await poll('C-refused')).status).toBe(200);
  });
});

describe('programmes', () => {
  it('are followed by the lamp that names one, else by its panel’s, else the sun', async () => {
    const switches = (levelPercent: number) => [{ at: { clock: '00:00' }, levelPercent }];
    const params = { programmeId: 'HEMAT' };
    const made = await desk(SaveLampProgramme, { params, body: { name: 'Hemat', switches: switches(40) } });
    await desk(SaveLampProgramme, {
      params: { programmeId: 'PENUH' },
      body: { name: 'Penuh', switches: switches(90) },
    });
    await desk(AssignLampProgramme, { body: { things: ['panel:A'], programmeId: 'HEMAT' } });
    await desk(AssignLampProgramme, { body: { things: ['lamp:A2'], programmeId: 'PENUH' } });
    await eventually(async () => {
      expect((await street.latest(LampProgrammeAssigned)).size).toBe(2);
      expect(await programOf('C-A')).toMatchObject([
        { panelId: 'A', programmeId: 'HEMAT', switches: [{ levelPercent: 40 }, {}, {}] },
        { lampId: 'A2', programmeId: 'PENUH', switches: [{ levelPercent: 90 }, {}, {}] },
      ]);
      expect(await programOf('C-A1')).toMatchObject([{ lampId: 'A1', programmeId: 'HEMAT' }]);
      expect(await programOf('C-B')).toMatchObject([{ panelId: 'B', programmeId: 'sun' }]);
    }, PATIENCE_MS);
    await sayUntil([{ deviceId: 'C-A1', activePowerW: 36, levelPercent: 40 }], async () => {
      expect((await street.latest(LampStateChanged)).get('A1')?.data).toMatchObject({ commandedPercent: 40 });
    });
    await expect(desk(RemoveLampProgramme, { params })).rejects.toMatchObject({ kind: 'conflict' });
    await expect(
      desk(SaveLampProgramme, { params, body: { name: 'Hemat', switches: switches(30), version: made.version + 1 } }),
    ).rejects.toMatchObject({ kind: 'conflict' });
    await desk(AssignLampProgramme, { body: { things: ['panel:A'] } });
    await desk(RemoveLampProgramme, { params });
    await eventually(async () => {
      const { items } = await desk(ListLampProgrammes, {});
      expect(items).toMatchObject([{ programmeId: 'sun' }, { programmeId: 'PENUH', assigned: 1 }]);
      expect(await programOf('C-A1')).toMatchObject([{ lampId: 'A1', programmeId: 'sun' }]);
    }, PATIENCE_MS);
  });
});

async function programOf(deviceId: string) {
  const answer = await fetch(`${street.url}/ingest/street/program?deviceId=${deviceId}`);
  return ControllerProgrammes.parse(await answer.json()).items;
}
