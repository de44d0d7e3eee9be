import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ControllerRegistered,
  controllerRoutes,
  ControllerSeen,
  LampRegistered,
  lampRoutes,
  ListSeenControllers,
  ListStreetRefusals,
  panelRoutes,
  StreetTelemetryRecorded,
  type Client,
  type StreetTelemetry,
} from '@siaga/contracts';
import { eventually, randomCities } from '@siaga/testing';
import { startTestStreet, type TestStreet } from '../street.harness.ts';

const [city = ''] = randomCities(1);
const place = { lat: -7.7551, lng: 113.191 };
let street: TestStreet;
let call: Client;
beforeAll(async () => {
  street = await startTestStreet(city, { REPORTS_PER_SECOND_OF_CONTROLLER: '1' });
  call = await street.as({});
  for (const panelId of ['A', 'B']) await call(panelRoutes.register, { body: { panelId, supply: 'metered', place } });
  for (const [lampId, panelId] of Object.entries({ A1: 'A', A2: 'A', B1: 'B' }))
    await call(lampRoutes.register, { body: { lampId, panelId, watt: 90, place } });
  for (const [controllerId, speaksFor] of Object.entries({ LA1: 'lamp:A1', PA: 'panel:A', MAD: 'lamp:B1' }))
    await call(controllerRoutes.register, { body: { controllerId, protocol: 'street', speaksFor } });
  await eventually(async () => {
    expect((await street.latest(ControllerRegistered)).size).toBe(3);
    expect((await street.latest(LampRegistered)).size).toBe(3);
  });
});
afterAll(() => street.close());

const say = async (body: unknown, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${street.url}/ingest/street`, {
    ...{ method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) },
  });
  return { status: answer.status, said: (await answer.json()) as Record<string, unknown> };
};
const recorded = async () => {
  const reports = await street.readAll(StreetTelemetryRecorded);
  return reports.map(({ data }) => data as StreetTelemetry);
};

describe('the door of controllers', () => {
  it('answers once the log has it, in our units and TALQ’s words; a repeat is one report', async () => {
    const time = Date.now() - 60_000;
    const body = {
      ...{ deviceId: 'LA1', time, activePowerW: 88.5, levelPercent: 100, supplyVoltageV: 229 },
      events: [{ eventType: 'highTemperature', startEndFlag: 'start' }],
    };
    expect(await say(body)).toEqual({ status: 200, said: { result: 'accepted' } });
    expect(await recorded()).toEqual([
      {
        ...{ telemetryId: expect.any(String), protocol: 'street', deviceId: 'LA1', thing: 'lamp:A1' },
        ...{ atMs: time, receivedAtMs: expect.any(Number) },
        lamp: { activePowerW: 88.5, levelPercent: 100, supplyVoltageV: 229 },
        events: [{ eventType: 'highTemperature', startEndFlag: 'start', atMs: time }],
      },
    ]);
    expect(await say(body)).toEqual({ status: 200, said: { result: 'duplicate' } });
    expect(await recorded()).toHaveLength(1);
  });

  it('answers a list item by item', async () => {
    const { status, said } = await say([
      { deviceId: 'PA', contactor: 'closed', phases: [{ voltageV: 230 }] },
      { deviceId: 'PA', lampId: 'A2', activePowerW: 90 },
      { deviceId: 'PA', lampId: 'B1', activePowerW: 90 },
      { deviceId: 'nobody', activePowerW: 90 },
      'no report',
      { deviceId: 'PA', lampId: 'gone' },
    ]);
    expect(status).toBe(200);
    expect(said['items']).toMatchObject([
      { result: 'accepted' },
      { result: 'accepted' },
      { result: 'refused', reason: 'not-its-own', detail: 'lamp:B1 bukan miliknya: perangkat ini untuk panel:A' },
      { result: 'refused', reason: 'unknown-device' },
      { result: 'refused', reason: 'malformed' },
      { result: 'refused', reason: 'unregistered-thing' },
    ]);
    expect((await recorded()).map(({ thing }) => thing)).toEqual(expect.arrayContaining(['panel:A', 'lamp:A2']));
  });

  it.each([
    [{ activePower: 88 }, 400, '"activePower" tidak dikenal; kirim activePowerW'],
    [{ supplyVoltageV: 2290 }, 400, 'supplyVoltageV melebihi 1000: periksa satuannya'],
    [{ powerFactor: -2 }, 400, 'powerFactor kurang dari -1: periksa satuannya'],
    [{ contactor: 'closed' }, 400, '"contactor" tidak dikenal'],
    [{ time: 'yesterday' }, 400, 'time: waktu tidak terbaca'],
    [{ events: [{ eventType: 'supplyLoss', startEndFlag: 'begin' }] }, 400, 'events.0.startEndFlag'],
    [{ panelId: 'A' }, 200, 'panel:A bukan miliknya: perangkat ini untuk lamp:A1'],
    [{ time: Date.now() + 900_000 }, 200, 'jam alat'],
    [{ time: Date.now() - 31 * 86_400_000 }, 200, 'laporan berumur 31 hari'],
  ])('refuses what cannot be and says why (%#)', async (wrong, status, detail) => {
    const answer = await say({ deviceId: 'LA1', ...wrong });
    expect(answer.status).toBe(status);
    expect(answer.said['detail']).toContain(detail);
  });

  it('keeps what it refused of those it knows, by reason, for the administrator', async () => {
    await say({ deviceId: 'PA', lampId: 'B1', activePowerW: 91 });
    await eventually(async () => {
      const { items } = await call(ListStreetRefusals, { query: { controllerId: 'PA' } });
      expect(items).toMatchObject([
        { reason: 'not-its-own', count: 2, lastDetail: expect.stringContaining('lamp:B1') },
        { reason: 'unregistered-thing', count: 1 },
      ]);
      expect(items[0]?.lastRaw).toContain('"activePowerW":91');
    });
  });

  it('lists strangers until they are registered', async () => {
    expect(await say({ deviceId: 'NEW', activePowerW: 1 })).toMatchObject({ status: 404 });
    await eventually(async () => {
      const { items } = await call(ListSeenControllers, {});
      expect(items).toMatchObject([expect.objectContaining({ deviceId: 'NEW' }), { deviceId: 'nobody' }]);
    });
    await call(controllerRoutes.register, { body: { controllerId: 'NEW', protocol: 'street', speaksFor: 'lamp:A2' } });
    await eventually(async () => {
      expect((await street.latest(ControllerSeen)).has('street:NEW')).toBe(false);
      expect((await say({ deviceId: 'NEW', activePowerW: 1 })).status).toBe(200);
    });
  });

  it('tells a mad device when to come again, and hears its neighbours', async () => {
    const flood = Array.from({ length: 100 }, (_, at) => ({ deviceId: 'MAD', time: Date.now() - at, activePowerW: 1 }));
    const statuses: number[] = [];
    for (let sent = 0; sent < 5; sent += 1) statuses.push((await say(flood)).status);
    expect(statuses.slice(0, 3)).toEqual([200, 200, 200]);
    expect(statuses.at(-1)).toBe(429);
    expect((await say({ deviceId: 'LA1', activePowerW: 87 })).status).toBe(200);
  });

  it('takes a simulator’s reports of a real lamp as real: the mark is the controller’s', async () => {
    const token = await street.tokenOf({ id: 'simulator', kind: 'service', exercise: true });
    const authorization = { authorization: `Bearer ${token}` };
    expect((await say({ deviceId: 'LA1', activePowerW: 86 }, authorization)).status).toBe(200);
    const last = (await street.readAll(StreetTelemetryRecorded)).at(-1);
    expect(last).toMatchObject({ data: { lamp: { activePowerW: 86 } }, exercise: false });
  });
});
