import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ChangePerson,
  createClient,
  GetMe,
  ListPeople,
  ListSessions,
  PrincipalChanged,
  Reveal,
  SessionEnded,
  SignIn,
  type Client,
} from '@siaga/contracts';
import type { RunningService } from '@siaga/service';
import { eventually, randomCities } from '@siaga/testing';
import { startTestIdentity, type TestIdentity } from '../identity.harness.ts';

const [city = ''] = randomCities(1);
let identity: TestIdentity;
let second: RunningService;
let admin: Client;

beforeAll(async () => {
  identity = await startTestIdentity(city);
  second = await identity.another();
  admin = await identity.as({ id: 'administrator' });
});
afterAll(async () => {
  await second.close();
  await identity.close();
});

/** Somebody who signed in at one process, and his token at the other one. */
async function signedIn(roles: ('viewer' | 'agency-admin')[] = ['viewer']) {
  const person = await identity.person({ agencies: ['dlh'], roles });
  const { userName, password, personId } = person;
  const browser = identity.browser();
  const { sessionId = '' } = await browser.call(SignIn, { body: { userName, password } });
  const token = await identity.tokenOf({ id: personId, agencies: ['dlh'], roles, sessionId });
  return { ...person, sessionId, browser, token, elsewhere: createClient({ baseUrl: second.url, token }) };
}

describe('a block', () => {
  it('counts at every other process within 2 s, while the token is still good', async () => {
    const { personId, elsewhere, browser } = await signedIn();
    expect(await elsewhere(GetMe, {})).toMatchObject({ principalId: personId });
    const blocked = await admin(ChangePerson, { params: { personId }, body: { version: 1, blocked: true } });
    expect(blocked).toMatchObject({ blocked: true, version: 2 });
    await eventually(() => expect(elsewhere(GetMe, {})).rejects.toMatchObject({ kind: 'unauthenticated' }), 2000);
    await eventually(() => expect(browser.call(GetMe, {})).rejects.toMatchObject({ kind: 'unauthenticated' }), 2000);
  });

  it('catches who goes on changing himself', async () => {
    const { personId, token } = await signedIn(['agency-admin']);
    const himself = createClient({ baseUrl: identity.url, token });
    let isOver = false;
    const busy = async (): Promise<void> => {
      const body = { classes: ['personal' as const], reason: 'tidak ada alasannya', minutes: 1 };
      while (!isOver) await himself(Reveal, { body }).catch(() => undefined);
    };
    const busily = [busy(), busy(), busy(), busy()];
    await eventually(async () => {
      const [seen] = (await admin(ListPeople, { query: { q: personId } })).items;
      expect(seen?.version).toBeGreaterThan(10);
    });
    const blocked = await admin(ChangePerson, { params: { personId }, body: { version: 1, blocked: true } });
    expect(blocked).toMatchObject({ blocked: true, roles: ['agency-admin'] });
    await eventually(() => expect(himself(GetMe, {})).rejects.toMatchObject({ kind: 'unauthenticated' }), 2000);
    isOver = true;
    await Promise.all(busily);
  });

  it('ends every session, and who is let in again signs in anew', async () => {
    const { personId, sessionId, userName, password, elsewhere } = await signedIn();
    const again = identity.browser();
    const other = await again.call(SignIn, { body: { userName, password } });
    await admin(ChangePerson, { params: { personId }, body: { version: 1, blocked: true } });
    expect((await admin(ListSessions, { params: { personId } })).items).toEqual([]);
    await expect(again.call(SignIn, { body: { userName, password } })).rejects.toMatchObject({
      kind: 'unauthenticated',
    });
    await admin(ChangePerson, { params: { personId }, body: { version: 2, blocked: false } });
    await eventually(async () => {
      const ended = (await identity.readAll(SessionEnded)).map(({ subject }) => subject);
      expect(ended).toEqual(expect.arrayContaining([sessionId, other.sessionId]));
      const said = (await identity.readAll(PrincipalChanged)).filter(({ subject }) => subject === personId);
      expect(said.at(-1)?.data).toMatchObject({ blocked: false, version: 3 });
    });
    await expect(elsewhere(GetMe, {})).rejects.toMatchObject({ kind: 'unauthenticated' });
    await eventually(() => again.call(SignIn, { body: { userName, password } }));
  });
});

describe('a change of roles', () => {
  it('counts at every other process within 2 s, whatever the token says', async () => {
    const { personId, elsewhere } = await signedIn(['agency-admin']);
    await elsewhere(ListPeople, { query: {} });
    await admin(ChangePerson, { params: { personId }, body: { version: 1, roles: ['viewer', 'viewer'] } });
    await eventually(
      () => expect(elsewhere(ListPeople, { query: {} })).rejects.toMatchObject({ kind: 'forbidden' }),
      2000,
    );
    expect(await elsewhere(GetMe, {})).toMatchObject({ roles: ['viewer'] });
  });

  it('is refused when somebody changed the person meanwhile, and one press counts once', async () => {
    const { personId } = await identity.person({ displayName: 'Pak Budi' });
    const press = (version: number, displayName: string, idempotencyKey: string) =>
      admin(ChangePerson, { params: { personId }, body: { version, displayName } }, { idempotencyKey });
    const first = await press(1, 'Pak Budi Santoso', `${personId}-1`);
    expect(await press(1, 'Pak Budi Santoso', `${personId}-1`)).toEqual(first);
    await expect(press(1, 'Pak Bambang', `${personId}-2`)).rejects.toMatchObject({ kind: 'conflict' });
    expect((await admin(ListPeople, { query: { q: 'pak b' } })).items).toMatchObject([
      { personId, displayName: 'Pak Budi Santoso', version: 2 },
    ]);
  });
});
