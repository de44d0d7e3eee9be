import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ActionAttempted,
  ChangePassword,
  createClient,
  Fault,
  GetMe,
  IssueTicket,
  RefreshSession,
  SignIn,
} from '@siaga/contracts';
import type { RunningService } from '@siaga/service';
import { eventually, randomCities, startFaultProxy, type FaultProxy } from '@siaga/testing';
import { startTestIdentity, type TestBrowser, type TestIdentity } from '../identity.harness.ts';
import { people } from '../people/person-document.ts';
import { OVERLAP_MS } from './refresh-rule.ts';
import { sessions } from './session-document.ts';

const [city = ''] = randomCities(1);
const HOUR_MS = 3_600_000;
const refused = { kind: 'unauthenticated' };
let identity: TestIdentity;
let other: RunningService;

beforeAll(async () => {
  identity = await startTestIdentity(city);
  other = await identity.another();
});
afterAll(async () => {
  await other.close();
  await identity.close();
});

async function signedIn() {
  const { userName, password, personId } = await identity.person();
  const browser = identity.browser();
  const { sessionId = '' } = await browser.call(SignIn, { body: { userName, password } });
  return { browser, sessionId, personId };
}

/** What time would do to a session: everything of it happened so much earlier. */
async function age(sessionId: string, ms: number): Promise<void> {
  await identity.documents(async (store) => {
    const { rotatedAtMs, createdAtMs, lastSeenAtMs, usedAtMs, followedAtMs } = await store.get(sessions, sessionId);
    const earlier = { rotatedAtMs: rotatedAtMs - ms, createdAtMs: createdAtMs - ms, lastSeenAtMs: lastSeenAtMs - ms };
    const used = usedAtMs === undefined ? {} : { usedAtMs: usedAtMs - ms };
    const followed = followedAtMs === undefined ? {} : { followedAtMs: followedAtMs - ms };
    const change = { $set: { ...earlier, ...used, ...followed } };
    await store.change(sessions, { where: { _id: sessionId }, change });
  });
}

const copyOf = ({ cookies }: TestBrowser, url = identity.url) => identity.browser({ cookies, url });
const refresh = (browser: TestBrowser) => browser.call(RefreshSession, {});
const refreshCookies = (browser: TestBrowser) =>
  browser.setCookies().filter((cookie) => cookie.startsWith('siaga_refresh='));

/** Something done over a link on which a test wishes the weather. */
async function byLink(run: (link: FaultProxy, url: string) => Promise<void>): Promise<void> {
  const link = await startFaultProxy({ target: { port: Number(new URL(identity.url).port) } });
  try {
    await run(link, `http://${link.address}`);
  } finally {
    await link.close();
  }
}

describe('a refresh', () => {
  it('of two tabs at once, at two processes, gives one new token, and both stay in', async () => {
    const { browser } = await signedIn();
    const tabs = [browser, copyOf(browser, other.url), copyOf(browser), copyOf(browser, other.url)];
    await Promise.all(tabs.map(refresh));
    expect(tabs.flatMap(refreshCookies)).toHaveLength(1);
    await Promise.all(tabs.map((tab) => tab.call(GetMe, {})));
  });

  it('whose answer was lost can be asked again, however late', async () => {
    const { browser, sessionId } = await signedIn();
    await refresh(copyOf(browser));
    await age(sessionId, 10 * 60_000);
    await refresh(browser);
    expect(refreshCookies(browser)).toHaveLength(1);
    await age(sessionId, 10 * 60_000);
    await refresh(browser);
    expect(refreshCookies(browser)).toHaveLength(1);
  });

  it('whose slow answer takes the place of a later one can be followed by the next', async () => {
    const { browser, sessionId } = await signedIn();
    const kept = () => identity.documents((store) => store.get(sessions, sessionId));
    const { refreshHash } = await kept();
    await byLink(async (link, url) => {
      link.onReply(() => {
        link.delay(3000);
      });
      const slow = refresh(browser.tab({ url }));
      await eventually(async () => expect((await kept()).refreshHash).not.toBe(refreshHash));
      await age(sessionId, OVERLAP_MS + 1000);
      await refresh(browser.tab());
      await slow;
      await age(sessionId, OVERLAP_MS + 1000);
      await refresh(browser);
      expect(refreshCookies(browser)).toHaveLength(1);
      await browser.call(GetMe, {});
    });
  });

  it('whose answers are lost one after the other can be asked again all night', async () => {
    const { browser, sessionId } = await signedIn();
    await byLink(async (link, url) => {
      link.onReply(() => {
        link.cut();
      });
      for (let lost = 0; lost < 12; lost += 1) {
        await expect(refresh(browser.tab({ url }))).rejects.toMatchObject({ kind: 'unavailable' });
        await age(sessionId, OVERLAP_MS + 1000);
      }
    });
    await refresh(browser);
    await age(sessionId, OVERLAP_MS + 1000);
    await refresh(browser);
    expect(refreshCookies(browser)).toHaveLength(1);
  });

  it('says what somebody may do today', async () => {
    const { browser, personId } = await signedIn();
    await identity.documents((store) =>
      store.change(people, { where: { _id: personId }, change: { $set: { roles: ['supervisor'] } } }),
    );
    expect((await refresh(browser)).me.roles).toEqual(['supervisor']);
  });

  it('of who is blocked ends his session', async () => {
    const { browser, sessionId, personId } = await signedIn();
    const block = (blocked: boolean) =>
      identity.documents((store) => store.change(people, { where: { _id: personId }, change: { $set: { blocked } } }));
    await block(true);
    await expect(refresh(browser)).rejects.toMatchObject(refused);
    await block(false);
    await expect(refresh(browser)).rejects.toMatchObject(refused);
    expect((await identity.documents((store) => store.get(sessions, sessionId))).endedAtMs).toBeGreaterThan(0);
  });

  it('of a session that an earlier password began is refused, whatever kept it from being ended', async () => {
    const { browser, sessionId, personId } = await signedIn();
    const change = { $set: { passwordNumber: 2 } };
    await identity.documents((store) => store.change(people, { where: { _id: personId }, change }));
    await expect(refresh(browser)).rejects.toMatchObject(refused);
    expect((await identity.documents((store) => store.get(sessions, sessionId))).endedAtMs).toBeGreaterThan(0);
  });

  it('is refused to whoever proved the old password while it was being changed', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { userName, password } = await identity.person();
      const owner = identity.browser();
      await owner.call(SignIn, { body: { userName, password } });
      // at the other process, two at a time all the while
      const thieves = Array.from({ length: 8 }, () => identity.browser({ url: other.url }));
      const changed = owner.call(ChangePassword, { body: { current: password, next: 'sepeda hujan kelapa' } });
      const entered = thieves.map((thief) =>
        thief.call(SignIn, { body: { userName, password } }).catch(() => undefined),
      );
      await Promise.all([changed, ...entered]);
      for (const thief of thieves) await expect(refresh(thief)).rejects.toMatchObject(refused);
      await refresh(owner);
    }
  });

  it.each([
    ['twelve hours idle', 12 * HOUR_MS, 0],
    ['fourteen days, however busy', 14 * 24 * HOUR_MS, 14 * 24 * HOUR_MS - HOUR_MS],
  ])('is refused after %s, and so are tickets', async (_, olderMs, seenAgainMs) => {
    const { browser, sessionId } = await signedIn();
    await age(sessionId, olderMs - 60_000);
    await identity.documents(async (store) => {
      const { lastSeenAtMs } = await store.get(sessions, sessionId);
      const change = { $set: { lastSeenAtMs: lastSeenAtMs + seenAgainMs } };
      await store.change(sessions, { where: { _id: sessionId }, change });
    });
    await browser.call(IssueTicket, {});
    await age(sessionId, 60_000);
    await expect(refresh(browser)).rejects.toMatchObject(refused);
    await expect(browser.call(IssueTicket, {})).rejects.toMatchObject(refused);
  });

  it('of nothing, of nonsense and of a token that never was is refused', async () => {
    const never = `siaga_refresh`;
    for (const value of ['', 'x', `${'A'.repeat(22)}.${'A'.repeat(43)}`, '%00'])
      await expect(refresh(identity.browser({ cookies: new Map([[never, value]]) }))).rejects.toMatchObject(refused);
  });
});

describe('a copied refresh token', () => {
  it.each([
    ['the one before, once the new one was seen', 1],
    ['an older one', 2],
    ['one from long ago', 4],
  ])('ends the session everywhere: %s', async (_, rotations) => {
    const { browser, sessionId, personId } = await signedIn();
    const thief = copyOf(browser);
    for (let rotation = 0; rotation < rotations; rotation += 1) {
      await age(sessionId, OVERLAP_MS + 1000);
      await refresh(browser);
    }
    if (rotations === 1) await refresh(browser);
    await age(sessionId, OVERLAP_MS + 1000);
    await expect(refresh(thief)).rejects.toMatchObject(refused);
    expect(thief.setCookies()).toEqual([]);

    await expect(refresh(browser)).rejects.toMatchObject(refused);
    const token = browser.cookies.get('siaga_access') ?? '';
    for (const url of [identity.url, other.url])
      await eventually(() => expect(createClient({ baseUrl: url, token })(GetMe, {})).rejects.toMatchObject(refused));
    const trail = (await identity.readAll(ActionAttempted)).map(({ data }) => data);
    expect(trail).toContainEqual(
      expect.objectContaining({
        action: 'session.reuse',
        subjects: [`person:${personId}`, `session:${sessionId}`],
      }),
    );
  });

  it.each([
    ['one thief', 1],
    ['eight thieves', 8],
  ])('that %s used before its owner came again is told when he comes, at the latest', async (_, count) => {
    const { browser, sessionId } = await signedIn();
    const thieves = Array.from({ length: count }, (_unused, index) =>
      copyOf(browser, index % 2 ? other.url : undefined),
    );
    await refresh(browser);
    for (const thief of thieves) {
      await age(sessionId, OVERLAP_MS + 1000);
      // nobody can tell yet: the owner's answer may have been lost, and he asks again
      await refresh(thief);
    }
    await age(sessionId, OVERLAP_MS + 1000);
    const comes = async (somebody: TestBrowser) => {
      const outcome = await refresh(somebody).catch((error: unknown) => error);
      return outcome instanceof Fault ? outcome.kind : 'goes on';
    };
    const owner = await comes(browser);
    await age(sessionId, OVERLAP_MS + 1000);
    const answers = [owner, ...(await Promise.all(thieves.map(comes)))];
    // of one whom all took for the owner at most he goes on, and then the session ends for him, too
    expect(answers.filter((answer) => answer === 'goes on').length).toBeLessThanOrEqual(1);
    expect(answers).toContain('unauthenticated');
    for (const somebody of [browser, ...thieves]) await expect(refresh(somebody)).rejects.toMatchObject(refused);
  });

  it('leaves the other sessions of its person alone', async () => {
    const { userName, password } = await identity.person();
    const [desk, phone] = [identity.browser(), identity.browser()];
    const { sessionId = '' } = await desk.call(SignIn, { body: { userName, password } });
    await phone.call(SignIn, { body: { userName, password } });
    const thief = copyOf(desk);
    await refresh(desk);
    await refresh(desk);
    await age(sessionId, OVERLAP_MS + 1000);
    await expect(refresh(thief)).rejects.toMatchObject(refused);
    await refresh(phone);
  });
});
