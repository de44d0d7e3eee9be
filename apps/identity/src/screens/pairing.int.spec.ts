import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ActionAttempted,
  BeginPairing,
  ClaimPairing,
  Fault,
  GetMe,
  ListScreens,
  ListSessions,
  PairScreen,
  PrincipalChanged,
  RefreshSession,
  RevokeScreen,
  type Agency,
  type Client,
} from '@siaga/contracts';
import { eventually, randomCities } from '@siaga/testing';
import type { Rate, RunningService } from '@siaga/service';
import { startTestIdentity, type TestBrowser, type TestIdentity } from '../identity.harness.ts';
import { answerOf, isAdmin, table } from '../people/askers.harness.ts';
import { newPrincipalId } from '../people/people.store.ts';
import { sessions } from '../sessions/session-document.ts';
import { screens } from './screen-document.ts';
import { pairings, type PairingDocument } from './pairing-document.ts';
import { pairingIdOf } from './pairings.store.ts';

const [city = ''] = randomCities(1);
let identity: TestIdentity;
let second: RunningService;

beforeAll(async () => {
  identity = await startTestIdentity(city);
  second = await identity.another();
});
afterAll(async () => {
  await second.close();
  await identity.close();
});

/** How often one may try is a test of its own: here everybody is somebody else. */
let address = 0;
const wall = (url = identity.url) => identity.browser({ url, address: `198.51.100.${String((address += 1))}` });
const admin = (agencies: Agency[] = ['dlh']) =>
  identity.as({ id: newPrincipalId(), agencies, roles: ['agency-admin'] });

const begin = (screen: TestBrowser) => screen.call(BeginPairing, { query: {} });
const claim = (screen: TestBrowser, deviceCode: string) => screen.call(ClaimPairing, { body: { deviceCode } });
const pair = (by: Client, userCode: string, displayName = 'Dinding utara') =>
  by(PairScreen, { body: { userCode, displayName, agencies: ['dlh'] } });

/** A screen that got its session. */
async function paired() {
  const screen = wall();
  const { deviceCode, userCode } = await begin(screen);
  const { screenId } = await pair(await admin(), userCode);
  const answer = await claim(screen, deviceCode);
  if (answer.status !== 'paired') throw new Error('not paired');
  return { screen, deviceCode, userCode, screenId, me: answer.me };
}

/** What only time would do to a pairing. */
const age = (deviceCode: string, set: Partial<PairingDocument>) =>
  identity.documents((store) =>
    store.change(pairings, { where: { _id: pairingIdOf(deviceCode) }, change: { $set: set } }),
  );

const openSessionsOf = (principalId: string) =>
  identity.documents((store) =>
    store
      .of(sessions)
      .find({ principalId, endedAtMs: null } as never)
      .lean(),
  );

describe('pairing a screen', () => {
  it('shows a code, waits, and becomes a screen of the agencies that its administrator named', async () => {
    const screen = wall();
    const { deviceCode, userCode, intervalS, expiresAtMs } = await begin(screen);
    expect(userCode).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
    expect(expiresAtMs - Date.now()).toBeGreaterThan(9 * 60_000);
    expect(intervalS).toBe(5);
    expect(await claim(screen, deviceCode)).toEqual({ status: 'pending' });
    expect(screen.cookies.size).toBe(0);

    const kept = await pair(await admin(), userCode);
    expect(kept).toMatchObject({ displayName: 'Dinding utara', agencies: ['dlh'], revoked: false });
    const answer = await claim(screen, deviceCode);
    const { screenId } = kept;
    expect(answer).toMatchObject({
      status: 'paired',
      me: { principalId: screenId, kind: 'screen', displayName: 'Dinding utara', agencies: ['dlh'], roles: ['screen'] },
    });
    expect(await screen.call(GetMe, {})).toMatchObject({ principalId: screenId, kind: 'screen' });
    expect(await screen.call(RefreshSession, {})).toMatchObject({ me: { principalId: screenId } });
    await eventually(async () => {
      const said = (await identity.readAll(PrincipalChanged)).filter(({ subject }) => subject === screenId);
      expect(said.at(-1)?.data).toMatchObject({ kind: 'screen', agencies: ['dlh'], roles: ['screen'], blocked: false });
    });
    const trail = (await identity.readAll(ActionAttempted)).map(({ data }) => data as ActionAttempted);
    expect(trail).toContainEqual(
      expect.objectContaining({ action: ClaimPairing.name, subjects: [`screen:${screenId}`] }),
    );
    const listed = (await (await admin())(ListScreens, { query: {} })).items.find((one) => one.screenId === screenId);
    expect(listed?.lastSeenAtMs).toBeGreaterThanOrEqual(kept.pairedAtMs);
  });

  it.each(['small letters', 'no dash', 'a space'])('takes the code in %s', async (how) => {
    const { userCode } = await begin(wall());
    const typed = { 'small letters': userCode.toLowerCase(), 'no dash': userCode.replace('-', '') }[how];
    expect(await pair(await admin(), typed ?? ` ${userCode.replace('-', ' ')} `)).toMatchObject({ agencies: ['dlh'] });
  });

  it('a wrong code, one that was used and one that has run out are told alike', async () => {
    const { userCode: used } = await paired();
    const old = await begin(wall());
    await age(old.deviceCode, { expiresAtMs: Date.now() - 1 });
    const by = await admin();
    const words = await Promise.all(
      ['BBBB-BBBB', 'not a code', used, old.userCode].map((code) =>
        pair(by, code).then(
          () => 'paired',
          (error: unknown) => `${(error as Fault).kind} ${(error as Fault).message}`,
        ),
      ),
    );
    expect(new Set(words)).toEqual(new Set([expect.stringMatching(/^not-found /)]));
    await expect(claim(wall(), old.deviceCode)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(claim(wall(), 'made up')).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('by two administrators at once, at two processes, is done by one', async () => {
    const screen = wall();
    const { deviceCode, userCode } = await begin(screen);
    const outcomes = await Promise.allSettled([
      pair(await admin(), userCode, 'Satu'),
      pair(await admin(), userCode, 'Dua'),
    ]);
    const winner = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(winner).toHaveLength(1);
    expect(await claim(screen, deviceCode)).toMatchObject({ me: { displayName: winner[0]?.displayName } });
  });

  it('one press counts once, and a time to fetch the session begins with it', async () => {
    const screen = wall();
    const { deviceCode, userCode } = await begin(screen);
    await age(deviceCode, { expiresAtMs: Date.now() + 60_000 });
    const by = await admin();
    const body = { userCode, displayName: 'Dinding', agencies: ['dlh' as const] };
    const press = () => by(PairScreen, { body }, { idempotencyKey: userCode });
    expect(await press()).toEqual(await press());
    const kept = await identity.documents((store) => store.get(pairings, pairingIdOf(deviceCode)));
    expect(kept.expiresAtMs - Date.now()).toBeGreaterThan(9 * 60_000);
  });

  it('is only for agencies of the administrator', async () => {
    const { userCode } = await begin(wall());
    await expect(pair(await admin(['bpbd']), userCode)).rejects.toMatchObject({ kind: 'forbidden' });
    const viewer = await identity.as({ id: newPrincipalId(), agencies: ['dlh'], roles: ['viewer'] });
    await expect(pair(viewer, userCode)).rejects.toMatchObject({ kind: 'forbidden' });
    expect(await pair(await admin(['dlh', 'bpbd']), userCode)).toMatchObject({ agencies: ['dlh'] });
  });

  it('keeps the device code as a hash only', async () => {
    const { deviceCode } = await begin(wall());
    const all = await identity.documents((store) => store.of(pairings).find().lean());
    expect(all.map(({ _id }) => _id)).toContain(pairingIdOf(deviceCode));
    expect(JSON.stringify(all)).not.toContain(deviceCode);
  });
});

describe('claiming', () => {
  it('twice at once, at two processes, gives one session', async () => {
    const [here, there] = [wall(), wall(second.url)];
    const { deviceCode, userCode } = await begin(here);
    const { screenId } = await pair(await admin(), userCode);
    const answers = await Promise.all([claim(here, deviceCode), claim(there, deviceCode)]);
    const open = await openSessionsOf(screenId);
    expect(open).toHaveLength(1);
    const winners = [here, there].filter(
      (_, index) => answers[index]?.status === 'paired' && answers[index].me.sessionId === open[0]?._id,
    );
    expect(winners).toHaveLength(1);
    expect(await winners[0]?.call(GetMe, {})).toMatchObject({ principalId: screenId });
  });

  it('again, after an answer was lost, works for two minutes and ends what the first one gave', async () => {
    const { screen, deviceCode, screenId, me } = await paired();
    const again = wall();
    const answer = await claim(again, deviceCode);
    expect(answer).toMatchObject({ status: 'paired', me: { principalId: screenId } });
    expect(await again.call(GetMe, {})).toMatchObject({ principalId: screenId });
    expect((await openSessionsOf(screenId)).map(({ _id }) => _id)).not.toContain(me.sessionId);
    await eventually(() => expect(screen.call(GetMe, {})).rejects.toMatchObject({ kind: 'unauthenticated' }), 2000);
    await age(deviceCode, { claimedAtMs: Date.now() - 2 * 60_000 });
    await expect(claim(again, deviceCode)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('goes on where a process died: the screen’s document is made, or a session was never told', async () => {
    const { deviceCode } = await begin(wall());
    const screenId = newPrincipalId();
    const screen = { screenId, displayName: 'Dinding timur', agencies: ['dlh' as const], pairedAtMs: Date.now() };
    await age(deviceCode, { screen, claimedAtMs: Date.now() - 1000 });
    expect(await claim(wall(), deviceCode)).toMatchObject({ status: 'paired', me: { principalId: screenId } });
    expect((await (await admin())(ListScreens, { query: {} })).items.map((one) => one.screenId)).toContain(screenId);
  });
});

describe('a revoked screen', () => {
  it('is dark within 2 s at every process, and neither its code nor its session brings it back', async () => {
    const { screen, deviceCode, screenId, me } = await paired();
    const token = await identity.tokenOf({
      ...{ id: screenId, kind: 'screen', agencies: ['dlh'], roles: ['screen'], sessionId: me.sessionId ?? '' },
    });
    const elsewhere = () => fetch(`${second.url}/api/session`, { headers: { authorization: `Bearer ${token}` } });
    await eventually(async () => expect((await elsewhere()).status).toBe(200));
    const by = await admin();
    await by(RevokeScreen, { params: { screenId } });
    await eventually(async () => expect((await elsewhere()).status).toBe(401), 2000);
    await eventually(() => expect(screen.call(GetMe, {})).rejects.toMatchObject({ kind: 'unauthenticated' }), 2000);
    await expect(screen.call(RefreshSession, {})).rejects.toMatchObject({ kind: 'unauthenticated' });
    await expect(claim(screen, deviceCode)).rejects.toMatchObject({ kind: 'not-found' });
    expect(await by(RevokeScreen, { params: { screenId } })).toEqual({});
    const listed = (await by(ListScreens, { query: {} })).items.find((one) => one.screenId === screenId);
    expect(listed).toMatchObject({ revoked: true });
    await expect(by(ListSessions, { params: { personId: screenId } })).rejects.toMatchObject({ kind: 'not-found' });
  });
});

it('screens are listed page by page by name, and searched by it', async () => {
  const names = Array.from({ length: 7 }, (_, index) => `Ruang rapat ${String(7 - index)}`);
  await identity.documents((store) =>
    Promise.all(
      names.map((displayName) =>
        store.create(screens, {
          _id: newPrincipalId(),
          displayName,
          agencies: ['bpbd'],
          revoked: false,
          pairedAtMs: 1,
        }),
      ),
    ),
  );
  const by = await admin(['bpbd']);
  const first = await by(ListScreens, { query: { q: 'ruang RAPAT', limit: 5 } });
  const rest = await by(ListScreens, { query: { q: 'ruang RAPAT', limit: 5, after: first.next ?? '' } });
  expect(rest.next).toBeUndefined();
  expect([...first.items, ...rest.items].map(({ displayName }) => displayName)).toEqual(names.toSorted());
});

describe('somebody else’s screen', () => {
  it.each(table.filter(({ what }) => what !== 'city-admin of dlh'))(
    '$asker, a screen $what: $may',
    async ({ asker, object: { agencies }, may }) => {
      const screenId = newPrincipalId();
      const given = { displayName: 'Dinding', agencies, revoked: false, pairedAtMs: 1 };
      await identity.documents((store) => store.create(screens, { _id: screenId, ...given }));
      const path = (id: string) => `/api/identity/screens/${id}`;
      const listed = await answerOf(identity, asker, { route: ListScreens, path: '/api/identity/screens' });
      expect(listed.text.includes(screenId)).toBe(may);
      const answer = await answerOf(identity, asker, { route: RevokeScreen, path: path(screenId) });
      const unknown = await answerOf(identity, asker, { route: RevokeScreen, path: path(newPrincipalId()) });
      expect(unknown.status).toBe(isAdmin(asker) ? 404 : 403);
      if (may) expect(answer.status).toBe(200);
      else expect(answer).toEqual(unknown);
    },
  );
});

describe('how often', () => {
  /** So many are let in at once; a slow machine takes long over them, and more of them are let in meanwhile. */
  const expectBound = async ({ burst, perSecond }: Rate, act: () => Promise<unknown>) => {
    const beganMs = performance.now();
    for (let count = 0; ; count += 1) {
      const kind = await act().then(
        () => 'done',
        (error: unknown) => (error instanceof Fault ? error.kind : error),
      );
      const most = burst + perSecond * ((performance.now() - beganMs) / 1000);
      if (kind === 'too-many') {
        expect(count).toBeGreaterThanOrEqual(burst);
        return;
      }
      expect(count + 1).toBeLessThanOrEqual(most);
    }
  };

  it('one administrator guesses codes, wherever he sits', async () => {
    const by = await admin();
    await expectBound({ burst: 30, perSecond: 0.1 }, () => pair(by, 'BBBB-BBBB'));
    // somebody else at another desk is not held up
    await expect(pair(await admin(), 'BBBB-BBBB')).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('one screen asks, and one address begins', async () => {
    const screen = wall();
    const { deviceCode } = await begin(screen);
    await expectBound({ burst: 4, perSecond: 0.25 }, () => claim(screen, deviceCode));
    const another = wall();
    await expectBound({ burst: 40, perSecond: 0.1 }, () => begin(another));
    await begin(wall());
  });
});
