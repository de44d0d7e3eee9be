import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeEvent, topicOf } from '@siaga/bus';
import {
  cameraRoutes,
  ClearStreetExercise,
  ConditionChanged,
  ControllerRegistered,
  controllerRoutes,
  feederRoutes,
  GetStreetDarkness,
  LampRegistered,
  lampRoutes,
  LampStateChanged,
  linkRoutes,
  panelRoutes,
  PanelStateChanged,
  StreetTelemetryRecorded,
  type Client,
  type StreetTelemetry,
} from '@siaga/contracts';
import { eventually, randomCities } from '@siaga/testing';
import fc from 'fast-check';
import { startTestStreet, type TestStreet } from '../street.harness.ts';
import { atMidnight } from './midnight.harness.ts';

const [city = ''] = randomCities(1);
const place = atMidnight();
/** Others may be silent for as long as a slow machine takes. */
const INTERVALS_S: Readonly<Record<string, number>> = { 'C-B': 10 };
let street: TestStreet;
let call: Client;

async function register(as: Client, panelId: string, lamps: Readonly<Record<string, string | undefined>>) {
  await as(panelRoutes.register, { body: { panelId, supply: 'metered', feederId: 'F', place } });
  const speakers: [string, string][] = [[`C-${panelId}`, `panel:${panelId}`]];
  for (const [lampId, controllerId] of Object.entries(lamps)) {
    await as(lampRoutes.register, { body: { lampId, panelId, watt: 90, place } });
    if (controllerId !== undefined) speakers.push([controllerId, `lamp:${lampId}`]);
  }
  for (const [controllerId, speaksFor] of speakers)
    await as(controllerRoutes.register, {
      body: { controllerId, protocol: 'street', speaksFor, intervalS: INTERVALS_S[controllerId] ?? 600 },
    });
  await eventually(async () => {
    const known = await street.latest(ControllerRegistered);
    expect(speakers.filter(([controllerId]) => !known.has(controllerId))).toEqual([]);
    const lit = await street.latest(LampRegistered);
    expect(Object.keys(lamps).filter((lampId) => !lit.has(lampId))).toEqual([]);
  });
}

beforeAll(async () => {
  street = await startTestStreet(city);
  call = await street.as({});
  await call(feederRoutes.register, { body: { feederId: 'F', name: 'Penyulang Pilang' } });
  await register(call, 'A', { A1: 'C-A1', A2: 'C-A2', A3: undefined });
  await register(call, 'B', { B1: undefined });
});
afterAll(() => street.close());

const say = async (...reports: object[]) => {
  const answer = await fetch(`${street.url}/ingest/street`, { method: 'POST', body: JSON.stringify(reports) });
  const { items } = (await answer.json()) as { items: { result: string }[] };
  expect(items.map(({ result }) => result)).toEqual(reports.map(() => 'accepted'));
};
const lampOf = async (lampId: string) => (await street.latest(LampStateChanged)).get(lampId)?.data;
const panelOf = async (panelId: string) => (await street.latest(PanelStateChanged)).get(panelId)?.data;
const conditionOf = async (key: string) => (await street.latest(ConditionChanged)).get(key)?.data;
const PATIENCE_MS = 30_000;

describe('what lamps and panels do', () => {
  it('is told of each, and of a panel how its lamps are, measured and inferred apart', async () => {
    await say(
      { deviceId: 'C-A', contactor: 'closed', phases: [{ voltageV: 229, activePowerW: 270 }] },
      { deviceId: 'C-B', contactor: 'closed', phases: [{ voltageV: 229, activePowerW: 90 }] },
      { deviceId: 'C-A1', activePowerW: 88, levelPercent: 100 },
      { deviceId: 'C-A', lampId: 'A2', activePowerW: 87 },
    );
    await eventually(async () => {
      expect(await lampOf('A1')).toMatchObject({ light: 'lit', basis: 'measured', faults: [], panelId: 'A', place });
      expect(await lampOf('A2')).toMatchObject({ light: 'lit', activePowerW: 87 });
      expect(await lampOf('A3')).toBeUndefined();
      expect(await panelOf('A')).toMatchObject({
        ...{ supply: 'present', light: 'lit', activePowerW: 270, faults: [] },
        lamps: { lit: { measured: 2, inferred: 1 }, unknown: 0, suspected: 0 },
      });
    }, PATIENCE_MS);
  });

  it('is dark from the last gasp, told to the desk with what it hangs on, and over when it measures light', async () => {
    const events = [{ eventType: 'supplyLoss', startEndFlag: 'start' }];
    await say({ deviceId: 'C-A1', supplyVoltageV: 60, events });
    await eventually(async () => {
      expect(await lampOf('A1')).toMatchObject({ light: 'off', faults: ['supplyLoss'] });
      expect(await conditionOf('lamp:A1/supplyLoss')).toMatchObject({
        ...{ active: true, basis: 'measured', severity: 'medium', agency: 'dishub', within: ['panel:A', 'feeder:F'] },
      });
      expect(await panelOf('A')).toMatchObject({ lamps: { dark: { measured: 1 }, lit: { measured: 1, inferred: 1 } } });
    }, PATIENCE_MS);
    await say({ deviceId: 'C-A1', activePowerW: 88 });
    await eventually(async () => {
      expect(await lampOf('A1')).toMatchObject({ light: 'lit', faults: [] });
      expect(await conditionOf('lamp:A1/supplyLoss')).toMatchObject({ active: false });
    }, PATIENCE_MS);
  });

  it('is concluded: the feeder from its panels, and lamps nobody hears from theirs, until it is back', async () => {
    const time = Date.now();
    await say({ deviceId: 'C-A', time, events: [{ eventType: 'supplyLoss', startEndFlag: 'start' }] });
    await eventually(async () => {
      expect(await conditionOf('panel:A/supplyLoss')).toMatchObject({
        ...{ active: true, severity: 'high', within: ['feeder:F'] },
      });
      // A1 and A2 speak for themselves
      expect(await conditionOf('lamp:A3/supplyLoss')).toMatchObject({
        ...{ active: true, basis: 'inferred', within: ['panel:A', 'feeder:F'] },
      });
      expect(await conditionOf('feeder:F/supplyLoss')).toBeUndefined();
    }, PATIENCE_MS);
    await say({ deviceId: 'C-B', time: time + 1000, supply: 'lost' });
    await eventually(async () => {
      expect(await conditionOf('feeder:F/supplyLoss')).toMatchObject({
        ...{ active: true, name: 'Penyulang Pilang', basis: 'inferred', severity: 'high', within: [] },
      });
      expect(await panelOf('B')).toMatchObject({ supply: 'lost', lamps: { dark: { measured: 0, inferred: 1 } } });
    }, PATIENCE_MS);
    await say({ deviceId: 'C-A', supply: 'present' }, { deviceId: 'C-B', supply: 'present' });
    await eventually(async () => {
      for (const key of ['feeder:F', 'panel:A', 'panel:B', 'lamp:A3', 'lamp:B1'])
        expect(await conditionOf(`${key}/supplyLoss`)).toMatchObject({ active: false });
    }, PATIENCE_MS);
  });

  it('is what a look from scratch finds, in whatever order things are registered, moved, lost, heard of and given back', async () => {
    const names = ['X', 'Y'] as const;
    const step = fc.record({
      what: fc.constantFrom('loss', 'return', 'lamp', 'camera', 'panel', 'heard', 'silenced'),
      which: fc.constantFrom(...names),
      to: fc.constantFrom(...names, undefined),
    });
    const panelOf = { lamp: new Map<string, string | undefined>(), camera: new Map<string, string | undefined>() };
    const [feederOf, lost, speaking] = [new Map<string, string | undefined>(), new Set<string>(), new Set<string>()];
    for (const name of names) {
      await call(feederRoutes.register, { body: { feederId: `F-${name}`, name } });
      await call(panelRoutes.register, { body: { panelId: name, supply: 'metered', place } });
      await call(controllerRoutes.register, {
        body: { controllerId: `C-${name}`, protocol: 'street', speaksFor: `panel:${name}`, intervalS: 600 },
      });
    }
    const versions = new Map<string, number>();
    const moved = async (kind: 'lamp' | 'camera', id: string, panelId: string | undefined) => {
      const version = versions.get(`${kind}:${id}`);
      const hangs = panelId === undefined ? {} : { panelId };
      const lamp = { watt: 90, kind: 'grid', place, approximate: false, ...hangs } as const;
      const camera = { ...({ name: id, owner: 'dishub', purpose: 'traffic' } as const), place, approximate: false, ...hangs }; // prettier-ignore
      const after =
        kind === 'lamp'
          ? version === undefined
            ? await call(lampRoutes.register, { body: { lampId: id, ...lamp } })
            : await call(lampRoutes.change, { params: { lampId: id }, body: { ...lamp, version } })
          : version === undefined
            ? await call(cameraRoutes.register, { body: { cameraId: id, ...camera } })
            : await call(cameraRoutes.change, { params: { cameraId: id }, body: { ...camera, version } });
      versions.set(`${kind}:${id}`, after.version);
      panelOf[kind].set(id, panelId);
    };
    const lampController = { controllerId: 'C-lamp-X', protocol: 'street', speaksFor: 'lamp:lamp-X' } as const;
    const time = Date.now() - 9000;
    let at = 0;
    const take = async ({ what, which, to }: { what: string; which: string; to: string | undefined }) => {
      at += 10;
      if (what === 'loss' || what === 'return') {
        await say({ deviceId: `C-${which}`, supply: what === 'loss' ? 'lost' : 'present', time: time + at });
        if (what === 'loss') lost.add(which);
        else lost.delete(which);
      } else if (what === 'lamp' || what === 'camera') await moved(what, `${what}-${which}`, to);
      else if (what === 'panel') {
        const { version } = await call(panelRoutes.get, { params: { panelId: which } });
        const fed = to === undefined ? {} : { feederId: `F-${to}` };
        await call(panelRoutes.change, { params: { panelId: which }, body: { supply: 'metered', place, ...fed, version } }); // prettier-ignore
        feederOf.set(which, fed.feederId);
      } else if (!panelOf.lamp.has('lamp-X')) return;
      else if (what === 'heard' && !speaking.has('lamp-X')) {
        await call(controllerRoutes.register, { body: lampController });
        speaking.add('lamp-X');
        await eventually(() => say({ deviceId: 'C-lamp-X', activePowerW: 88 }), PATIENCE_MS);
        await eventually(async () => expect(await lampOf('lamp-X')).toBeDefined(), PATIENCE_MS);
      } else if (what === 'silenced' && speaking.has('lamp-X')) {
        await call(controllerRoutes.remove, { params: { controllerId: 'C-lamp-X' }, query: { version: 1 } });
        speaking.delete('lamp-X');
        await eventually(async () => expect(await lampOf('lamp-X')).toBeUndefined(), PATIENCE_MS);
      }
    };
    const scratch = () => {
      const both = feederOf.get('X') !== undefined && feederOf.get('X') === feederOf.get('Y') && lost.size === 2;
      const feeders = both ? [[`feeder:${String(feederOf.get('X'))}`, ''] as const] : [];
      const fed = [...panelOf.lamp, ...panelOf.camera].flatMap(([id, panelId]) => {
        if (panelId === undefined || !lost.has(panelId) || speaking.has(id)) return [];
        const within = [`panel:${panelId}`, feederOf.get(panelId)].filter((one) => one !== undefined);
        return [[`${id.slice(0, id.indexOf('-'))}:${id}`, within.join().replace(',F-', ',feeder:F-')] as const];
      });
      return Object.fromEntries([...feeders, ...fed]);
    };
    const told = async () => {
      const all = [...(await street.latest(ConditionChanged)).values()].map(({ data }) => data as ConditionChanged);
      const mine = all.filter(({ active, thing: { thingId } }) => active && /^(F|lamp|camera)-/.test(thingId));
      return Object.fromEntries(mine.map(({ thing: { kind, thingId }, within }) => [`${kind}:${thingId}`, within.join()])); // prettier-ignore
    };
    await eventually(() => say({ deviceId: 'C-X', supply: 'present' , time }, { deviceId: 'C-Y', supply: 'present', time }), PATIENCE_MS); // prettier-ignore
    for (const steps of fc.sample(fc.array(step, { minLength: 4, maxLength: 8 }), 10)) {
      for (const one of steps) await take(one);
      await eventually(async () => {
        expect({ steps, told: await told() }).toEqual({ steps, told: scratch() });
      }, PATIENCE_MS);
    }
  }, 90_000);

  it('is unknown after two missed intervals, and suspected', async () => {
    const agoMs = Date.now() - 120_000;
    const last: StreetTelemetry = {
      ...{ telemetryId: 'long-ago', protocol: 'street', deviceId: 'C-B', thing: 'lamp:B1', events: [] },
      ...{ atMs: agoMs, receivedAtMs: agoMs, lamp: { activePowerW: 88 } },
    };
    const meta = { city, source: 'siaga/street', exercise: false };
    await street.log.append(topicOf(city, StreetTelemetryRecorded.stream), [
      encodeEvent(StreetTelemetryRecorded, last, meta),
    ]);
    await eventually(async () => {
      expect(await lampOf('B1')).toMatchObject({
        ...{ light: 'unknown', basis: 'none', faults: ['communicationFailure'], heardAtMs: agoMs },
      });
      expect(await conditionOf('lamp:B1/communicationFailure')).toMatchObject({ active: true, sinceMs: agoMs });
      expect(await panelOf('B')).toMatchObject({ lamps: { suspected: 1 } });
    }, PATIENCE_MS);
    await say({ deviceId: 'C-B', lampId: 'B1', activePowerW: 88 });
    await eventually(async () => {
      expect(await lampOf('B1')).toMatchObject({ light: 'lit', faults: [] });
      expect(await conditionOf('lamp:B1/communicationFailure')).toMatchObject({ active: false });
    }, PATIENCE_MS);
  });

  it('ends with its controller: the lamp is as its panel is again', async () => {
    await say({ deviceId: 'C-A2', events: [{ eventType: 'highTemperature', startEndFlag: 'start' }] });
    await eventually(async () => {
      expect(await conditionOf('lamp:A2/highTemperature')).toMatchObject({ active: true });
    }, PATIENCE_MS);
    await call(controllerRoutes.remove, { params: { controllerId: 'C-A2' }, query: { version: 1 } });
    await eventually(async () => {
      expect(await lampOf('A2')).toBeUndefined();
      expect(await conditionOf('lamp:A2/highTemperature')).toBeUndefined();
    }, PATIENCE_MS);
  });

  it('goes by what simulated panels are told, at any hour: lamps, cameras, and lamp-minutes by kelurahan', async () => {
    const drill = await street.as({ exercise: true });
    const pilang = { lat: -7.7551, lng: 113.191 };
    await drill(panelRoutes.register, { body: { panelId: 'N', supply: 'metered', feederId: 'F', place: pilang } });
    await drill(lampRoutes.register, { body: { lampId: 'N1', panelId: 'N', watt: 90, place: pilang } });
    await drill(linkRoutes.register, { body: { linkId: 'R', name: 'Radio', owner: 'dishub', panelId: 'N' } });
    const camera = { cameraId: 'K', name: 'Simpang', owner: 'dishub', purpose: 'traffic', linkId: 'R' } as const;
    await drill(cameraRoutes.register, { body: { ...camera, place: pilang } });
    const controller = { controllerId: 'C-N', protocol: 'street', speaksFor: 'panel:N' } as const;
    await drill(controllerRoutes.register, { body: controller });
    const time = Date.now();
    await eventually(() => say({ deviceId: 'C-N', commanded: 'closed', contactor: 'closed', time }), PATIENCE_MS);
    await say({ deviceId: 'C-N', commanded: 'closed', contactor: 'open', supply: 'lost', time: time + 1000 });
    await eventually(async () => {
      for (const [key, within] of [
        ['lamp:N1', ['panel:N', 'feeder:F']],
        ['camera:K', ['link:R', 'panel:N', 'feeder:F']],
      ] as const)
        expect(await conditionOf(`${key}/supplyLoss`)).toMatchObject({ active: true, basis: 'inferred', within });
    }, PATIENCE_MS);
    await say({ deviceId: 'C-N', commanded: 'closed', contactor: 'closed', supply: 'present', time: time + 2000 });
    await eventually(async () => {
      for (const key of ['lamp:N1', 'camera:K'])
        expect(await conditionOf(`${key}/supplyLoss`)).toMatchObject({ active: false });
    }, PATIENCE_MS);
    const params = { month: new Date(time).toISOString().slice(0, 7) };
    expect(await call(GetStreetDarkness, { params, query: { simulated: 'true' } })).toMatchObject({
      total: { lamps: 1, measuredMinutes: 0 },
      kelurahan: [{ kelurahan: 'Pilang', lamps: 1 }],
    });
  });

  it('leaves nothing of an exercise', async () => {
    const simulator = await street.as({ id: 'simulator', kind: 'service', exercise: true });
    await register(simulator, 'S', { S1: 'C-S1' });
    await say({ deviceId: 'C-S', supply: 'lost' }, { deviceId: 'C-S1', activePowerW: 88 });
    await eventually(async () => {
      expect((await street.latest(LampStateChanged)).get('S1')).toMatchObject({ exercise: true });
      expect((await street.latest(ConditionChanged)).get('panel:S/supplyLoss')).toMatchObject({ exercise: true });
    }, PATIENCE_MS);
    await (
      await street.as({ roles: ['city-admin'] })
    )(ClearStreetExercise, {});
    await eventually(async () => {
      expect(await lampOf('S1')).toBeUndefined();
      expect(await panelOf('S')).toBeUndefined();
      expect(await conditionOf('panel:S/supplyLoss')).toBeUndefined();
    }, PATIENCE_MS);
    expect(await lampOf('A1')).toBeDefined();
  });
});
