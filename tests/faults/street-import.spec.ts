import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient, LampRegistered, lampRoutes, UndoStreetImport, type Client } from '@siaga/contracts';
import { createLive, type Live } from '@siaga/live';
import { eventually, signal, startTestCity, type TestCity } from '@siaga/testing';

const COUNT = 7000;
const lines = Array.from(
  { length: COUNT },
  (_, at) => `PJU-${String(at)};90;${(-7.755 + (at % 97) / 1e4).toFixed(4)};${(113.19 + (at % 89) / 1e4).toFixed(4)}`,
);
const sheet = Buffer.from(['ID Lampu;Daya;Latitude;Longitude', ...lines].join('\n')).toString('base64');

/** Half of a city's lamps are in when the process that writes them is killed. */
describe('an import of seven thousand lamps that breaks off', () => {
  let city: TestCity;
  let call: Client;
  let wall: Live;
  beforeAll(async () => {
    city = await startTestCity({ args: ['--no-simulator'] });
    call = createClient({ baseUrl: city.url });
    wall = createLive({ url: city.url, streams: [LampRegistered.stream.name] });
    await eventually(() => expect(wall.status.get().state).toBe('live'));
  }, 60_000);
  afterAll(async () => {
    wall.close();
    await city.stop();
    await city.remove();
  }, 60_000);

  const importAll = () => call(lampRoutes.import, { query: {}, body: { fileName: 'pju.csv', contentBase64: sheet } });
  const countLamps = async () => {
    const { next, items } = await call(lampRoutes.list, { query: { limit: 1000 } });
    return next === undefined ? items.length : COUNT;
  };

  it('is finished by importing again: every lamp once, and every one on the wall', async () => {
    const cut = expect(importAll()).rejects.toMatchObject({ kind: 'unavailable' });
    await eventually(async () => expect(await countLamps()).toBeGreaterThan(0));
    const { street = 0 } = await city.pids();
    signal(street, 'SIGKILL');
    await cut;

    const done = await eventually(importAll, 30_000);
    expect(done).toMatchObject({ lines: COUNT, changed: 0, errors: [] });
    expect(done.created + done.unchanged).toBe(COUNT);
    // it really broke off in the middle
    expect(done.unchanged).toBeGreaterThan(0);
    expect(done.created).toBeGreaterThan(0);
    await eventually(() => expect(wall.latest(LampRegistered).get().size).toBe(COUNT), 30_000);

    const { importId = '' } = done;
    const undone = await call(UndoStreetImport, { params: { importId } });
    expect(undone).toEqual({ removed: done.created, restored: 0 });
    await eventually(() => expect(wall.latest(LampRegistered).get().size).toBe(done.unchanged), 30_000);
  }, 120_000);
});
