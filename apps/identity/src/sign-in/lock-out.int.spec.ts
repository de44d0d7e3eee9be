import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Fault, SignIn } from '@siaga/contracts';
import type { RunningService } from '@siaga/service';
import { trusted } from '@siaga/store';
import { randomCities } from '@siaga/testing';
import { startTestIdentity, type TestBrowser, type TestIdentity } from '../identity.harness.ts';
import { signInTries } from './sign-in-tries.store.ts';

const [city = ''] = randomCities(1);
let identity: TestIdentity;
let other: RunningService;
let addresses = 0;

beforeAll(async () => {
  identity = await startTestIdentity(city);
  other = await identity.another();
});
afterAll(async () => {
  await other.close();
  await identity.close();
});

/** Each from somewhere else, unless told otherwise: what is limited is then the user name. */
const stranger = (over: { url?: string; address?: string } = {}) => {
  addresses += 1;
  return identity.browser({ address: `198.51.${addresses >> 8}.${addresses & 255}`, ...over });
};
const signIn = (browser: TestBrowser, userName: string, password = 'bukan kata sandinya') =>
  browser.call(SignIn, { body: { userName, password } });
/** The fault it is refused with. */
const refusal = async (tried: Promise<unknown>): Promise<Fault> => {
  const answer = await tried.catch((error: unknown) => error);
  if (!(answer instanceof Fault)) throw new Error('was let in');
  return answer;
};

const HOUR_MS = 3_600_000;

/** Five wrong passwords. The wait that follows is a second, and is held for as long as a test looks. */
async function lockOut(userName: string): Promise<void> {
  for (let wrong = 0; wrong < 5; wrong += 1)
    expect((await refusal(signIn(stranger(), userName))).kind).toBe('unauthenticated');
  await waitUntil(Date.now() + HOUR_MS);
}

/** Moves the end of every wait. */
const waitUntil = (openAtMs: number) =>
  identity.documents((store) =>
    store.of(signInTries).updateMany({ failures: trusted({ $gte: 5 }) }, { $set: { openAtMs } }),
  );
const locked = { kind: 'too-many', message: expect.stringContaining('coba lagi dalam') };

it('after five wrong passwords nobody gets in for a while, at no process, with no password; then the right one opens', async () => {
  const { userName, password } = await identity.person();
  await lockOut(userName);
  for (const url of [identity.url, other.url]) {
    const fault = await refusal(signIn(stranger({ url }), userName, password));
    expect(fault).toMatchObject(locked);
    expect(fault.retryAfterS).toBeGreaterThan(30);
  }
  await waitUntil(Date.now());
  await signIn(stranger(), userName, password);
  // and the account is even
  for (let wrong = 0; wrong < 4; wrong += 1) await refusal(signIn(stranger(), userName));
  await signIn(stranger(), userName, password);
});

it('the fifth wrong password costs a second, each further one twice as long', async () => {
  const { userName } = await identity.person();
  const waits: number[] = [];
  for (let failures = 1; failures <= 7; failures += 1) {
    expect((await refusal(signIn(stranger(), userName))).kind).toBe('unauthenticated');
    const kept = await identity.documents((store) => store.of(signInTries).find({}).sort({ removeAt: -1 }).lean());
    const { openAtMs = 0, removeAt = new Date() } = kept[0] ?? {};
    waits.push(openAtMs - (removeAt.getTime() - 86_400_000));
    await waitUntil(Date.now());
  }
  expect(waits).toEqual([0, 0, 0, 0, 1000, 2000, 4000]);
});

it('a user name that nobody has is locked just the same, and is written down nowhere', async () => {
  await lockOut('tidak-ada-orangnya');
  expect(await refusal(signIn(stranger(), 'tidak-ada-orangnya'))).toMatchObject(locked);
  const kept = await identity.documents((store) => store.of(signInTries).find({}).lean());
  expect(kept.length).toBeGreaterThan(0);
  expect(JSON.stringify(kept)).not.toContain('tidak-ada');
});

/** Wrong passwords that are looked at in so long: five, and one more after each wait of 1 s, 2 s, 4 s … */
const mostLookedAt = (ms: number): number => 5 + Math.floor(Math.log2(1 + ms / 1000));

it('many tries at once are no more than one after the other, the right password among them or not', async () => {
  for (let round = 0; round < 3; round += 1) {
    const { userName, password } = await identity.person();
    const beganMs = performance.now();
    const url = (index: number) => (index % 2 === 0 ? identity.url : other.url);
    const wrong = Array.from({ length: 20 }, (_, index) => refusal(signIn(stranger({ url: url(index) }), userName)));
    // with the right one, too, it is too late, or there are too many at a time; requests may overtake each other now and then
    const right = signIn(stranger(), userName, password).then(
      () => 'let in',
      (fault: unknown) => (fault instanceof Fault ? fault.kind : fault),
    );
    const faults = await Promise.all(wrong);
    expect(['too-many', 'unavailable', 'let in']).toContain(await right);
    const most = mostLookedAt(performance.now() - beganMs);
    // who is let in begins anew
    const accounts = (await right) === 'let in' ? 2 : 1;
    expect(faults.filter(({ kind }) => kind === 'unauthenticated').length).toBeLessThanOrEqual(accounts * most);
  }
});

it('nobody locks a person out of the browser he works in', async () => {
  const { userName, password } = await identity.person();
  const desk = stranger();
  await signIn(desk, userName, password);
  await lockOut(userName);
  expect((await refusal(signIn(stranger(), userName, password))).kind).toBe('too-many');
  await signIn(desk, userName, password);
  // and what that browser knows of him opens nobody else's door
  const { userName: somebody } = await identity.person();
  await lockOut(somebody);
  expect((await refusal(signIn(desk, somebody))).kind).toBe('too-many');
});

it('a desk where thirty people work lets them all in, keeps little, and knows the last of them', async () => {
  const team = await Promise.all(Array.from({ length: 30 }, () => identity.person()));
  const desk = stranger();
  for (const { userName, password } of team) await signIn(desk, userName, password);
  expect([...desk.cookies.keys()].toSorted()).toEqual(['siaga_access', 'siaga_known', 'siaga_refresh']);
  expect(desk.cookies.get('siaga_known')?.length).toBeLessThan(400);
  const [first, eighthLast] = [team.at(0)!, team.at(-8)!];
  for (const { userName } of [first, eighthLast]) await lockOut(userName);
  await signIn(desk, eighthLast.userName, eighthLast.password);
  expect((await refusal(signIn(desk, first.userName, first.password))).kind).toBe('too-many');
});

it('one address locks out a few at most, and others beside it get in', async () => {
  const address = '2001:db8:1:2::1';
  const faults: Fault[] = [];
  for (let wrong = 0; wrong < 25; wrong += 1)
    faults.push(await refusal(signIn(stranger({ address }), `orang-${String(wrong)}`)));
  expect(faults.filter(({ kind }) => kind === 'unauthenticated')).toHaveLength(20);
  expect(faults.slice(20).map(({ kind }) => kind)).toEqual(Array(5).fill('too-many'));
  const { userName, password } = await identity.person();
  expect((await refusal(signIn(stranger({ address: '2001:db8:1:2::ffff' }), userName, password))).kind).toBe(
    'too-many',
  );
  await signIn(stranger(), userName, password);
});

it('an address that used up its tries in one city has those in the others, but not twenty in each of many', async () => {
  const cities = randomCities(4);
  const installation = await identity.another({ SIAGA_CITY: cities[0] ?? '', SIAGA_CITIES: cities.join(',') });
  const browser = identity.browser({ url: installation.url, address: '203.0.113.77' });
  const kindsIn = async (of: string | undefined) => {
    const kinds: string[] = [];
    for (let wrong = 0; wrong < 22; wrong += 1) {
      const body = { userName: `orang-${String(wrong)}`, password: 'bukan kata sandinya', city: of };
      kinds.push((await refusal(browser.call(SignIn, { body }))).kind);
    }
    return kinds;
  };
  try {
    for (const of of cities.slice(0, 3)) {
      const kinds = await kindsIn(of);
      expect(new Set(kinds.slice(0, 19))).toEqual(new Set(['unauthenticated']));
      expect(kinds.at(-1)).toBe('too-many');
    }
    // however slow this machine is: the wide account gains one try in ten seconds
    expect((await kindsIn(cities[3])).slice(0, 15)).toContain('too-many');
  } finally {
    await installation.close();
  }
});

/** Many times those who have their turn and wait for it: where hashing is fast they still come faster. */
const FLOOD = 200;

it('a flood is turned away before anything is hashed, and who comes after it gets in', async () => {
  const faults = await Promise.all(
    Array.from({ length: FLOOD }, (_, index) => refusal(signIn(stranger(), `banjir-${String(index)}`))),
  );
  const of = (kind: string) => faults.filter((fault) => fault.kind === kind).length;
  expect(of('unauthenticated') + of('unavailable')).toBe(FLOOD);
  expect(of('unavailable')).toBeGreaterThan(0);
  // those in front, and those who waited
  expect(of('unauthenticated')).toBeGreaterThanOrEqual(34);
  const { userName, password } = await identity.person();
  await signIn(stranger(), userName, password);
});
