import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeEvent, topicOf } from '@siaga/bus';
import {
  ActionAttempted,
  cameraRoutes,
  ListCamerasNear,
  ViewCamera,
  type Client,
  type CloudEvent,
} from '@siaga/contracts';
import { destination } from '@siaga/geo';
import { eventually, randomCities } from '@siaga/testing';
import { startTestStreet, type TestStreet } from '../../street.harness.ts';
import { startTestStills, type TestStills } from '../probe/still-server.harness.ts';

const [city = ''] = randomCities(1);
const flora = { lat: -7.7551, lng: 113.2101 };
let street: TestStreet;
let dishub: Client;
let room: Client;
let stills: TestStills;
beforeAll(async () => {
  stills = await startTestStills();
  street = await startTestStreet(city, { CAMERA_NETWORKS: '127.0.0.0/8' });
  dishub = await street.as({});
  room = await street.as({ id: 'p2', agencies: ['command'], roles: ['dispatcher'] });
  const camera = { owner: 'dishub', purpose: 'traffic', fieldOfViewDeg: 60, rangeM: 100 } as const;
  const at = (cameraId: string, metres: number, rest: object) =>
    dishub(cameraRoutes.register, { body: { ...camera, cameraId, name: cameraId, place: destination(flora, 90, metres), ...rest } }); // prettier-ignore
  await at('TURNED-AWAY', 20, { directionDeg: 90 });
  await at('LOOKS', 60, { directionDeg: 270, snapshotUrl: stills.url, playbackUrl: 'https://10.20.1.9/r' });
  await at('TURNS', 40, { fieldOfViewDeg: undefined });
  await at('FAR', 900, { directionDeg: 270 });
  await at('TOO-FAR', 3000, { directionDeg: 270 });
});
afterAll(() => Promise.all([street.close(), stills.close()]));

describe('cameras for a place', () => {
  it('come in order of use, for who may see them', async () => {
    const { items } = await room(ListCamerasNear, { query: { ...flora } });
    expect(items.map(({ cameraId, sees }) => [cameraId, sees])).toEqual([
      ...[['LOOKS', 'yes'], ['TURNS', 'maybe'], ['TURNED-AWAY', 'no'], ['FAR', 'no']], // prettier-ignore
    ]);
    expect(items[0]).toMatchObject({ health: expect.any(String), name: 'LOOKS' });
    expect(Math.round(items[0]?.distanceM ?? 0)).toBe(60);
    const stranger = await street.as({ agencies: ['dlh'], roles: ['dispatcher'] });
    expect(await stranger(ListCamerasNear, { query: { ...flora } })).toEqual({ items: [] });
  });
});

/** What the trail has of what was attempted. */
async function written(): Promise<unknown[]> {
  const found: unknown[] = [];
  const following = await street.log.follow({
    topics: [{ topic: topicOf(city, ActionAttempted.stream), from: 'start' }],
    onBatch: ({ records }) => {
      for (const record of records) found.push((decodeEvent(record) as CloudEvent<unknown>).data);
    },
  });
  await following.caughtUp;
  await following.close();
  return found;
}

describe('a camera that is watched', () => {
  const view = (who: Client, cameraId: string) => who(ViewCamera, { params: { cameraId } });
  const fetched = async (path: string, over: object) =>
    fetch(street.url + path, { headers: { authorization: `Bearer ${await street.tokenOf(over)}` } });

  it('is asked for, written down, marked, and seen by who asked only', async () => {
    const ours = { id: 'p2', agencies: ['command'], roles: ['dispatcher'] };
    const { still = '', watermark, playbackUrl, untilMs } = await view(room, 'LOOKS');
    expect([watermark.startsWith('p2 · '), playbackUrl]).toEqual([true, 'https://10.20.1.9/r']);
    expect(untilMs).toBeGreaterThan(Date.now());
    const seen = await fetched(still, ours);
    expect([seen.status, seen.headers.get('content-type'), seen.headers.get('cache-control')]).toEqual([
      ...[200, 'image/jpeg', 'no-store'],
    ]);
    expect(Buffer.from(await seen.arrayBuffer()).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
    expect(await written()).toContainEqual(
      expect.objectContaining({ action: 'street.cameras.view', principalId: 'p2', subjects: ['camera:LOOKS'] }),
    );

    expect((await fetched(still, { ...ours, id: 'p9' })).status).toBe(403);
    expect((await fetched(still.replace('LOOKS', 'TURNS'), ours)).status).toBe(403);
    expect((await fetched('/api/street/cameras/LOOKS/still?ticket=1.x.y', ours)).status).toBe(403);
    const other = { agencies: ['dlh'], roles: ['dispatcher'] } as const;
    expect((await fetched(still, { ...ours, ...other })).status).toBe(404);
    await expect(view(await street.as(other as never), 'LOOKS')).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('that shows nothing says why', async () => {
    stills.shows = 'nothing';
    const { still = '' } = await view(dishub, 'LOOKS');
    // one that was taken within the second is everybody's
    const text = await eventually(async () => {
      const answer = await fetched(still, {});
      expect(answer.status).toBe(503);
      return answer.text();
    }, 30_000);
    expect(text).toContain('alirannya tidak ada');
    expect((await view(dishub, 'TURNS')).still).toBeUndefined();
  });
});
