import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AcceptInvitation,
  Fault,
  GetMe,
  InvitePerson,
  PrincipalChanged,
  ReadInvitation,
  SignIn,
} from '@siaga/contracts';
import type { RunningService } from '@siaga/service';
import { eventually, randomCities } from '@siaga/testing';
import { startTestIdentity, type TestIdentity } from '../identity.harness.ts';
import { people } from '../people/person-document.ts';
import { signInTries } from '../sign-in/sign-in-tries.store.ts';
import { invitations } from './invitation-document.ts';
import { InvitationsStore } from './invitations.store.ts';

const [city = ''] = randomCities(1);
const password = 'empat lemari tua';
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

const read = (token: string) => identity.browser().call(ReadInvitation, { body: { token } });
const opensNothing = { kind: 'not-found', message: expect.stringContaining('tidak berlaku') };

/** As somebody left it who died while opening it, long enough ago. */
const leaveClaimed = (invitationId: string) =>
  identity.documents((store) =>
    store.change(invitations, { where: { _id: invitationId }, change: { $set: { claimedAtMs: Date.now() - 31_000 } } }),
  );

describe('a link for a newcomer', () => {
  it('makes him a person of the city, signed in, once', async () => {
    const { token } = await identity.invite({ displayName: 'Bu Wati', agencies: ['dlh'], roles: ['agency-admin'] });
    expect(await read(token)).toEqual({ displayName: 'Bu Wati', expiresAtMs: expect.any(Number) });
    const browser = identity.browser();
    const me = await browser.call(AcceptInvitation, { body: { token, userName: 'wati', password } });
    expect(me).toMatchObject({ displayName: 'Bu Wati', agencies: ['dlh'], roles: ['agency-admin'] });
    expect(await browser.call(GetMe, {})).toEqual(me);
    expect((await identity.browser().call(SignIn, { body: { userName: 'wati', password } })).principalId).toBe(
      me.principalId,
    );
    await eventually(async () => {
      const said = (await identity.readAll(PrincipalChanged)).map(({ data }) => data);
      expect(said).toContainEqual(expect.objectContaining({ principalId: me.principalId, roles: ['agency-admin'] }));
    });
    await expect(read(token)).rejects.toMatchObject(opensNothing);
    const again = identity.browser().call(AcceptInvitation, { body: { token, userName: 'wati2', password } });
    await expect(again).rejects.toMatchObject(opensNothing);
  });

  it('opened at two processes at once makes one person', async () => {
    const { token } = await identity.invite();
    const doors = [identity.url, other.url, identity.url, other.url];
    const outcomes = await Promise.allSettled(
      doors.map((url, index) =>
        identity.browser({ url }).call(AcceptInvitation, {
          body: { token, userName: `balapan${String(index)}`, password },
        }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected')
        expect(['conflict', 'not-found']).toContain((outcome.reason as { kind: string }).kind);
    const made = await identity.documents((store) => store.of(people).find({ displayName: 'Pak Budi' }).lean());
    expect(made.map(({ userName }) => userName)).toEqual([expect.stringMatching(/^balapan/)]);
  });

  it('stays good when the user name is taken, the password weak, or the form not filled in', async () => {
    const { userName } = await identity.person();
    const { token } = await identity.invite({ displayName: 'Pak Slamet Riyadi' });
    const accept = (over: object) =>
      identity.browser().call(AcceptInvitation, { body: { token, userName: 'slamet', password, ...over } });
    await expect(accept({ userName })).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('sudah dipakai'),
      issues: [{ at: 'userName' }],
    });
    await expect(accept({ userName: undefined })).rejects.toMatchObject({
      kind: 'invalid',
      issues: [{ at: 'userName' }],
    });
    for (const weak of ['Slamet 1234567', 'PakSlametRiyadi', 'Probolinggo1', 'password1234'])
      await expect(accept({ password: weak })).rejects.toMatchObject({
        kind: 'invalid',
        issues: [{ at: 'password', message: expect.stringContaining('mudah ditebak') }],
      });
    expect(await accept({})).toMatchObject({ displayName: 'Pak Slamet Riyadi' });
  });

  it('is no way to keep the city busy: of one link, and from one address, few tries are looked at', async () => {
    const { userName } = await identity.person();
    const address = '2001:db8:7::1';
    const refusalOf = async (token: string, from: string) => {
      const browser = identity.browser({ address: from });
      const tried = browser.call(AcceptInvitation, { body: { token, userName, password } });
      return tried.then(
        () => 'let in',
        (fault: unknown) => (fault instanceof Fault ? fault.kind : fault),
      );
    };
    const { token } = await identity.invite();
    for (let taken = 0; taken < 5; taken += 1)
      expect(await refusalOf(token, `198.51.100.${String(taken)}`)).toBe('conflict');
    await identity.documents((store) =>
      store.of(signInTries).updateMany({ failures: 5 }, { $set: { openAtMs: Date.now() + 60_000 } }),
    );
    expect(await refusalOf(token, '198.51.100.9')).toBe('too-many');
    const kinds: unknown[] = [];
    for (let turn = 0; turn < 21; turn += 1) kinds.push(await refusalOf((await identity.invite()).token, address));
    expect(kinds.slice(0, 20)).toEqual(Array(20).fill('conflict'));
    expect(kinds.at(-1)).toBe('too-many');
    const beside = await identity.invite();
    const body = { token: beside.token, userName: 'sebelah', password };
    await identity.browser({ address: '2001:db8:8::1' }).call(AcceptInvitation, { body });
  });

  it('unknown, expired and withdrawn ones look the same', async () => {
    const expired = await identity.invite({ lifetimeMs: 0 });
    const withdrawn = await identity.invite();
    await identity.documents((store) => new InvitationsStore(store).withdraw(withdrawn.invitationId));
    const answers = await Promise.all(
      ['tidak-ada', expired.token, withdrawn.token].map((token) => read(token).catch((error: unknown) => error)),
    );
    for (const answer of answers) expect(answer).toMatchObject(opensNothing);
  });
});

it('links for the first administrator: the first that is used is the last that is worth anything', async () => {
  const owner = await identity.as({});
  const link = async (roles: ('city-admin' | 'viewer')[]) => {
    const body = { displayName: 'Administrator pertama', agencies: ['command' as const], roles };
    return (await owner(InvitePerson, { body })).path.replace('/masuk#undangan=', '');
  };
  const [used, printed, viewers] = [await link(['city-admin']), await link(['city-admin']), await link(['viewer'])];
  await read(printed);
  await identity.browser().call(AcceptInvitation, { body: { token: used, userName: 'pertama', password } });
  await eventually(() => expect(read(printed)).rejects.toMatchObject(opensNothing));
  const late = { token: printed, userName: 'kedua', password };
  await expect(identity.browser().call(AcceptInvitation, { body: late })).rejects.toMatchObject(opensNothing);
  await read(viewers);
  // administrators go on making administrators
  await read(await link(['city-admin']));
});

describe('whoever dies while opening a link', () => {
  it('before the person was made leaves it good', async () => {
    const { token, invitationId } = await identity.invite();
    await leaveClaimed(invitationId);
    const body = { token, userName: 'setelah-mati', password };
    expect(await identity.browser().call(AcceptInvitation, { body })).toMatchObject({ displayName: 'Pak Budi' });
  });

  it('after it leaves the person there, and a link that makes no second one', async () => {
    const { token, invitationId } = await identity.invite();
    const body = { token, userName: 'sempat-jadi', password };
    await identity.browser().call(AcceptInvitation, { body });
    await identity.documents((store) =>
      store.change(invitations, { where: { _id: invitationId }, change: { $unset: { usedAtMs: 1 } } }),
    );
    await leaveClaimed(invitationId);
    const second = { token, userName: 'orang-kedua', password };
    await expect(identity.browser().call(AcceptInvitation, { body: second })).rejects.toMatchObject(opensNothing);
    await identity.browser().call(SignIn, { body: { userName: 'sempat-jadi', password } });
    expect(await identity.documents((store) => new InvitationsStore(store).find(invitationId))).toBeUndefined();
  });
});

describe('a link for a forgotten password', () => {
  it('sets another one, ends his sessions and lets him try at once', async () => {
    const { personId, userName, password: old } = await identity.person();
    const before = identity.browser({ url: other.url });
    await before.call(SignIn, { body: { userName, password: old } });
    for (let wrong = 0; wrong < 5; wrong += 1)
      await expect(
        identity.browser().call(SignIn, { body: { userName, password: 'tidak ingat lagi' } }),
      ).rejects.toMatchObject({ kind: 'unauthenticated' });
    await identity.documents((store) =>
      store.of(signInTries).updateMany({ failures: 5 }, { $set: { openAtMs: Date.now() + 60_000 } }),
    );
    const { token } = await identity.invite({ personId });
    expect(await read(token)).toMatchObject({ userName });
    const me = await identity.browser().call(AcceptInvitation, { body: { token, password } });
    expect(me.principalId).toBe(personId);
    await eventually(() => expect(before.call(GetMe, {})).rejects.toMatchObject({ kind: 'unauthenticated' }));
    await identity.browser().call(SignIn, { body: { userName, password } });
    await expect(identity.browser().call(SignIn, { body: { userName, password: old } })).rejects.toMatchObject({
      kind: 'unauthenticated',
    });
    await expect(read(token)).rejects.toMatchObject(opensNothing);
  });

  it('takes the place of the one before it, and opens nothing for who is blocked', async () => {
    const { personId } = await identity.person();
    const first = await identity.invite({ personId });
    const second = await identity.invite({ personId });
    await expect(read(first.token)).rejects.toMatchObject(opensNothing);
    await read(second.token);
    await identity.documents((store) =>
      store.change(people, { where: { _id: personId }, change: { $set: { blocked: true } } }),
    );
    await expect(read(second.token)).rejects.toMatchObject(opensNothing);
  });
});
