import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AssignLampProgramme,
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
  type ControllerCommand,
  type LampOverride,
} from '@siaga/contracts';
import { eventually, randomCities } from '@siaga/testing';
import { atMidnight } from '../states/midnight.harness.ts';
import { startTestStreet, type TestStreet } from '../street.harness.ts';

const [city = ''] = randomCities(1);
const place = atMidnight();
const PATIENCE_MS = 30_000;
let street: TestStreet;
let admin: Client;
let desk: Client;
let other: Client;

beforeAll(async () => {
  street = await startTestStreet(city);
  admin = await street.as({});
  desk = await street.as({ id: 'p2', roles: ['dispatcher'] });
  other = await street.as({ id: 'p3', roles: ['supervisor'] });
  for (const panelId of ['A', 'B']) await admin(panelRoutes.register, { body: { panelId, supply: 'metered', place } });
  for (const [lampId, panelId] of Object.entries({ A1: 'A', A2: 'A', A3: 'A', B1: 'B', B2: 'B', X1: undefined }))
    await admin(lampRoutes.register, { body: { lampId, panelId, watt: 90, place } });
  const speakers = { 'C-A': 'panel:A', 'C-A1': 'lamp:A1', 'C-B': 'panel:B' };
  for (const [controllerId, speaksFor] of Object.entries(speakers))
    await admin(controllerRoutes.register, { body: { controllerId, protocol: 'street', speaksFor, intervalS: 600 } });
  await eventually(async () => {
    expect((await street.latest(ControllerRegistered)).size).toBe(3);
    expect((await street.latest(LampRegistered)).size).toBe(6);
  });
  await say(
    { deviceId: 'C-A', contactor: 'closed' },
    { deviceId: 'C-A', lampId: 'A2', activePowerW: 88 },
    { deviceId: 'C-A1', activePowerW: 88 },
    { deviceId: 'C-B', contactor: 'closed' },
  );
  await eventually(async () => {
    expect((await street.latest(LampStateChanged)).size).toBe(2);
    expect((await street.latest(PanelStateChanged)).size).toBe(2);
  }, PATIENCE_MS);
});
afterAll(() => street.close());

const say = async (...reports: object[]) => {
  const answer = await fetch(`${street.url}/ingest/street`, { method: 'POST', body: JSON.stringify(reports) });
  const { items } = (await answer.json()) as { items: { result: string }[] };
  expect(items.map(({ result }) => result)).toEqual(reports.map(() => 'accepted'));
};
const fetchCommands = async (deviceId: string, after = '0', waitS = 0) => {
  const address = `${street.url}/ingest/street/commands?deviceId=${deviceId}&after=${after}&waitS=${String(waitS)}`;
  return (await (await fetch(address)).json()) as { items: ControllerCommand[]; next: string };
};
const inMinutes = (minutes: number) => Date.now() + minutes * 60_000;
const thingOf = ({ things }: LampOverride, key: string) => things.find(({ thing }) => thing === key);
const read = (overrideId: string) => desk(GetLampOverride, { params: { overrideId } });
const saidOf = async (overrideId: string) => (await street.latest(LampOverrideChanged)).get(overrideId)?.data;

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
    expect((await desk(ListLampOverrides, { query: {} })).items).toEqual([]);
  });

  it('reaches the controller that waits, is confirmed by what it measures, and counts once', async () => {
    const { next } = await fetchCommands('C-A1');
    const waiting = fetchCommands('C-A1', next, 10);
    const untilMs = inMinutes(30);
    const press = { idempotencyKey: 'press-off' };
    const body = { lampIds: ['A1', 'A3'], levelPercent: 0, untilMs, reason: 'galian di depan tiang' };
    const taken = await desk(TakeLampOverride, { body }, press);
    expect(await desk(TakeLampOverride, { body }, press)).toMatchObject({ overrideId: taken.overrideId });
    const { items, next: after } = await waiting;
    expect(items).toEqual([
      {
        ...{ commandId: `${taken.overrideId}/lamp:A1/override`, lampId: 'A1', levelPercent: 0, reason: 'override' },
        ...{ cmsRefId: taken.overrideId, expiration: new Date(untilMs).toISOString() },
        start: new Date(taken.takenAtMs).toISOString(),
      },
    ]);
    expect(thingOf(await read(taken.overrideId), 'lamp:A1')?.applied.state).toBe('sent');
    expect((await fetchCommands('C-A1', after)).items).toEqual([]);
    // fetched again by one that lost its memory
    expect((await fetchCommands('C-A1')).items).toEqual(items);
    await say({ deviceId: 'C-A1', activePowerW: 0.5 });
    await eventually(async () => {
      const override = await read(taken.overrideId);
      expect(thingOf(override, 'lamp:A1')?.applied.state).toBe('confirmed');
      expect(thingOf(override, 'lamp:A3')).toMatchObject({ applied: { state: 'failed', because: 'panel-only' } });
      expect(await saidOf(taken.overrideId)).toMatchObject({ by: 'p2', untilMs, tally: { confirmed: 1, failed: 1 } });
      // off as it was told: nothing is wrong with it
      expect((await street.latest(LampStateChanged)).get('A1')?.data).toMatchObject({
        ...{ light: 'off', commandedPercent: 0, faults: [] },
      });
    }, PATIENCE_MS);
    expect(JSON.stringify(await saidOf(taken.overrideId))).not.toContain('galian');
    expect((await desk(ListLampOverrides, { query: { open: 'true' } })).items).toHaveLength(1);
  });

  it('tells whose it replaces, and takes it over', async () => {
    const [first] = (await desk(ListLampOverrides, { query: {} })).items;
    const choice = { lampIds: ['A1', 'A2'], levelPercent: 50 };
    const { things } = await other(TryLampOverride, { body: choice });
    expect(things[0]?.replaces).toEqual({
      ...{ overrideId: first?.overrideId, by: 'p2', levelPercent: 0, untilMs: first?.untilMs },
    });
    const taken = await other(TakeLampOverride, { body: { ...choice, untilMs: inMinutes(5), reason: 'hemat' } });
    expect(thingOf(taken, 'lamp:A1')?.replaces).toBe(first?.overrideId);
    await eventually(async () => {
      const before = await read(first?.overrideId ?? '');
      expect(thingOf(before, 'lamp:A1')?.replacedBy).toBe(taken.overrideId);
      expect(before.phase).toBe('over');
    }, PATIENCE_MS);
    // the panel's controller spoke for A2
    expect((await fetchCommands('C-A')).items).toMatchObject([{ lampId: 'A2', levelPercent: 50 }]);
    expect((await fetchCommands('C-A1')).items).toMatchObject([{ lampId: 'A1', cmsRefId: taken.overrideId }]);
  });

  it('may be ended by somebody else; each lamp is back when it measures its programme', async () => {
    const { items } = await desk(ListLampOverrides, { query: { open: 'true' } });
    const overrideId = items[0]?.overrideId ?? '';
    expect(await desk(EndLampOverride, { params: { overrideId } })).toMatchObject({
      phase: 'restoring',
      endedBy: 'p2',
    });
    await expect(desk(EndLampOverride, { params: { overrideId } })).rejects.toMatchObject({ kind: 'conflict' });
    await eventually(async () => {
      expect((await fetchCommands('C-A1')).items).toMatchObject([
        { lampId: 'A1', reason: 'program', levelPercent: 100 },
      ]);
    }, PATIENCE_MS);
    await say({ deviceId: 'C-A1', levelPercent: 100 }, { deviceId: 'C-A', lampId: 'A2', activePowerW: 89 });
    await eventually(async () => {
      const over = await read(overrideId);
      expect(over.phase).toBe('over');
      expect(over.things.map(({ restored }) => restored?.state)).toEqual(['confirmed', 'confirmed']);
      expect(await saidOf(overrideId)).toMatchObject({ phase: 'over', tally: { confirmed: 2 } });
    }, PATIENCE_MS);
  });

  it('switches a whole panel by its contactor, and gives it back at its time by itself', async () => {
    const body = { panelIds: ['B'], levelPercent: 0, untilMs: Date.now() + 8000, reason: 'uji kontaktor' };
    const { overrideId, things } = await desk(TakeLampOverride, { body });
    expect(things).toMatchObject([{ thing: 'panel:B', lamps: 2, controllerId: 'C-B' }]);
    expect((await fetchCommands('C-B', '0', 5)).items).toMatchObject([{ panelId: 'B', levelPercent: 0 }]);
    await say({ deviceId: 'C-B', contactor: 'open' });
    await eventually(async () => {
      expect((await fetchCommands('C-B')).items).toMatchObject([
        { panelId: 'B', reason: 'program', levelPercent: 100 },
      ]);
    }, PATIENCE_MS);
    await say({ deviceId: 'C-B', contactor: 'closed' });
    await eventually(async () => {
      const over = await read(overrideId);
      expect(over).toMatchObject({ phase: 'over', endedAtMs: body.untilMs });
      expect(thingOf(over, 'panel:B')).toMatchObject({ restored: { state: 'confirmed' } });
    }, PATIENCE_MS);
  });

  it.each([
    [{ lampIds: ['A1'], untilMs: 1000 }, 'pilih waktu yang belum lewat'],
    [{ lampIds: ['A1'], untilMs: inMinutes(13 * 60) }, 'paling lama 12 jam'],
    [{ lampIds: ['nobody'] }, 'lampIds: nobody tidak terdaftar'],
    [{ lampIds: ['X1'] }, 'tidak satu pun'],
    [{}, 'pilih lampu, panel, kelurahan, atau wilayah'],
  ])('refuses what cannot be and says why (%#)', async (wrong, words) => {
    const body = { levelPercent: 0, untilMs: inMinutes(5), reason: 'x', ...wrong };
    await expect(desk(TakeLampOverride, { body })).rejects.toThrow(words);
  });

  it('is for those on duty at Dishub, and commands for who is registered', async () => {
    const body = { lampIds: ['A1'], levelPercent: 0, untilMs: inMinutes(5), reason: 'x' };
    for (const over of [{ roles: ['agency-admin'] }, { roles: ['dispatcher'], agencies: ['command'] }] as const) {
      const caller = await street.as({ ...over, agencies: [...('agencies' in over ? over.agencies : ['dishub' as const])], roles: [...over.roles] }); // prettier-ignore
      await expect(caller(TakeLampOverride, { body })).rejects.toMatchObject({ kind: 'forbidden' });
    }
    const playing = await street.as({ roles: ['dispatcher'], exercise: true });
    await expect(playing(TakeLampOverride, { body })).rejects.toThrow('hanya menyuruh yang simulasi');
    await expect(playing(AssignLampProgramme, { body: { things: ['lamp:A1'], programmeId: 'sun' } })).rejects.toThrow(
      'hanya menyuruh yang simulasi',
    );
    expect(await fetchCommands('nobody')).toMatchObject({ status: 404 });
    expect(await fetchCommands('C-A1', 'yesterday')).toMatchObject({ status: 400 });
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
    });
    await say({ deviceId: 'C-A1', activePowerW: 36, levelPercent: 40 });
    await eventually(async () => {
      expect((await street.latest(LampStateChanged)).get('A1')?.data).toMatchObject({ commandedPercent: 40 });
    }, PATIENCE_MS);
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
    });
  });
});

async function programOf(deviceId: string) {
  const answer = await fetch(`${street.url}/ingest/street/program?deviceId=${deviceId}`);
  return ((await answer.json()) as { items: unknown[] }).items;
}
