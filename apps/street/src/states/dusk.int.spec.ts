import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ControllerRegistered, controllerRoutes, LampRegistered, lampRoutes, LampStateChanged } from '@siaga/contracts';
import { eventually, randomCities } from '@siaga/testing';
import { sheetOf, startTestStreet, type TestStreet } from '../street.harness.ts';
import { atMidnight } from './midnight.harness.ts';

const LAMPS = 7000;
/** Reports in one message, and messages on their way at once. */
const AT_ONCE = 100;
const TOGETHER = 4;
const PATIENCE_MS = 90_000;
const [city = ''] = randomCities(1);
const { lat, lng } = atMidnight();
const lamps = Array.from({ length: LAMPS }, (_, at) => String(at));
let street: TestStreet;

beforeAll(async () => {
  street = await startTestStreet(city);
  const call = await street.as({});
  const body = sheetOf(
    'ID Lampu;Daya;Latitude;Longitude',
    lamps.map((at) => `PJU-${at};90;${String(lat)};${lng.toFixed(4)}`),
  );
  expect(await call(lampRoutes.import, { query: {}, body })).toMatchObject({ created: LAMPS, errors: [] });
  const speakers = sheetOf(
    'ID Perangkat;Untuk',
    lamps.map((at) => `LC-${at};lampu:PJU-${at}`),
  );
  expect(await call(controllerRoutes.import, { query: {}, body: speakers })).toMatchObject({
    created: LAMPS,
    errors: [],
  });
  await eventually(async () => {
    expect((await street.latest(LampRegistered)).size).toBe(LAMPS);
    expect((await street.latest(ControllerRegistered)).size).toBe(LAMPS);
  }, PATIENCE_MS);
}, 180_000);
afterAll(() => street.close());

/** Every report of the message is accepted. */
async function say(some: readonly string[]): Promise<void> {
  const body = JSON.stringify(some.map((at) => ({ deviceId: `LC-${at}`, activePowerW: 88, levelPercent: 100 })));
  const answer = await fetch(`${street.url}/ingest/street`, { method: 'POST', body });
  const { items } = (await answer.json()) as { items: { result: string }[] };
  expect(new Set(items.map(({ result }) => result))).toEqual(new Set(['accepted']));
}

it('loses none of seven thousand lamps that light up together', async () => {
  const begunMs = performance.now();
  const messages = Array.from({ length: LAMPS / AT_ONCE }, (_, at) => lamps.slice(at * AT_ONCE, (at + 1) * AT_ONCE));
  for (let from = 0; from < messages.length; from += TOGETHER)
    await Promise.all(messages.slice(from, from + TOGETHER).map((some) => eventually(() => say(some), PATIENCE_MS)));
  const saidMs = performance.now();
  await eventually(async () => {
    const states = [...(await street.latest(LampStateChanged)).values()].map(({ data }) => data as LampStateChanged);
    expect(states.filter(({ light }) => light === 'lit')).toHaveLength(LAMPS);
  }, PATIENCE_MS);
  const seconds = (ms: number) => ((ms - begunMs) / 1000).toFixed(1);
  process.stdout.write(
    `${String(LAMPS)} lamps: answered in ${seconds(saidMs)} s, told in ${seconds(performance.now())} s\n`,
  );
}, 180_000);
