import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AcceptInvitation,
  ChangePerson,
  InvitePerson,
  ListInvitations,
  ReadInvitation,
  RenewPassword,
  SignIn,
  WithdrawInvitation,
  type AnswerOf,
} from '@siaga/contracts';
import { randomCities } from '@siaga/testing';
import { startTestIdentity, type TestIdentity } from '../identity.harness.ts';
import {
  administrators,
  answerOf,
  askers,
  expectedFor,
  isAdmin,
  objects,
  table,
  type Asker,
  type Owned,
} from './askers.harness.ts';
import { InvitationsStore } from '../invitations/invitations.store.ts';
import { newPrincipalId } from './people.store.ts';

const [city = ''] = randomCities(1);
let identity: TestIdentity;

beforeAll(async () => {
  identity = await startTestIdentity(city);
});
afterAll(() => identity.close());

const as = (asker: Asker) => identity.as({ id: `asker-${newPrincipalId()}`, ...askers[asker] });
const invite = async ({ agencies, roles }: Owned, displayName = 'Pak Joko') =>
  (await as('city-admin'))(InvitePerson, { body: { displayName, agencies, roles } });
const tokenOf = (path: string) => path.slice('/masuk#undangan='.length);
const password = 'payung merah di teras';

describe('links of others', () => {
  it.each(table)('$asker withdraws one $what: $may', async ({ asker, object, may }) => {
    const { invitation } = await invite(object);
    const path = (id: string) => `/api/identity/invitations/${id}`;
    const ask = (id: string) => answerOf(identity, asker, { route: WithdrawInvitation, path: path(id) });
    const answer = await ask(invitation.invitationId);
    const unknown = await ask(newPrincipalId());
    expect(unknown.status).toBe(isAdmin(asker) ? 404 : 403);
    if (may) expect(answer.status).toBe(200);
    else expect(answer).toEqual(unknown);
  });

  it.each(table)('$asker renews the password of one $what: $may', async ({ asker, object, may }) => {
    const { personId } = await identity.person(object);
    const path = (id: string) => `/api/identity/people/${id}/password`;
    const ask = (id: string) => answerOf(identity, asker, { route: RenewPassword, path: path(id) });
    const answer = await ask(personId);
    const unknown = await ask(newPrincipalId());
    expect(unknown.status).toBe(isAdmin(asker) ? 404 : 403);
    if (may) expect(answer.status).toBe(201);
    else expect(answer).toEqual(unknown);
  });

  it('are listed for whom they concern', async () => {
    for (const [what, object] of Object.entries(objects)) await invite(object, `Undangan ${what}`);
    for (const asker of administrators) {
      const { items } = await (await as(asker))(ListInvitations, { query: {} });
      const names = items.map(({ displayName }) => displayName).filter((name) => name.startsWith('Undangan '));
      expect(names.map((name) => name.slice('Undangan '.length)).toSorted()).toEqual(expectedFor(asker));
    }
  });
});

describe('an agency with two hundred open links', () => {
  const makeLinks = (count: number) =>
    identity.documents(async (store) => {
      const links = new InvitationsStore(store);
      for (let made = 0; made < count; made += 1)
        await links.make({
          displayName: `Relawan ${String(made)}`,
          agencies: ['dinsos'],
          roles: ['viewer'],
          lifetimeMs: 60_000 + made,
        });
    });
  const newcomer = { displayName: 'Bu Rina', agencies: ['dinsos' as const], roles: ['viewer' as const] };

  it('makes no more until some are withdrawn, and keeps nobody else from it; they are listed page by page', async () => {
    const admin = await as('city-admin');
    await makeLinks(199);
    const { invitation } = await admin(InvitePerson, { body: newcomer });
    await expect(admin(InvitePerson, { body: { ...newcomer, agencies: ['dlh', 'dinsos'] } })).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('tarik yang tidak perlu lagi'),
    });
    await invite(objects['of dlh']);
    // somebody who is there comes by his password all the same
    const { personId } = await identity.person({ agencies: ['dinsos'] });
    await admin(RenewPassword, { params: { personId } });
    await admin(WithdrawInvitation, { params: { invitationId: invitation.invitationId } });
    await admin(InvitePerson, { body: newcomer });

    const listed: { invitationId: string; displayName: string; expiresAtMs: number }[] = [];
    for (let after: string | undefined = ''; after !== undefined;) {
      const page: AnswerOf<typeof ListInvitations> = await admin(ListInvitations, {
        query: { q: 'relawan', limit: 60, ...(after === '' ? {} : { after }) },
      });
      listed.push(...page.items);
      after = page.next;
    }
    expect(listed).toHaveLength(199);
    expect(new Set(listed.map(({ invitationId }) => invitationId)).size).toBe(199);
    const ends = listed.map(({ expiresAtMs }) => expiresAtMs);
    expect(ends).toEqual(ends.toSorted((one, other) => one - other));
  });
});

describe('a link', () => {
  it('makes what it offers, for agencies and roles that its maker may give', async () => {
    const admin = await as('agency-admin of dlh');
    const body = { displayName: 'Bu Rina', agencies: ['dlh' as const, 'dlh' as const], roles: ['dispatcher' as const] };
    const { path, invitation } = await admin(InvitePerson, { body });
    expect(invitation).toMatchObject({ displayName: 'Bu Rina', agencies: ['dlh'], roles: ['dispatcher'] });
    const userName = `rina-${newPrincipalId().toLowerCase()}`.replace(/-$/, 'x');
    const me = await identity.browser().call(AcceptInvitation, { body: { token: tokenOf(path), userName, password } });
    expect(me).toMatchObject({ agencies: ['dlh'], roles: ['dispatcher'] });
    for (const more of [{ agencies: ['bpbd' as const] }, { roles: ['city-admin' as const] }])
      await expect(admin(InvitePerson, { body: { ...body, ...more } })).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('that was withdrawn opens nothing', async () => {
    const { path, invitation } = await invite(objects['of dlh']);
    const { invitationId } = invitation;
    await (
      await as('agency-admin of dlh')
    )(WithdrawInvitation, { params: { invitationId } });
    await expect(identity.browser().call(ReadInvitation, { body: { token: tokenOf(path) } })).rejects.toMatchObject({
      kind: 'not-found',
    });
  });

  it('is no remembered press: the store never has it', async () => {
    const admin = await as('city-admin');
    const body = { displayName: 'Bu Rina', agencies: ['dlh' as const], roles: ['viewer' as const] };
    const press = () => admin(InvitePerson, { body }, { idempotencyKey: 'invite-once' });
    expect((await press()).path).not.toBe((await press()).path);
  });

  it('for a password is not made for who is blocked', async () => {
    const { personId } = await identity.person();
    const admin = await as('city-admin');
    await admin(ChangePerson, { params: { personId }, body: { version: 1, blocked: true } });
    await expect(admin(RenewPassword, { params: { personId } })).rejects.toMatchObject({ kind: 'conflict' });
  });
});

describe('a link is worth what its maker may give today', () => {
  const change = async (personId: string, body: { blocked?: boolean; roles?: Owned['roles'] }) =>
    (await as('city-admin'))(ChangePerson, { params: { personId }, body: { version: 1, ...body } });
  const read = (path: string) => identity.browser().call(ReadInvitation, { body: { token: tokenOf(path) } });
  /** An agency's administrator with an account of his own, at his desk. */
  const desk = async () => {
    const maker = await identity.person({ agencies: ['dlh'], roles: ['agency-admin'] });
    const browser = identity.browser();
    await browser.call(SignIn, { body: { userName: maker.userName, password: maker.password } });
    return { makerId: maker.personId, call: browser.call };
  };
  const newcomer = { displayName: 'Bu Rina', agencies: ['dlh' as const], roles: ['agency-admin' as const] };

  it.each([{ blocked: true }, { roles: ['viewer' as const] }])('nothing, once he is %j', async (less) => {
    const { makerId, call } = await desk();
    const { path } = await call(InvitePerson, { body: newcomer });
    expect(await read(path)).toMatchObject({ displayName: 'Bu Rina' });
    await change(makerId, less);
    await expect(read(path)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('and opens no account that has become more than it was', async () => {
    const { call } = await desk();
    const { personId } = await identity.person({ agencies: ['dlh'], roles: ['dispatcher'] });
    const { path } = await call(RenewPassword, { params: { personId } });
    expect(await read(path)).toMatchObject({ userName: expect.any(String) });
    await change(personId, { roles: ['city-admin'] });
    await expect(
      identity.browser().call(AcceptInvitation, { body: { token: tokenOf(path), password } }),
    ).rejects.toMatchObject({ kind: 'not-found' });
  });
});
