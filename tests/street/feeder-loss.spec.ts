import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  controllerRoutes,
  ControllerRegistered,
  createClient,
  feederRoutes,
  lampRoutes,
  LampRegistered,
  LampStateChanged,
  ListAlarms,
  panelRoutes,
  PanelStateChanged,
  type Client,
} from '@siaga/contracts';
import { createLive, type Live } from '@siaga/live';
import { eventually, startTestCity, type TestCity } from '@siaga/testing';

const PANELS = 6;
const LAMPS = 180;
/** That light up together: a third of the city's; `npm run bench -- dusk` takes all seven thousand. */
const AT_DUSK = 2333;
/** Reports in one message, and messages on their way at once. */
const AT_ONCE = 100;
const TOGETHER = 4;
const PATIENCE_MS = 60_000;

/** Where it is the middle of the night just now: lamps should burn. */
const hours = (Date.now() / 3_600_000) % 24;
const lng = hours * 15 > 180 ? 360 - hours * 15 : -hours * 15;

const sheetOf = (headings: string, lines: readonly string[]) => ({
  fileName: 'daftar.csv',
  contentBase64: Buffer.from([headings, ...lines].join('\n')).toString('base64'),
});
const count = (most: number) => Array.from({ length: most }, (_, at) => at);

/** On a running city, as a screen sees it. A feeder drops in the evening: 180 lamps on six panels, of which only the panels report. */
describe('the street lights of a city', () => {
  let city: TestCity;
  let call: Client;
  let wall: Live;
  beforeAll(async () => {
    city = await startTestCity({ args: ['--no-simulator'] });
    call = createClient({ baseUrl: city.url });
    const streams = [ControllerRegistered, LampRegistered, LampStateChanged, PanelStateChanged].map(
      ({ stream }) => stream.name,
    );
    wall = createLive({ url: city.url, streams });
    await eventually(() => expect(wall.status.get().state).toBe('live'), PATIENCE_MS);
    await call(feederRoutes.register, { body: { feederId: 'PLG', name: 'Penyulang Pilang' } });
    const panels = count(PANELS).map((at) => `APP-${String(at)};Meter;PLG;0, ${lng.toFixed(4)}`);
    const lamps = count(LAMPS).map((at) => `PJU-${String(at)};APP-${String(at % PANELS)};90;0;${lng.toFixed(4)}`);
    const speakers = count(PANELS).map((at) => `PC-${String(at)};panel:APP-${String(at)};60`);
    const sheets = [
      [panelRoutes.import, sheetOf('ID Panel;Pasokan;Penyulang;Koordinat', panels)],
      [lampRoutes.import, sheetOf('ID Lampu;Panel;Daya;Latitude;Longitude', lamps)],
      [controllerRoutes.import, sheetOf('ID Perangkat;Untuk;Selang Lapor (s)', speakers)],
    ] as const;
    for (const [route, body] of sheets) expect(await call(route, { query: {}, body })).toMatchObject({ errors: [] });
    await eventually(() => {
      expect(wall.latest(LampRegistered).get().size).toBe(LAMPS);
      expect(wall.latest(ControllerRegistered).get().size).toBe(PANELS);
    }, PATIENCE_MS);
  }, 120_000);
  afterAll(async () => {
    wall.close();
    await city.stop();
    await city.remove();
  }, 60_000);

  const report = async (said: object) => {
    const body = JSON.stringify(count(PANELS).map((at) => ({ deviceId: `PC-${String(at)}`, ...said })));
    const answer = await fetch(`${city.url}/ingest/street`, { method: 'POST', body });
    expect(await answer.json()).toEqual({ items: count(PANELS).map(() => ({ result: 'accepted' })) });
  };
  const alarms = async () => {
    const { items } = await call(ListAlarms, { query: { agency: 'dishub' } });
    return items.map(({ thing, kind, status, affected }) => ({ thing, kind, status, affected }));
  };

  it('a feeder that drops is one alarm that counts the lamps, and is over when it is back', async () => {
    await report({ contactor: 'closed', supply: 'present' });
    await eventually(() => {
      const panels = [...wall.latest(PanelStateChanged).get().values()];
      expect(panels.map(({ data }) => data.lamps.lit.inferred)).toEqual(count(PANELS).map(() => LAMPS / PANELS));
    }, PATIENCE_MS);

    await report({ events: [{ eventType: 'supplyLoss', startEndFlag: 'start' }] });
    const feeder = { thing: { kind: 'feeder', thingId: 'PLG' }, kind: 'supplyLoss' };
    await eventually(async () => {
      expect(await alarms()).toEqual([
        { ...feeder, status: 'active', affected: expect.objectContaining({ panel: PANELS, lamp: LAMPS }) },
      ]);
    }, PATIENCE_MS);
    const dark = [...wall.latest(PanelStateChanged).get().values()].map(({ data }) => data.lamps.dark.inferred);
    expect(dark).toEqual(count(PANELS).map(() => LAMPS / PANELS));

    await report({ supply: 'present', contactor: 'closed' });
    await eventually(async () => {
      expect(await alarms()).toMatchObject([{ ...feeder, status: 'cleared' }]);
    }, PATIENCE_MS);
  }, 180_000);

  const say = async (some: readonly string[]) => {
    const body = JSON.stringify(some.map((at) => ({ deviceId: `LC-${at}`, activePowerW: 88, levelPercent: 100 })));
    const answer = await fetch(`${city.url}/ingest/street`, { method: 'POST', body });
    const { items } = (await answer.json()) as { items: { result: string }[] };
    expect(new Set(items.map(({ result }) => result))).toEqual(new Set(['accepted']));
  };

  it('loses none of the lamps that light up together, on the way from their controllers to a screen', async () => {
    const names = count(AT_DUSK).map(String);
    const lamps = names.map((at) => `DUSK-${at};90;0;${lng.toFixed(4)}`);
    const speakers = names.map((at) => `LC-${at};lampu:DUSK-${at}`);
    const sheets = [
      [lampRoutes.import, sheetOf('ID Lampu;Daya;Latitude;Longitude', lamps)],
      [controllerRoutes.import, sheetOf('ID Perangkat;Untuk', speakers)],
    ] as const;
    for (const [route, body] of sheets)
      expect(await call(route, { query: {}, body })).toMatchObject({ created: AT_DUSK, errors: [] });
    await eventually(() => expect(wall.latest(ControllerRegistered).get().size).toBe(PANELS + AT_DUSK), PATIENCE_MS);

    const messages = count(Math.ceil(AT_DUSK / AT_ONCE)).map((at) => names.slice(at * AT_ONCE, (at + 1) * AT_ONCE));
    for (let from = 0; from < messages.length; from += TOGETHER)
      await Promise.all(messages.slice(from, from + TOGETHER).map((some) => eventually(() => say(some), PATIENCE_MS)));
    await eventually(() => {
      const lit = [...wall.latest(LampStateChanged).get().values()].filter(({ data }) => data.light === 'lit');
      expect(lit).toHaveLength(AT_DUSK);
    }, PATIENCE_MS);
  }, 180_000);

  it('a lamp that speaks LoRaWAN is on the wall by its uplinks, each once, also when its counter begins again', async () => {
    const [lampId, devEui] = ['PJU-7', '0101010101abcdef'];
    await call(controllerRoutes.register, {
      body: { controllerId: devEui, protocol: 'chirpstack', speaksFor: `lamp:${lampId}` },
    });
    await eventually(() => {
      expect(wall.latest(ControllerRegistered).get().has(devEui)).toBe(true);
    }, PATIENCE_MS);
    const startedMs = Date.now() - 60_000;
    const uplink = async (deduplicationId: string, [fCnt, afterMs, activePowerW]: [number, number, number]) => {
      const time = new Date(startedMs + afterMs).toISOString().replace('Z', '+00:00');
      const deviceInfo = { applicationName: 'pju', deviceName: lampId, devEui: devEui.toUpperCase(), tags: {} };
      const more = { rxInfo: [{ gatewayId: '0016c001f153a14c', rssi: -36 }], object: { activePowerW } };
      const answer = await fetch(`${city.url}/ingest/chirpstack?event=up`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
        body: JSON.stringify({ deduplicationId, time, deviceInfo, fCnt, fPort: 10, data: 'qg==', ...more }),
      });
      return ((await answer.json()) as { items: { result: string }[] }).items[0]?.result;
    };
    const shown = (expected: object) =>
      eventually(() => {
        expect(wall.latest(LampStateChanged).get().get(lampId)?.data).toMatchObject(expected);
      }, PATIENCE_MS);

    expect(await uplink('first', [5000, 0, 88])).toBe('accepted');
    await shown({ light: 'lit', basis: 'measured', activePowerW: 88 });
    expect(await uplink('first', [5000, 0, 88])).toBe('duplicate');
    expect(await uplink('second', [5001, 1000, 0.4])).toBe('accepted');
    await shown({ light: 'off', basis: 'measured' });
    // it joined again
    expect(await uplink('third', [0, 2000, 87])).toBe('accepted');
    await shown({ light: 'lit', activePowerW: 87 });
    // of long ago, and heard only now
    expect(await uplink('fourth', [4999, -1000, 0.3])).toBe('accepted');
    expect(await uplink('fifth', [1, 3000, 86])).toBe('accepted');
    await shown({ light: 'lit', activePowerW: 86 });
  }, 180_000);
});
