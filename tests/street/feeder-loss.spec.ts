import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  controllerRoutes,
  ControllerRegistered,
  createClient,
  feederRoutes,
  lampRoutes,
  LampRegistered,
  ListAlarms,
  panelRoutes,
  PanelStateChanged,
  type Client,
} from '@siaga/contracts';
import { createLive, type Live } from '@siaga/live';
import { eventually, startTestCity, type TestCity } from '@siaga/testing';

const PANELS = 6;
const LAMPS = 180;
const PATIENCE_MS = 60_000;

/** Where it is the middle of the night just now: lamps should burn. */
const hours = (Date.now() / 3_600_000) % 24;
const lng = hours * 15 > 180 ? 360 - hours * 15 : -hours * 15;

const sheetOf = (headings: string, lines: readonly string[]) => ({
  fileName: 'daftar.csv',
  contentBase64: Buffer.from([headings, ...lines].join('\n')).toString('base64'),
});
const count = (most: number) => Array.from({ length: most }, (_, at) => at);

/** A feeder drops in the evening: 180 lamps on six panels, of which only the panels report. */
describe('a feeder that drops', () => {
  let city: TestCity;
  let call: Client;
  let wall: Live;
  beforeAll(async () => {
    city = await startTestCity({ args: ['--no-simulator'] });
    call = createClient({ baseUrl: city.url });
    const streams = [ControllerRegistered, LampRegistered, PanelStateChanged].map(({ stream }) => stream.name);
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

  it('is one alarm that counts the lamps, and is over when it is back', async () => {
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
});
