import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { cameraRoutes, SetCameraCredentials, TestCamera, type Client } from '@siaga/contracts';
import { eventually, randomCities } from '@siaga/testing';
import { startTestStreet, type TestStreet } from '../../street.harness.ts';
import { startTestRtsp, type Manner, type TestRtsp } from './rtsp-server.harness.ts';
import { startTestStills, type TestStills } from './still-server.harness.ts';

const [city = ''] = randomCities(1);
let street: TestStreet;
let dishub: Client;
let rtsp: TestRtsp;
let stills: TestStills;
beforeAll(async () => {
  [rtsp, stills, street] = await Promise.all([
    startTestRtsp(),
    startTestStills(),
    startTestStreet(city, { CAMERA_NETWORKS: '127.0.0.0/8,::1' }),
  ]);
  dishub = await street.as({});
});
afterEach(() => {
  Object.assign(rtsp, { manner: 'streams', wants: undefined });
  Object.assign(stills, { shows: 'street', wants: undefined });
});
afterAll(() => Promise.all([street.close(), rtsp.close(), stills.close()]));

let made = 0;
/** A camera with these addresses. */
async function registered(addresses: object): Promise<string> {
  const cameraId = `C-${String(++made)}`;
  const place = { lat: -7.755, lng: 113.19 };
  const body = { cameraId, name: 'Flora', owner: 'dishub', purpose: 'traffic', place, ...addresses } as const;
  await dishub(cameraRoutes.register, { body });
  return cameraId;
}
const test = (cameraId: string) => dishub(TestCamera, { params: { cameraId } });
const lookedAt = async (addresses: object) => test(await registered(addresses));
const enter = (cameraId: string, password: string) =>
  dishub(SetCameraCredentials, { params: { cameraId }, body: { userName: 'penjaga', password } });

/** A port that nothing listens on. */
async function freePort(): Promise<number> {
  const one = await startTestRtsp();
  await one.close();
  return one.port;
}

describe('a camera that is tested', () => {
  it('shows a still and what of its stream came', async () => {
    const found = await lookedAt({ streamUrl: rtsp.url, snapshotUrl: stills.url });
    expect(found).toMatchObject({ health: 'live', reason: 'ok', judged: 'moving', stream: { codec: 'H264' } });
    expect(found.stream?.packets).toBeGreaterThanOrEqual(30);
    expect(Buffer.from(found.still?.base64 ?? '', 'base64').subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
    expect(found.watermark).toMatch(/^p1 · /);
    expect(rtsp.asked.map((line) => line.split(' ')[0])).toEqual(
      expect.arrayContaining(['OPTIONS', 'DESCRIBE', 'SETUP', 'PLAY']),
    );
  });

  it('without a snapshot address is seen to stream, and not judged', async () => {
    expect(await lookedAt({ streamUrl: rtsp.url })).toMatchObject({ health: 'live', judged: 'not-judged' });
  });

  it.each([
    ['speaks-http', 'no-stream', 'not-rtsp'],
    ['has-no-video', 'no-stream', 'no-video'],
    ['lost-its-stream', 'no-stream', 'no-such-stream'],
    ['forbids', 'refused', 'forbidden'],
    ['hangs-up', 'unreachable', 'broken-off'],
    ['babbles', 'no-stream', 'too-much'],
  ] as const satisfies (readonly [Manner, string, string])[])('that %s is %s: %s', async (manner, health, reason) => {
    rtsp.manner = manner;
    expect(await lookedAt({ streamUrl: rtsp.url })).toMatchObject({ health, reason });
  });

  it('that does not answer, or opens its stream and sends nothing, is told apart', async () => {
    const cameraId = await registered({ streamUrl: rtsp.url });
    rtsp.manner = 'silent';
    const askedBefore = rtsp.asked.length;
    const looking = test(cameraId);
    await eventually(() => {
      expect(rtsp.asked.length).toBeGreaterThan(askedBefore);
    }, 30_000);
    const other = await startTestRtsp();
    other.manner = 'sends-nothing';
    const mute = lookedAt({ streamUrl: other.url });
    await expect(test(cameraId)).rejects.toMatchObject({ kind: 'conflict' }); // one look at a time
    expect(await looking).toMatchObject({ health: 'unreachable', reason: 'no-answer' });
    expect(await mute).toMatchObject({ health: 'no-stream', reason: 'no-packets' });
    await other.close();
  }, 30_000);

  it('that is not there says how', async () => {
    const port = await freePort();
    const refused = await lookedAt({ streamUrl: `rtsp://127.0.0.1:${String(port)}/live` });
    expect(refused).toMatchObject({ health: 'unreachable', reason: 'connection-refused', detail: 'ECONNREFUSED' });
    const named = await lookedAt({ streamUrl: 'rtsp://kamera.invalid/live' });
    expect(named).toMatchObject({ health: 'unreachable', reason: 'unknown-name' });
    expect(await lookedAt({ streamUrl: 'rtsp://169.254.169.254/live' })).toMatchObject({ reason: 'not-allowed' });
    expect(await lookedAt({})).toMatchObject({ health: 'unchecked', reason: 'no-address' });
  });

  it.each([
    { scheme: 'Digest' },
    { scheme: 'Digest', algorithm: 'SHA-256' },
    { scheme: 'Digest', stale: true },
    { scheme: 'Basic' },
  ] as const)('is signed in to with %j, and says which name and password are missing or wrong', async (how) => {
    rtsp.wants = { userName: 'penjaga', password: 'benar', ...how };
    const cameraId = await registered({ streamUrl: rtsp.url });
    expect(await test(cameraId)).toMatchObject({ health: 'refused', reason: 'needs-credentials' });
    await enter(cameraId, 'salah');
    expect(await test(cameraId)).toMatchObject({ health: 'refused', reason: 'wrong-credentials' });
    await enter(cameraId, 'benar');
    expect(await test(cameraId)).toMatchObject({ health: 'live', reason: 'ok' });
  });

  it('whose address is another since gets no password that was entered for the one before', async () => {
    const cameraId = await registered({ streamUrl: rtsp.url });
    await enter(cameraId, 'benar');
    const thief = await startTestRtsp();
    thief.wants = { userName: 'penjaga', password: 'benar', scheme: 'Basic' };
    const moved = { name: 'Flora', owner: 'dishub', purpose: 'traffic', place: { lat: -7.755, lng: 113.19 } } as const;
    // another host, and another port of the same one
    for (const [index, streamUrl] of [thief.url.replace('127.0.0.1', 'localhost'), thief.url].entries()) {
      await dishub(cameraRoutes.change, { params: { cameraId }, body: { ...moved, version: index + 1, streamUrl } });
      expect(await test(cameraId)).toMatchObject({ health: 'refused', reason: 'credentials-elsewhere' });
    }
    await thief.close();
  });

  it('that asked for a digest before is not told its password in the plain, until it is entered again', async () => {
    rtsp.wants = { userName: 'penjaga', password: 'benar', scheme: 'Digest' };
    const cameraId = await registered({ streamUrl: rtsp.url });
    await enter(cameraId, 'benar');
    expect(await test(cameraId)).toMatchObject({ reason: 'ok' });
    rtsp.wants = { userName: 'penjaga', password: 'benar', scheme: 'Basic' };
    await eventually(async () => {
      expect(await test(cameraId)).toMatchObject({ health: 'refused', reason: 'weaker-sign-in' });
    }, 30_000);
    await enter(cameraId, 'benar');
    expect(await test(cameraId)).toMatchObject({ reason: 'ok' });
  });

  it.each([
    ['the-same-street', 'frozen', 'frozen'],
    ['black', 'black', 'black'],
  ] as const)('whose stills show %s is %s', async (shows, health, judged) => {
    stills.shows = shows;
    const found = await lookedAt({ streamUrl: rtsp.url, snapshotUrl: stills.url });
    expect(found).toMatchObject({ health, judged, still: { contentType: 'image/jpeg' } });
  });

  it('whose stills cannot be had is live by its stream, and says why it was not judged', async () => {
    stills.shows = 'nothing';
    const found = await lookedAt({ streamUrl: rtsp.url, snapshotUrl: stills.url });
    expect(found).toMatchObject({ health: 'live', judged: 'not-judged', detail: expect.stringContaining('HTTP 404') });
    stills.shows = 'a-page';
    expect(await lookedAt({ snapshotUrl: stills.url })).toMatchObject({ health: 'no-stream', reason: 'not-a-picture' });
  });

  it('of another agency is not there', async () => {
    const cameraId = await registered({ streamUrl: rtsp.url });
    const stranger = await street.as({ agencies: ['dlh'] });
    const asked = (id: string) => stranger(TestCamera, { params: { cameraId: id } });
    await expect(asked(cameraId)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(asked('C-none')).rejects.toMatchObject({ kind: 'not-found' });
  });
});
