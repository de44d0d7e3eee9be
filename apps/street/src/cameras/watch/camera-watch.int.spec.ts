import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  CameraRegistered,
  cameraRoutes,
  CameraStateChanged,
  ConditionChanged,
  feederRoutes,
  linkRoutes,
  panelRoutes,
  type Client,
} from '@siaga/contracts';
import { eventually, randomCities } from '@siaga/testing';
import { startTestStreet, type TestStreet } from '../../street.harness.ts';
import { startTestRtsp, type TestRtsp } from '../probe/rtsp-server.harness.ts';

const [city = ''] = randomCities(1);
let street: TestStreet;
let dishub: Client;
let tower: TestRtsp;
let other: TestRtsp;
beforeAll(async () => {
  [tower, other, street] = await Promise.all([
    startTestRtsp(),
    startTestRtsp(),
    startTestStreet(city, { CAMERA_NETWORKS: '127.0.0.0/8', CAMERA_WATCH_SECONDS: '2' }),
  ]);
  dishub = await street.as({});
});
afterAll(() => Promise.all([street.close(), tower.close(), other.close()]));

const body = (cameraId: string, rest: object) =>
  ({ cameraId, name: cameraId, owner: 'dishub', purpose: 'traffic', place: { lat: -7.755, lng: 113.19 }, ...rest }) as const; // prettier-ignore
const stateOf = async (cameraId: string) => (await street.latest(CameraStateChanged)).get(cameraId)?.data;
const conditionOf = async (key: string) => (await street.latest(ConditionChanged)).get(key)?.data;
const soon = (check: () => Promise<void>) => eventually(check, 40_000);

describe('cameras that are watched', () => {
  it('on one link fall together, are told as one cause, and are back by themselves', async () => {
    await dishub(feederRoutes.register, { body: { feederId: 'PLG', name: 'Pilang' } });
    await dishub(panelRoutes.register, { body: { panelId: 'APP-1', supply: 'metered', feederId: 'PLG' } });
    await dishub(linkRoutes.register, { body: { linkId: 'R-1', name: 'Menara', owner: 'dishub', panelId: 'APP-1' } });
    for (const cameraId of ['A', 'B'])
      await dishub(cameraRoutes.register, { body: body(cameraId, { linkId: 'R-1', streamUrl: tower.url }) });
    await dishub(cameraRoutes.register, { body: body('C', { streamUrl: other.url }) });
    await dishub(cameraRoutes.register, { body: body('D', {}) });
    await soon(async () => {
      for (const cameraId of ['A', 'B', 'C'])
        expect(await stateOf(cameraId)).toMatchObject({ health: 'live', lastPictureAtMs: expect.any(Number) });
      expect(await stateOf('D')).toMatchObject({ health: 'unchecked' });
    });

    tower.manner = 'hangs-up';
    await soon(async () => {
      expect(await conditionOf('link:R-1/communicationFailure')).toMatchObject({
        ...{ active: true, basis: 'inferred', agency: 'dishub', within: ['panel:APP-1', 'feeder:PLG'] },
      });
      for (const cameraId of ['A', 'B']) {
        expect(await stateOf(cameraId)).toMatchObject({
          ...{ health: 'unreachable', detail: expect.stringContaining('Sambungan putus') },
          lastPictureAtMs: expect.any(Number),
        });
        expect(await conditionOf(`camera:${cameraId}/unreachable`)).toMatchObject({
          ...{ active: true, basis: 'measured', within: ['link:R-1', 'panel:APP-1', 'feeder:PLG'] },
        });
      }
    });
    expect(await stateOf('C')).toMatchObject({ health: 'live' });

    tower.manner = 'streams';
    await soon(async () => {
      expect(await conditionOf('link:R-1/communicationFailure')).toMatchObject({ active: false });
      for (const cameraId of ['A', 'B']) {
        expect(await stateOf(cameraId)).toMatchObject({ health: 'live' });
        expect(await conditionOf(`camera:${cameraId}/unreachable`)).toMatchObject({ active: false });
      }
    });
  }, 130_000);

  it('that are taken out leave no trouble behind, and are looked at no longer', async () => {
    other.manner = 'lost-its-stream';
    await soon(async () => {
      expect(await conditionOf('camera:C/noStream')).toMatchObject({ active: true });
    });
    const { version } = await dishub(cameraRoutes.get, { params: { cameraId: 'C' } });
    await dishub(cameraRoutes.remove, { params: { cameraId: 'C' }, query: { version } });
    await soon(async () => {
      expect(await conditionOf('camera:C/noStream')).toMatchObject({ active: false });
      expect((await street.latest(CameraStateChanged)).has('C')).toBe(false);
      expect((await street.latest(CameraRegistered)).has('C')).toBe(false);
    });
  }, 130_000);
});
