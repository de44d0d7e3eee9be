import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeEvent, topicOf } from '@siaga/bus';
import {
  CityBegan,
  ClearStreetExercise,
  FeederRegistered,
  feederRoutes,
  LampRegistered,
  lampRoutes,
  PanelRegistered,
  panelRoutes,
  type Client,
} from '@siaga/contracts';
import { eventually, randomCities } from '@siaga/testing';
import { startTestStreet, type TestStreet } from './street.harness.ts';

const [city = ''] = randomCities(1);
const pilang = { lat: -7.7551, lng: 113.191 };
let street: TestStreet;
let admin: Client;
beforeAll(async () => {
  street = await startTestStreet(city);
  admin = await street.as({});
});
afterAll(() => street.close());

const lamp = (lampId: string, panelId?: string) => ({ lampId, watt: 90, place: pilang, ...(panelId && { panelId }) });

describe('the registers of feeders, panels and lamps', () => {
  it('hang on one another, are told to screens, changed at a version and removed from below', async () => {
    await admin(feederRoutes.register, { body: { feederId: 'PLG', name: 'Penyulang Pilang' } });
    await admin(panelRoutes.register, { body: { panelId: 'A', supply: 'metered', feederId: 'PLG', place: pilang } });
    const made = await admin(lampRoutes.register, {
      body: { ...lamp('L', 'A'), poleNumber: 'T-1', road: 'Jl. Mawar' },
    });
    expect(made).toMatchObject({ kind: 'grid', approximate: false, kelurahanCode: '35.74.01.1009', version: 1 });
    await eventually(async () => {
      expect((await street.latest(FeederRegistered)).get('PLG')).toMatchObject({ data: { name: 'Penyulang Pilang' } });
      expect((await street.latest(PanelRegistered)).get('A')).toMatchObject({ data: { feederId: 'PLG' } });
      expect((await street.latest(LampRegistered)).get('L')).toMatchObject({ data: { panelId: 'A' }, exercise: false });
    });

    const read = { params: { lampId: 'L' } };
    const moved = { watt: 60, place: { lat: -7.9, lng: 113.2 }, version: 1 };
    const changed = await admin(lampRoutes.change, { ...read, body: moved });
    // what was left out is cleared, what is computed is computed anew
    expect(changed).toEqual({
      ...{ lampId: 'L', kind: 'grid', watt: 60, place: moved.place, approximate: false, version: 2, exercise: false },
      ...{ createdAtMs: made.createdAtMs, changedAtMs: expect.any(Number) },
    });
    expect(await admin(lampRoutes.get, read)).toEqual(changed);
    await expect(admin(lampRoutes.change, { ...read, body: moved })).rejects.toMatchObject({ kind: 'conflict' });
    await admin(lampRoutes.change, { ...read, body: { ...moved, version: 2, panelId: 'A' } });

    const panel = { params: { panelId: 'A' }, query: { version: 1 } };
    await expect(admin(panelRoutes.remove, panel)).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('masih dipakai 1 lampu'),
    });
    await expect(admin(lampRoutes.remove, { ...read, query: { version: 1 } })).rejects.toMatchObject({
      kind: 'conflict',
    });
    await admin(lampRoutes.remove, { ...read, query: { version: 3 } });
    await admin(panelRoutes.remove, panel);
    await eventually(async () => {
      expect((await street.latest(LampRegistered)).has('L')).toBe(false);
      expect((await street.latest(PanelRegistered)).has('A')).toBe(false);
    });
  });

  it('refuse what is taken, and a panel nobody registered', async () => {
    await admin(lampRoutes.register, { body: lamp('M') });
    await expect(admin(lampRoutes.register, { body: lamp('M') })).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('M sudah terdaftar'),
    });
    await expect(admin(lampRoutes.register, { body: lamp('N', 'B') })).rejects.toMatchObject({
      kind: 'invalid',
      issues: [{ at: 'panelId' }],
    });
    // one press is one lamp, however often it arrives
    const press = { idempotencyKey: 'press-of-a-button' };
    const once = await admin(lampRoutes.register, { body: lamp('O') }, press);
    expect(await admin(lampRoutes.register, { body: lamp('O') }, press)).toEqual(once);
  });

  it('list by panel, kelurahan and road, page by page', async () => {
    await admin(panelRoutes.register, { body: { panelId: 'P', supply: 'estimated' } });
    for (const lampId of ['P-1', 'P-2', 'P-3']) await admin(lampRoutes.register, { body: lamp(lampId, 'P') });
    await admin(lampRoutes.register, {
      body: { ...lamp('P-4'), road: 'Jl. Melati', place: { lat: -7.9, lng: 113.2 } },
    });
    const idsOf = async (query: object) => (await admin(lampRoutes.list, { query })).items.map(({ lampId }) => lampId);
    expect(await idsOf({ panelId: 'P' })).toEqual(['P-1', 'P-2', 'P-3']);
    expect(await idsOf({ road: 'Jl. Melati' })).toEqual(['P-4']);
    expect(await idsOf({ kelurahanCode: '35.74.01.1009', q: 'p-' })).toEqual(['P-1', 'P-2', 'P-3']);
    const first = await admin(lampRoutes.list, { query: { panelId: 'P', limit: 2 } });
    expect(first.items).toHaveLength(2);
    expect(await idsOf({ panelId: 'P', limit: 2, after: first.next })).toEqual(['P-3']);
  });

  it('are read by Dishub and the room, and written by their administrators only', async () => {
    const body = { feederId: 'X', name: 'X' };
    for (const over of [{ roles: ['viewer'] }, { roles: ['dispatcher'] }] as const) {
      const reader = await street.as(over);
      expect(await reader(feederRoutes.list, { query: {} })).toMatchObject({ items: expect.any(Array) });
      await expect(reader(feederRoutes.register, { body })).rejects.toMatchObject({ kind: 'forbidden' });
    }
    const stranger = await street.as({ agencies: ['dlh'] });
    await expect(stranger(feederRoutes.list, { query: {} })).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(stranger(feederRoutes.register, { body })).rejects.toMatchObject({ kind: 'forbidden' });
  });
});

describe('labels for poles', () => {
  it('are a page to print, with the address people reach the city by', async () => {
    await admin(lampRoutes.register, { body: { ...lamp('Q-1'), poleNumber: 'T-77', road: 'Jl. Kenanga' } });
    const ask = (more: string) => street.ask(`/api/street/lamp-labels?road=Jl.%20Kenanga${more}`);
    const page = await ask('&address=https://siaga.example.go.id');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'; style-src 'sha256-/);
    expect(await page.text()).toContain('T-77');
    // nobody's telephone reaches 127.0.0.1
    const unreachable = await ask('');
    expect([unreachable.status, await unreachable.text()]).toEqual([400, expect.stringContaining('address')]);
  });
});

describe('an exercise', () => {
  const names = ['S-1', 'S-2'];
  const register = async () => {
    const simulator = await street.as({ id: 'simulator', kind: 'service', exercise: true });
    for (const lampId of names) await simulator(lampRoutes.register, { body: lamp(lampId) });
    // whoever changes what is simulated, it stays so
    await admin(lampRoutes.change, { params: { lampId: 'S-1' }, body: { watt: 60, place: pilang, version: 1 } });
  };
  const simulated = async () =>
    (await admin(lampRoutes.list, { query: { limit: 1000 } })).items.filter(({ exercise }) => exercise);

  it('is cleared, and leaves what is real', async () => {
    await register();
    await eventually(async () => {
      const changed = { data: { watt: 60 }, exercise: true };
      expect((await street.latest(LampRegistered)).get('S-1')).toMatchObject(changed);
    });
    const before = (await admin(lampRoutes.list, { query: { limit: 1000 } })).items.length;
    expect(await simulated()).toHaveLength(2);
    const cityAdmin = await street.as({ roles: ['city-admin'] });
    expect(await cityAdmin(ClearStreetExercise, {})).toEqual({ removed: 2 });
    expect((await admin(lampRoutes.list, { query: { limit: 1000 } })).items).toHaveLength(before - 2);
    await eventually(async () => {
      const said = await street.latest(LampRegistered);
      expect(names.filter((lampId) => said.has(lampId))).toEqual([]);
    });
  });

  it('ends when the city begins in earnest', async () => {
    await register();
    const about = { city, source: 'siaga/gateway', exercise: false, correlation: 'begin-in-earnest' };
    await street.log.append(topicOf(city, CityBegan.stream), [
      encodeEvent(CityBegan, { city, atMs: Date.now() }, about),
    ]);
    await eventually(async () => {
      expect(await simulated()).toEqual([]);
    }, 15_000);
  });
});
