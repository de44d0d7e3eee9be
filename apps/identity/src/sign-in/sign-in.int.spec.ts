import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ActionAttempted, createClient, GetMe, RefreshSession, SessionEnded, SignIn, SignOut } from '@siaga/contracts';
import type { RunningService } from '@siaga/service';
import { eventually, randomCities } from '@siaga/testing';
import { startTestIdentity, type TestIdentity } from '../identity.harness.ts';
import { people } from '../people/person-document.ts';
import { sessions } from '../sessions/session-document.ts';

const [city = ''] = randomCities(1);
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

it('a person signs in, is himself, and signs out everywhere', async () => {
  const { userName, password, personId } = await identity.person({ displayName: 'Pak Budi', roles: ['dispatcher'] });
  const browser = identity.browser();
  const me = await browser.call(SignIn, { body: { userName: userName.toUpperCase(), password } });
  expect(me).toMatchObject({ principalId: personId, kind: 'person', displayName: 'Pak Budi', roles: ['dispatcher'] });
  expect(await browser.call(GetMe, {})).toEqual(me);

  const access = browser.cookies.get('siaga_access') ?? '';
  await browser.call(SignOut, {});
  expect([...browser.cookies.keys()]).toEqual(['siaga_known']);
  for (const url of [identity.url, other.url])
    await eventually(() =>
      expect(createClient({ baseUrl: url, token: access })(GetMe, {})).rejects.toMatchObject({
        kind: 'unauthenticated',
        message: expect.stringContaining('sesi ini sudah diakhiri'),
      }),
    );
  const ended = await identity.readAll(SessionEnded);
  expect(ended.map(({ data }) => data)).toContainEqual(
    expect.objectContaining({ sessionId: me.sessionId, principalId: personId }),
  );
});

describe('signing out', () => {
  const signedIn = async () => {
    const { userName, password, personId } = await identity.person();
    const browser = identity.browser();
    const { sessionId = '' } = await browser.call(SignIn, { body: { userName, password } });
    return { browser, personId, sessionId };
  };
  const isEnded = async (sessionId: string) =>
    (await identity.documents((store) => store.get(sessions, sessionId))).endedAtMs !== undefined;

  it('with the refresh cookie alone, when the access cookie has run out, ends the session by its person', async () => {
    const { browser, personId, sessionId } = await signedIn();
    const access = browser.cookies.get('siaga_access') ?? '';
    browser.cookies.delete('siaga_access');
    await browser.call(SignOut, {});
    expect([...browser.cookies.keys()]).toEqual(['siaga_known']);
    expect(await isEnded(sessionId)).toBe(true);
    const open = createClient({ baseUrl: other.url, token: access });
    await eventually(() => expect(open(GetMe, {})).rejects.toMatchObject({ kind: 'unauthenticated' }));
    const trail = (await identity.readAll(ActionAttempted)).map(({ data }) => data);
    const subjects = [`person:${personId}`, `session:${sessionId}`];
    expect(trail).toContainEqual(
      expect.objectContaining({ action: 'session.sign-out', subjects, principalId: personId, sessionId }),
    );
  });

  it('with an old refresh cookie, or a token without cookies, ends the session, too', async () => {
    const [one, two] = [await signedIn(), await signedIn()];
    const copy = identity.browser({ cookies: one.browser.cookies });
    copy.cookies.delete('siaga_access');
    await one.browser.call(RefreshSession, {});
    await copy.call(SignOut, {});
    const token = two.browser.cookies.get('siaga_access') ?? '';
    await createClient({ baseUrl: identity.url, token })(SignOut, {});
    expect([await isEnded(one.sessionId), await isEnded(two.sessionId)]).toEqual([true, true]);
  });

  it('of who is out already, or was never in, takes the cookies away and ends nothing of anybody', async () => {
    const { browser, sessionId } = await signedIn();
    const { browser: ended } = await signedIn();
    const left = identity.browser({ cookies: ended.cookies });
    await ended.call(SignOut, {});
    await left.call(SignOut, {});
    expect([...left.cookies.keys()]).toEqual(['siaga_known']);
    const nobody = identity.browser({
      cookies: new Map([
        ['siaga_access', 'nonsense'],
        ['siaga_refresh', `${city}.${'A'.repeat(22)}.${'A'.repeat(43)}`],
      ]),
    });
    await nobody.call(SignOut, {});
    expect(nobody.cookies.size).toBe(0);
    await identity.browser().call(SignOut, {});
    await browser.call(GetMe, {});
    expect(await isEnded(sessionId)).toBe(false);
  });
});

it('cookies are out of reach of scripts and other sites, and over HTTPS of plain HTTP, too', async () => {
  const { userName, password } = await identity.person();
  const attributes = async (isSecure: boolean) => {
    const browser = identity.browser({ isSecure });
    await browser.call(SignIn, { body: { userName, password } });
    return browser.setCookies().map((cookie) => cookie.replace(/=[^;]+/, '=…'));
  };
  expect(await attributes(false)).toEqual([
    'siaga_access=…; Max-Age=600; Path=/; HttpOnly; SameSite=Strict',
    'siaga_refresh=…; Max-Age=43200; Path=/api/session; HttpOnly; SameSite=Strict',
    'siaga_known=…; Max-Age=15552000; Path=/api/session; HttpOnly; SameSite=Strict',
  ]);
  expect(await attributes(true)).toEqual([
    '__Host-siaga_access=…; Max-Age=600; Path=/; HttpOnly; Secure; SameSite=Strict',
    '__Secure-siaga_refresh=…; Max-Age=43200; Path=/api/session; HttpOnly; Secure; SameSite=Strict',
    '__Secure-siaga_known=…; Max-Age=15552000; Path=/api/session; HttpOnly; Secure; SameSite=Strict',
  ]);
});

it('an unknown user name, a wrong password and a blocked person look the same, and nothing typed is in the trail', async () => {
  const known = await identity.person();
  const blocked = await identity.person();
  await identity.documents(async (store) => {
    await store.change(people, { where: { _id: blocked.personId }, change: { $set: { blocked: true } } });
  });
  const answerTo = async (body: { userName: string; password: string }) => {
    const response = await fetch(`${identity.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, cookies: response.headers.getSetCookie(), body: await response.text() };
  };
  const answers = await Promise.all([
    answerTo({ userName: 'rahasia-salah-kolom', password: known.password }),
    answerTo({ userName: known.userName, password: 'bukan kata sandinya' }),
    answerTo({ userName: blocked.userName, password: blocked.password }),
  ]);
  const plain = answers.map(({ body, ...rest }) => ({ ...rest, body: body.replace(/"correlation":"[^"]*"/, '') }));
  expect(plain[0]).toMatchObject({ status: 401, cookies: [], body: expect.stringContaining('salah') });
  expect([plain[1], plain[2]]).toEqual([plain[0], plain[0]]);
  const trail = await identity.readAll(ActionAttempted);
  expect(trail.map(({ data }) => data)).toContainEqual(
    expect.objectContaining({ action: 'session.sign-in', subjects: [`person:${known.personId}`] }),
  );
  expect(JSON.stringify(trail)).not.toContain('rahasia');
});

it('a refresh cookie fetches the next one', async () => {
  const { userName, password } = await identity.person();
  const browser = identity.browser();
  const me = await browser.call(SignIn, { body: { userName, password } });
  const before = browser.cookies.get('siaga_refresh');
  const refreshed = await browser.call(RefreshSession, {});
  expect(refreshed.me).toEqual(me);
  expect(browser.cookies.get('siaga_refresh')).not.toBe(before);
  await expect(identity.browser().call(RefreshSession, {})).rejects.toMatchObject({ kind: 'unauthenticated' });
});

it('a hash from before the parameters were raised is replaced when its password is known', async () => {
  const { userName, password, personId } = await identity.person();
  const kept = async () => (await identity.documents((store) => store.get(people, personId))).passwordHash;
  expect(await kept()).toContain('m=64,');
  await identity.browser().call(SignIn, { body: { userName, password } });
  const [raised, { version }] = [await kept(), await identity.documents((store) => store.get(people, personId))];
  expect(raised).toMatch(/^\$argon2id\$v=19\$m=19456,(t=2,p=1|p=1,t=2)\$/);
  // nobody's form became old by it
  expect(version).toBe(1);
  await identity.browser().call(SignIn, { body: { userName, password } });
  expect(await kept()).toBe(raised);
});
