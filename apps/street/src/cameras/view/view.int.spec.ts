import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeEvent, topicOf } from '@siaga/bus';
import {
  ActionAttempted,
  ApproveFootage,
  cameraRoutes,
  CheckMediaTicket,
  createClient,
  EraseClip,
  EraseStill,
  GetFootage,
  HandOverFootage,
  KeepClip,
  KeepStill,
  ListCamerasNear,
  ListClips,
  ListFootage,
  ListMediaStreams,
  ListStills,
  RefuseFootage,
  RequestFootage,
  ViewCamera,
  type Client,
  type CloudEvent,
} from '@siaga/contracts';
import { destination } from '@siaga/geo';
import { serviceContext, withContext } from '@siaga/service';
import { Documents, forgetPresses } from '@siaga/store';
import { eventually, randomCities } from '@siaga/testing';
import { sheetOf, startTestStreet, type TestStreet } from '../../street.harness.ts';
import { commentsIn } from '../footage/jpeg-comment.ts';
import { stills as stillDocuments } from '../footage/still-document.ts';
import { startTestGo2rtc, startTestMediamtx, type TestMedia } from '../media/media-servers.harness.ts';
import { startTestStills, type TestStills } from '../probe/still-server.harness.ts';

const [city = '', neighbour = ''] = randomCities(2);
const secretOf = (server: string) => `rahasia-server-${server}-1`;
const flora = { lat: -7.7551, lng: 113.2101 };
let street: TestStreet;
let dishub: Client;
let room: Client;
let stills: TestStills;
let mediamtx: TestMedia;
let utara: TestMedia;
let theirs: TestMedia;
let go2rtc: Pick<TestMedia, 'url' | 'close'>;
beforeAll(async () => {
  stills = await startTestStills();
  mediamtx = await startTestMediamtx(['c7', 'unnamed']);
  utara = await startTestMediamtx(['c7']);
  theirs = await startTestMediamtx(['c7']);
  go2rtc = await startTestGo2rtc({ c8: { producers: [{ url: 'rtsp://admin:rahasia@c/8' }], consumers: null } });
  street = await startTestStreet(city, {
    CAMERA_NETWORKS: '127.0.0.0/8',
    SIAGA_CITIES: `${city},${neighbour}`,
    MEDIA_SERVERS: [
      `${city}/pusat mediamtx ${secretOf('pusat')} ${mediamtx.url} /media/pusat - ${mediamtx.url}`,
      `${city}/tepi go2rtc ${secretOf('tepi')} ${go2rtc.url} /media/tepi`,
      `${city}/utara mediamtx ${secretOf('utara')} ${utara.url} /media/utara`,
      `${neighbour}/pusat mediamtx ${secretOf('theirs')} ${theirs.url} /media/theirs`,
    ].join(';'),
  });
  const askedAt = (ofCity: string, name: string, secret: string) =>
    `${street.url}/api/street/public/media/${ofCity}/${name}/auth?secret=${secretOf(secret)}`;
  mediamtx.askedAt = askedAt(city, 'pusat', 'pusat');
  utara.askedAt = askedAt(city, 'utara', 'utara');
  theirs.askedAt = askedAt(neighbour, 'pusat', 'theirs');
  dishub = await street.as({});
  room = await street.as({ id: 'p2', agencies: ['command'], roles: ['dispatcher'] });
  const camera = { owner: 'dishub', purpose: 'traffic', fieldOfViewDeg: 60, rangeM: 100 } as const;
  const at = (cameraId: string, metres: number, rest: object) =>
    dishub(cameraRoutes.register, { body: { ...camera, cameraId, name: cameraId, place: destination(flora, 90, metres), ...rest } }); // prettier-ignore
  await at('TURNED-AWAY', 20, { directionDeg: 90 });
  const playbackUrl = 'https://10.20.1.9/r?from={from}&to={to:s}';
  await at('LOOKS', 60, { directionDeg: 270, snapshotUrl: stills.url, playbackUrl, mediaStream: 'pusat/c7' });
  await at('TURNS', 40, { fieldOfViewDeg: undefined, mediaStream: 'tepi/c8' });
  await at('FAR', 900, { directionDeg: 270 });
  await at('TOO-FAR', 3000, { directionDeg: 270 });
});
afterAll(() => Promise.all([street, stills, mediamtx, utara, theirs, go2rtc].map((one) => one.close())));

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

const view = (who: Client, cameraId: string) => who(ViewCamera, { params: { cameraId } });
const fetched = async (path: string, over: object) =>
  fetch(street.url + path, { headers: { authorization: `Bearer ${await street.tokenOf(over)}` } });

describe('a camera that is watched', () => {
  it('is asked for, written down, marked, and seen by who asked only', async () => {
    const ours = { id: 'p2', agencies: ['command'], roles: ['dispatcher'] };
    const { still = '', watermark, playbackUrl, untilMs } = await view(room, 'LOOKS');
    expect([watermark.startsWith('p2 · '), playbackUrl]).toEqual([true, 'https://10.20.1.9/r?from={from}&to={to:s}']);
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

describe('media servers', () => {
  it('ask whether somebody may look: with the ticket of his view, and nothing else', async () => {
    const { ticket, live } = await view(room, 'LOOKS');
    expect(live).toEqual([{ as: 'webrtc', url: `/media/pusat/c7/whep?ticket=${ticket}` }]);
    expect(await mediamtx.reads('c7', { token: ticket })).toBe(true);
    expect(await mediamtx.reads('c7', { query: `ticket=${ticket}` })).toBe(true);
    expect(await mediamtx.reads('unnamed', { token: ticket })).toBe(false);
    for (const token of ['', 'x', `${ticket}AAAA`]) expect(await mediamtx.reads('c7', { token })).toBe(false);
    const { ticket: others } = await view(room, 'TURNS');
    expect(await mediamtx.reads('c7', { token: others })).toBe(false);

    const proxy = createClient({ baseUrl: street.url });
    const check = (stream: string, shown: string, secret = secretOf('tepi')) =>
      proxy(CheckMediaTicket, { params: { city, server: 'tepi' }, query: { secret, stream, ticket: shown } });
    expect(await check('c8', others)).toEqual({});
    await expect(check('c8', others, secretOf('pusat'))).rejects.toMatchObject({ kind: 'unauthenticated' });
    for (const [stream, shown] of [
      ['c8', ticket],
      ['c9', others],
    ] as const)
      // prettier-ignore
      await expect(check(stream, shown)).rejects.toMatchObject({ kind: 'unauthenticated' });
  });

  it('open by a ticket what it was given out for: this city, this server, this path, while its camera names it', async () => {
    const place = destination(flora, 90, 5000);
    const fields = { name: 'C7', owner: 'dishub', purpose: 'traffic', place } as const;
    const body = { ...fields, cameraId: 'C7' };
    const neighbours = await street.as({ city: neighbour });
    await dishub(cameraRoutes.register, { body: { ...body, mediaStream: 'utara/c7' } });
    await neighbours(cameraRoutes.register, { body: { ...body, mediaStream: 'pusat/c7' } });
    const servers = [mediamtx, utara, theirs];
    const opened = async (who: Client, cameraId: string) => {
      const { ticket } = await view(who, cameraId);
      return Promise.all(servers.map((server) => server.reads('c7', { token: ticket })));
    };
    expect(await opened(dishub, 'LOOKS')).toEqual([true, false, false]);
    expect(await opened(dishub, 'C7')).toEqual([false, true, false]);
    expect(await opened(neighbours, 'C7')).toEqual([false, false, true]);

    // one server asks in another's name, or with its secret
    const { ticket } = await view(dishub, 'LOOKS');
    for (const [name, secret] of [
      ['pusat', 'utara'],
      ['pusat', 'theirs'],
      ['none', 'pusat'],
    ] as const) {
      // prettier-ignore
      utara.askedAt = `${street.url}/api/street/public/media/${city}/${name}/auth?secret=${secretOf(secret)}`;
      expect(await utara.reads('c7', { token: ticket })).toBe(false);
    }
    const { ticket: old } = await view(dishub, 'C7');
    utara.askedAt = `${street.url}/api/street/public/media/${city}/utara/auth?secret=${secretOf('utara')}`;
    expect(await utara.reads('c7', { token: old })).toBe(true);
    const byId = { params: { cameraId: 'C7' } };
    await dishub(cameraRoutes.change, {
      ...byId,
      body: { ...fields, mediaStream: 'utara/c9', version: 1 },
    });
    for (const path of ['c7', 'c9']) expect(await utara.reads(path, { token: old })).toBe(false);
    await dishub(cameraRoutes.remove, { ...byId, query: { version: 2 } });
  });

  it('are named by cameras of their own city, one by one and in sheets', async () => {
    const neighbours = await street.as({ city: neighbour });
    const body = { cameraId: 'C8', name: 'C8', owner: 'dishub', purpose: 'traffic', place: flora } as const;
    const named = neighbours(cameraRoutes.register, { body: { ...body, mediaStream: 'utara/c7' } });
    const refusal = { kind: 'invalid', issues: [{ at: 'mediaStream', message: expect.stringContaining('Yang ada: pusat ·') }] }; // prettier-ignore
    await expect(named).rejects.toMatchObject(refusal);
    const lines = ['C8;Simpang;dishub;Lalu lintas;-7,7551;113,2101;utara/c7'];
    const sheet = sheetOf('ID Kamera;Nama;OPD;Tujuan;Lintang;Bujur;Aliran Media', lines);
    const report = await neighbours(cameraRoutes.import, { query: {}, body: sheet });
    expect(report).toMatchObject({ errors: [{ column: 'Aliran Media', message: expect.stringContaining('Yang ada: pusat ·') }] }); // prettier-ignore
  });

  it('tell what they have: idle is not offline, and others’ streams are not there', async () => {
    const dishubSees = await dishub(ListMediaStreams, {});
    expect(dishubSees).toEqual({
      servers: [
        {
          ...{ name: 'pusat', kind: 'mediamtx' },
          streams: [
            { mediaStream: 'pusat/c7', state: 'idle', readers: 0, cameraId: 'LOOKS' },
            { mediaStream: 'pusat/unnamed', state: 'idle', readers: 0 },
          ],
        },
        {
          ...{ name: 'tepi', kind: 'go2rtc' },
          streams: [{ mediaStream: 'tepi/c8', state: 'idle', readers: 0, cameraId: 'TURNS' }],
        },
        { name: 'utara', kind: 'mediamtx', streams: [{ mediaStream: 'utara/c7', state: 'idle', readers: 0 }] },
      ],
      astray: [],
    });
    const dlh = await street.as({ agencies: ['dlh'] });
    const { servers } = await dlh(ListMediaStreams, {});
    expect(servers.flatMap(({ streams }) => streams.map(({ mediaStream }) => mediaStream))).toEqual([
      ...['pusat/unnamed', 'utara/c7'],
    ]);
    const taken = { cameraId: 'TAKES', name: 'x', owner: 'dlh', purpose: 'traffic', place: flora } as const;
    await expect(dlh(cameraRoutes.register, { body: { ...taken, mediaStream: 'pusat/c7' } })).rejects.toMatchObject({
      kind: 'conflict',
    });
    // a server that is away is told, and says nothing of its streams
    await go2rtc.close();
    const later = await room(ListMediaStreams, {});
    expect(later.servers[1]).toMatchObject({ problem: expect.stringContaining('tidak terjangkau'), streams: [] });
    expect(later.astray).toEqual([]);
  });
});

describe('what is kept of cameras', () => {
  const about = 'alarm:7f3a9c10';

  it('is one still for an alarm, seen by its agency and the room, each copy with its reader, until it is erased', async () => {
    stills.shows = 'street';
    const body = { about, purpose: 'Tabrakan di simpang', keepDays: 2 };
    // that there was none a moment ago is remembered for a second
    const still = await eventually(() => room(KeepStill, { params: { cameraId: 'LOOKS' }, body }), 30_000);
    const [from, to] = [still.takenAtMs - 300_000, still.takenAtMs + 300_000];
    expect(still).toMatchObject({
      ...{ cameraId: 'LOOKS', cameraName: 'LOOKS', owner: 'dishub', about, takenBy: 'p2' },
      keptUntilMs: still.takenAtMs + 2 * 86_400_000,
      playbackUrl: `https://10.20.1.9/r?from=${new Date(from).toISOString().slice(0, 19)}Z&to=${String(Math.floor(to / 1000))}`,
    });
    expect((await dishub(ListStills, { query: { about } })).items).toEqual([still]);
    expect((await dishub(ListStills, { query: { cameraId: 'TURNS' } })).items).toEqual([]);
    const picture = `/api/street/stills/${still.stillId}/picture`;
    const copy = await fetched(picture, {});
    expect([copy.status, copy.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect(commentsIn(Buffer.from(await copy.arrayBuffer()))).toEqual([
      expect.stringMatching(/^p1 · /),
      expect.stringContaining(`Siaga ${still.stillId} · LOOKS · p2 · `),
    ]);
    const subjects = [[`camera:LOOKS`, about], [`still:${still.stillId}`]];
    expect(await written()).toEqual(
      expect.arrayContaining(subjects.map((touched) => expect.objectContaining({ subjects: touched }))),
    );

    const stranger = { agencies: ['dlh'], roles: ['agency-admin'] } as const;
    expect((await fetched(picture, stranger)).status).toBe(404);
    const theirs = await street.as(stranger);
    expect((await theirs(ListStills, { query: {} })).items).toEqual([]);
    const byId = { params: { stillId: still.stillId } };
    await expect(theirs(EraseStill, byId)).rejects.toMatchObject({ kind: 'not-found' });
    await dishub(EraseStill, byId);
    expect((await fetched(picture, {})).status).toBe(404);
  });

  it('is found again when its process died in between: kept when its picture is there, else not at all, and once', async () => {
    const twin = new Documents(
      { app: 'twin', cities: [city], collections: [stillDocuments], uri: street.mongoUri },
      street.log,
    );
    await twin.open();
    const here = <Result>(work: () => Promise<Result>) => withContext(serviceContext(city), work);
    const about = 'incident:7f3a9c11';
    const press = { params: { cameraId: 'LOOKS' }, body: { about, purpose: 'Tabrakan' } };
    const listed = async () => (await room(ListStills, { query: { about } })).items;
    try {
      // as it is while a picture is under way
      const kept = await room(KeepStill, press, { idempotencyKey: 'press-keep-1' });
      const { hash = '' } = (await here(() => twin.store.find(stillDocuments, kept.stillId))) ?? {};
      const asBefore = (change: object) =>
        here(() => twin.store.change(stillDocuments, { where: { _id: kept.stillId }, change: { $set: { keeping: true, ...change } } })); // prettier-ignore
      await asBefore({ wakeAtMs: Date.now() + 3_600_000 });
      expect(await listed()).toEqual([]);
      expect((await fetched(`/api/street/stills/${kept.stillId}/picture`, {})).status).toBe(404);
      // time finds it with its picture …
      await asBefore({ wakeAtMs: Date.now() });
      await eventually(async () => {
        expect(await listed()).toEqual([kept]);
      }, 30_000);
      // … or the press is repeated, whose picture never came
      await asBefore({ wakeAtMs: Date.now() + 3_600_000 });
      await here(async () => {
        await twin.blobs.remove(hash);
        await forgetPresses(twin.store, 'camera:LOOKS');
      });
      const again = await room(KeepStill, press, { idempotencyKey: 'press-keep-1' });
      expect([again.stillId, await listed()]).toEqual([kept.stillId, [again]]);
      expect((await fetched(`/api/street/stills/${kept.stillId}/picture`, {})).status).toBe(200);
      // … or nobody does
      const { hash: latest = '' } = (await here(() => twin.store.find(stillDocuments, kept.stillId))) ?? {};
      await here(() => twin.blobs.remove(latest));
      await asBefore({ wakeAtMs: Date.now() });
      await eventually(async () => {
        expect(await here(() => twin.store.find(stillDocuments, kept.stillId))).toBeUndefined();
      }, 30_000);
      expect(await listed()).toEqual([]);
    } finally {
      await twin.close();
    }
  });

  it('is ten minutes of a recording, copied when they are over; or why there is none', async () => {
    const about = 'alarm:7f3a9c12';
    const atMs = Date.now() - 3_600_000;
    const keep = (cameraId: string) => room(KeepClip, { params: { cameraId }, body: { about, purpose: 'Tabrakan', atMs } }); // prettier-ignore
    const asked = await keep('LOOKS');
    const [fromMs, toMs] = [atMs - 300_000, atMs + 300_000];
    expect(asked).toMatchObject({ status: 'asked', fromMs, toMs, askedBy: 'p2', owner: 'dishub' });
    await expect(keep('TURNS')).rejects.toMatchObject({ kind: 'conflict', message: expect.stringContaining('putar ulang') }); // prettier-ignore
    const settled = async (clipId: string, status: string) =>
      eventually(async () => {
        const { items } = await dishub(ListClips, { query: { about } });
        const found = items.find((one) => one.clipId === clipId);
        expect(found?.status).toBe(status);
        return found;
      }, 30_000);
    const text = `mp4 c7 ${new Date(fromMs).toISOString()} 600`;
    expect(await settled(asked.clipId, 'kept')).toMatchObject({ bytes: text.length });
    const file = `/api/street/clips/${asked.clipId}/file`;
    const copy = await fetched(file, {});
    expect([copy.status, copy.headers.get('content-type'), await copy.text()]).toEqual([200, 'video/mp4', text]);
    const part = await fetch(street.url + file, {
      headers: { authorization: `Bearer ${await street.tokenOf({})}`, range: 'bytes=4-5' },
    });
    expect([
      part.status,
      part.headers.get('content-range'),
      part.headers.get('content-type'),
      await part.text(),
    ]).toEqual([206, `bytes 4-5/${String(text.length)}`, 'video/mp4', 'c7']);
    expect((await fetched(file, { agencies: ['dlh'] })).status).toBe(404);
    expect(await written()).toContainEqual(expect.objectContaining({ subjects: [`clip:${asked.clipId}`] }));
    // another of the same moments has the same bytes, and keeps them
    const twin = await keep('LOOKS');
    await settled(twin.clipId, 'kept');
    await dishub(EraseClip, { params: { clipId: asked.clipId } });
    expect((await fetched(file, {})).status).toBe(404);
    const twinFile = `/api/street/clips/${twin.clipId}/file`;
    expect(await (await fetched(twinFile, {})).text()).toBe(text);
    await dishub(EraseClip, { params: { clipId: twin.clipId } });
    expect((await fetched(twinFile, {})).status).toBe(404);

    // what its server has not
    const nowhere = { cameraId: 'NOWHERE', name: 'x', owner: 'dishub', purpose: 'traffic', place: flora } as const;
    await dishub(cameraRoutes.register, { body: { ...nowhere, mediaStream: 'pusat/none' } });
    const { clipId } = await keep('NOWHERE');
    expect(await settled(clipId, 'failed')).toMatchObject({ problem: expect.stringContaining('tidak punya rekaman') });
    expect((await fetched(`/api/street/clips/${clipId}/file`, {})).status).toBe(409);
  });

  it('is recordings asked for by letter, decided by another of the cameras’ agency, then handed over', async () => {
    const fromMs = Date.parse('2026-11-22T12:00:00Z');
    const asked = {
      ...{ cameraIds: ['LOOKS', 'TURNS'], fromMs, toMs: fromMs + 3_600_000, letterNumber: 'B/12/XI/2026' },
      ...{ purpose: 'Penyelidikan kecelakaan', requester: 'AKP Contoh', institution: 'Polres Probolinggo Kota' },
    };
    const made = await room(RequestFootage, { body: asked });
    expect(made).toMatchObject({ status: 'requested', askedBy: 'p2', owner: 'dishub', letterNumber: 'B/12/XI/2026' });
    const by = { params: { footageId: made.footageId } };
    const decide = (who: Client) => who(ApproveFootage, { ...by, body: {} });
    // the room asks and does not decide; who wrote it down does not, either
    const supervisor = await street.as({ id: 'p2', agencies: ['command'], roles: ['supervisor'] });
    await expect(decide(supervisor)).rejects.toMatchObject({ kind: 'forbidden' });
    const same = await street.as({ id: 'p2', roles: ['supervisor'] });
    await expect(decide(same)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(dishub(HandOverFootage, { ...by, body: { how: 'USB' } })).rejects.toMatchObject({ kind: 'conflict' });
    expect(await decide(dishub)).toMatchObject({
      ...{ status: 'approved', decision: { by: 'p1', atMs: expect.any(Number) } },
      playback: [{ cameraId: 'LOOKS', url: 'https://10.20.1.9/r?from=2026-11-22T12:00:00Z&to=1795352400' }],
    });
    await expect(dishub(RefuseFootage, { ...by, body: { note: 'x' } })).rejects.toMatchObject({ kind: 'conflict' });
    expect(await room(GetFootage, by)).not.toHaveProperty('playback');
    const sha256 = 'a'.repeat(64);
    expect(await dishub(HandOverFootage, { ...by, body: { how: 'USB, tanda terima 12', sha256 } })).toMatchObject({
      ...{ status: 'handed-over', handOver: { by: 'p1', how: 'USB, tanda terima 12', sha256 } },
    });

    const stranger = await street.as({ agencies: ['dlh'] });
    await expect(stranger(GetFootage, by)).rejects.toMatchObject({ kind: 'not-found' });
    expect((await stranger(ListFootage, { query: {} })).items).toEqual([]);
    expect((await dishub(ListFootage, { query: { q: 'polres', cameraId: 'TURNS' } })).items).toMatchObject([
      { footageId: made.footageId },
    ]);
    await expect(stranger(RequestFootage, { body: asked })).rejects.toMatchObject({ kind: 'not-found' });
  });
});
