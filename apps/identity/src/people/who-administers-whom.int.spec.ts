import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ChangePerson,
  EndSession,
  GetPerson,
  ListPeople,
  ListSessions,
  SignIn,
  type RouteContract,
} from '@siaga/contracts';
import { eventually, randomCities } from '@siaga/testing';
import { startTestIdentity, type TestIdentity, type TestPerson } from '../identity.harness.ts';
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
  type What,
} from './askers.harness.ts';
import { newPrincipalId } from './people.store.ts';

const [city = ''] = randomCities(1);
let identity: TestIdentity;

beforeAll(async () => {
  identity = await startTestIdentity(city);
});
afterAll(() => identity.close());

const as = (asker: Asker) => identity.as({ id: `asker-${newPrincipalId()}`, ...askers[asker] });
const signIn = ({ userName, password }: TestPerson) =>
  identity.browser().call(SignIn, { body: { userName, password } });

/** How a route is asked for somebody. */
interface Case {
  route: RouteContract;
  /** Paths of what is there and of what is not. */
  paths: (object: Owned) => Promise<{ there: string; none: string }>;
  body?: unknown;
}

const cases: Case[] = [
  { route: ChangePerson, paths: (object) => pathsOf('', object), body: { version: 1, displayName: 'Bu Tini' } },
  { route: GetPerson, paths: (object) => pathsOf('', object) },
  { route: ListSessions, paths: (object) => pathsOf('/sessions', object) },
  {
    route: EndSession,
    paths: async (object) => {
      const person = await identity.person(object);
      const { sessionId = '' } = await signIn(person);
      const path = (personId: string) => `/api/identity/people/${personId}/sessions/${sessionId}`;
      return { there: path(person.personId), none: path(newPrincipalId()) };
    },
  },
];

/** Everybody may ask the others, for himself. */
const forAdministrators: RouteContract[] = [ChangePerson, GetPerson];

async function pathsOf(rest: string, object: Owned) {
  const { personId } = await identity.person(object);
  const path = (id: string) => `/api/identity/people/${id}${rest}`;
  return { there: path(personId), none: path(newPrincipalId()) };
}

describe.each(cases)('$route.name', ({ route, paths, body }) => {
  it.each(table)('$asker asks for one $what: $may', async ({ asker, object, may }) => {
    const { there, none } = await paths(object);
    const answer = await answerOf(identity, asker, { route, path: there, body });
    const unknown = await answerOf(identity, asker, { route, path: none, body });
    expect(unknown.status).toBe(isAdmin(asker) || !forAdministrators.includes(route) ? 404 : 403);
    if (may) expect(answer.status).toBe(200);
    else expect(answer).toEqual(unknown);
  });
});

describe('lists', () => {
  let all: Record<What, TestPerson>;
  beforeAll(async () => {
    const made = Object.entries(objects).map(async ([what, { agencies, roles }]) => {
      return [what, await identity.person({ agencies, roles, displayName: `Daftar ${what}` })] as const;
    });
    all = Object.fromEntries(await Promise.all(made)) as typeof all;
  });

  it.each(administrators)('%s sees those he administers', async (asker) => {
    const people = await (await as(asker))(ListPeople, { query: { q: 'daftar ' } });
    const names = people.items.map(({ displayName }) => displayName.slice('Daftar '.length));
    expect(names.toSorted()).toEqual(expectedFor(asker));
  });

  it('come in pages by user name, and are searched by user name and name', async () => {
    const client = await as('city-admin');
    const names: string[] = [];
    for (let after: string | undefined, isFirst = true; isFirst || after !== undefined; isFirst = false) {
      const page = await client(ListPeople, { query: { limit: 3, ...(after === undefined ? {} : { after }) } });
      expect(page.items.length).toBeLessThanOrEqual(3);
      names.push(...page.items.map(({ userName }) => userName));
      after = page.next;
    }
    expect(names).toEqual(names.toSorted());
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(4);
    const { userName } = all['of dlh'];
    const found = await client(ListPeople, { query: { q: userName.toUpperCase() } });
    expect(found.items.map((person) => person.userName)).toEqual([userName]);
  });

  it('say when somebody last signed in', async () => {
    const client = await as('city-admin');
    const { personId, userName } = all['of dlh'];
    const read = () => client(GetPerson, { params: { personId } });
    expect(await read()).toMatchObject({ personId, userName, roles: ['dispatcher'] });
    expect((await read()).lastSignInAtMs).toBeUndefined();
    const before = Date.now();
    await signIn(all['of dlh']);
    expect((await read()).lastSignInAtMs).toBeGreaterThanOrEqual(before);
  });
});

describe('what an administrator may give', () => {
  const gives: (Owned & { asker: Asker; may: boolean })[] = [
    { asker: 'agency-admin of dlh', agencies: ['dlh'], roles: ['agency-admin', 'supervisor'], may: true },
    { asker: 'agency-admin of dlh', agencies: ['dlh'], roles: ['city-admin'], may: false },
    { asker: 'agency-admin of dlh', agencies: ['bpbd'], roles: ['viewer'], may: false },
    { asker: 'agency-admin of dlh', agencies: ['dlh', 'command'], roles: ['viewer'], may: false },
    { asker: 'city-admin', agencies: ['dlh', 'bpbd'], roles: ['city-admin'], may: true },
  ];

  it.each(gives)('$asker gives $roles of $agencies: $may', async ({ asker, agencies, roles, may }) => {
    const client = await as(asker);
    const { personId } = await identity.person({ agencies: ['dlh'], roles: ['viewer'] });
    const change = client(ChangePerson, { params: { personId }, body: { version: 1, agencies, roles } });
    if (may) expect(await change).toMatchObject({ personId, agencies, roles, version: 2 });
    else await expect(change).rejects.toMatchObject({ kind: 'forbidden', message: expect.stringContaining('OPD') });
  });
});

describe('sessions of one’s own', () => {
  it('everybody sees and ends his own; which is his browser’s, he is told', async () => {
    const person = await identity.person({ agencies: ['dlh'], roles: ['viewer'] });
    const phone = identity.browser();
    const desk = identity.browser();
    for (const browser of [phone, desk]) await browser.call(SignIn, { body: credentialsOf(person) });
    const params = { personId: person.personId };
    const { items } = await desk.call(ListSessions, { params });
    expect(items.map(({ current }) => current).toSorted()).toEqual([false, true]);
    const other = items.find(({ current }) => !current)?.sessionId ?? '';
    await desk.call(EndSession, { params: { ...params, sessionId: other } });
    await eventually(
      () => expect(phone.call(ListSessions, { params })).rejects.toMatchObject({ kind: 'unauthenticated' }),
      2000,
    );
    expect((await desk.call(ListSessions, { params })).items).toHaveLength(1);
    await expect(desk.call(EndSession, { params: { ...params, sessionId: other } })).rejects.toMatchObject({
      kind: 'not-found',
    });
  });

  it('nobody ends another’s session by naming himself', async () => {
    const [mine, theirs] = [await identity.person(), await identity.person()];
    const { sessionId = '' } = await signIn(theirs);
    const me = identity.browser();
    await me.call(SignIn, { body: credentialsOf(mine) });
    const params = { personId: mine.personId, sessionId };
    await expect(me.call(EndSession, { params })).rejects.toMatchObject({ kind: 'not-found' });
    expect(
      (await (await as('city-admin'))(ListSessions, { params: { personId: theirs.personId } })).items,
    ).toHaveLength(1);
  });
});

const credentialsOf = ({ userName, password }: TestPerson) => ({ userName, password });

it('a script of another agency is told nothing by a press that is not its own, though all scripts have one id', async () => {
  const { personId } = await identity.person({ agencies: ['dlh'] });
  const press = async (agency: 'dlh' | 'dishub') => {
    const script = await identity.as({ id: 'script', kind: 'service', agencies: [agency], roles: ['agency-admin'] });
    const body = { version: 1, displayName: 'Bu Sri' };
    return script(ChangePerson, { params: { personId }, body }, { idempotencyKey: `${personId}-shared` });
  };
  const changed = await press('dlh');
  await expect(press('dishub')).rejects.toMatchObject({ kind: 'not-found' });
  expect(await press('dlh')).toEqual(changed);
});
