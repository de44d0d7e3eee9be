import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  ControllerRegistered,
  controllerRoutes,
  createClient,
  GetLampOverride,
  LampOverrideChanged,
  lampRoutes,
  TakeLampOverride,
  type Client,
  type ControllerCommand,
} from '@siaga/contracts';
import { createLive, type Live } from '@siaga/live';
import { eventually, signal, startTestCity, type TestCity } from '@siaga/testing';

const PATIENCE_MS = 45_000;
let city: TestCity;
let call: Client;
let wall: Live;

beforeAll(async () => {
  city = await startTestCity({ args: ['--no-simulator'] });
  call = createClient({ baseUrl: city.url });
  wall = createLive({ url: city.url, streams: [LampOverrideChanged.stream.name, ControllerRegistered.stream.name] });
  await call(lampRoutes.register, { body: { lampId: 'L', watt: 90, place: { lat: -7.7551, lng: 113.191 } } });
  await call(controllerRoutes.register, { body: { controllerId: 'C', protocol: 'street', speaksFor: 'lamp:L' } });
  await eventually(() => expect(wall.latest(ControllerRegistered).get().size).toBe(1), PATIENCE_MS);
}, 90_000);
afterAll(async () => {
  wall.close();
  await city.stop();
  await city.remove();
}, 60_000);

/** Ends the street service without warning; its supervisor starts it again. */
async function killStreet(): Promise<void> {
  const { street = 0 } = await city.pids();
  signal(street, 'SIGKILL');
  await eventually(async () => expect((await city.pids())['street'] ?? street).not.toBe(street), PATIENCE_MS);
}

const fetchCommands = async (after = '0') => {
  const answer = await fetch(`${city.url}/ingest/street/commands?deviceId=C&after=${after}&waitS=2`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as { items: ControllerCommand[]; next: string };
};
const say = async (levelPercent: number) => {
  const report = JSON.stringify({ deviceId: 'C', levelPercent });
  const answer = await fetch(`${city.url}/ingest/street`, { method: 'POST', body: report });
  expect(answer.status).toBe(200);
};

const take = (levelPercent: number, untilMs: number) =>
  call(TakeLampOverride, { body: { lampIds: ['L'], levelPercent, untilMs, reason: 'uji' } });

it('does what was accepted, and gives it back at its time, though the process dies before each', async () => {
  const first = await take(30, Date.now() + 3_600_000);
  await killStreet(); // accepted, and nobody was told
  const told = { lampId: 'L', levelPercent: 30, reason: 'override', cmsRefId: first.overrideId };
  await eventually(async () => expect((await fetchCommands()).items).toMatchObject([told]), PATIENCE_MS);
  await eventually(() => say(30), PATIENCE_MS);
  await eventually(() => {
    const { tally } = wall.latest(LampOverrideChanged).get().get(first.overrideId)?.data ?? {};
    expect(tally).toMatchObject({ confirmed: 1 });
  }, PATIENCE_MS);

  const untilMs = Date.now() + 5000;
  const { overrideId } = await take(0, untilMs);
  await killStreet(); // its end comes while nobody is there, or just after
  const back = await eventually(async () => {
    const { items } = await fetchCommands();
    expect(items).toMatchObject([{ lampId: 'L', reason: 'program', cmsRefId: overrideId }]);
    return items[0];
  }, PATIENCE_MS);
  await eventually(() => say(back?.levelPercent ?? -1), PATIENCE_MS);
  await eventually(async () => {
    expect(await call(GetLampOverride, { params: { overrideId } })).toMatchObject({
      ...{ phase: 'over', endedAtMs: untilMs, things: [{ restored: { state: 'confirmed' } }] },
    });
    expect(await call(GetLampOverride, { params: { overrideId: first.overrideId } })).toMatchObject({
      ...{ phase: 'over', things: [{ replacedBy: overrideId }] },
    });
    expect(wall.latest(LampOverrideChanged).get().get(overrideId)?.data).toMatchObject({ phase: 'over' });
  }, PATIENCE_MS);
}, 180_000);
