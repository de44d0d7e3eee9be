import { createHash, createHmac, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ChangePassword, createClient, GetMe, IssueTicket, SignIn } from '@siaga/contracts';
import type { RunningService } from '@siaga/service';
import { eventually, randomCities } from '@siaga/testing';
import { startTestIdentity, type TestIdentity } from '../identity.harness.ts';

const [city = ''] = randomCities(1);
let identity: TestIdentity;

beforeAll(async () => {
  identity = await startTestIdentity(city);
});
afterAll(() => identity.close());

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const keyIdOf = (secret: string) => createHash('sha256').update(secret).digest('base64url').slice(0, 8);

/** A token made by hand: a good one, but for what is told otherwise. */
function forged({ header = {}, claims = {}, secret = identity.secret }: Forgery = {}): string {
  const nowS = Math.floor(Date.now() / 1000);
  const who = { sub: 'p1', kind: 'person', city, agencies: ['command'], roles: ['city-admin'] };
  const signed = [
    part({ alg: 'HS256', kid: keyIdOf(identity.secret), ...header }),
    part({ iss: 'siaga', aud: 'siaga', iat: nowS, exp: nowS + 60, ...who, ...claims }),
  ].join('.');
  const hash = { HS384: 'sha384', HS512: 'sha512' }[header.alg ?? ''] ?? 'sha256';
  return `${signed}.${header.alg === 'none' ? '' : createHmac(hash, secret).update(signed).digest('base64url')}`;
}
interface Forgery {
  header?: { alg?: string; kid?: string };
  claims?: object;
  secret?: string;
}

const meBy = (token: string, url = identity.url) => createClient({ baseUrl: url, token })(GetMe, {});

describe('an access token', () => {
  it('that is good is believed', async () => {
    expect(await meBy(forged())).toMatchObject({ principalId: 'p1', roles: ['city-admin'] });
  });

  it.each([
    ['alg none', () => forged({ header: { alg: 'none' } })],
    ['another algorithm', () => forged({ header: { alg: 'HS512' } })],
    ['another secret', () => forged({ secret: 'x'.repeat(40) })],
    [
      'another secret that is named',
      () => forged({ header: { kid: keyIdOf('x'.repeat(40)) }, secret: 'x'.repeat(40) }),
    ],
    ['a wrong audience', () => forged({ claims: { aud: 'elsewhere' } })],
    ['a wrong issuer', () => forged({ claims: { iss: 'elsewhere' } })],
    ['an end that has passed', () => forged({ claims: { exp: Math.floor(Date.now() / 1000) - 1 } })],
    ['no end', () => forged({ claims: { exp: undefined } })],
    ['another city', () => forged({ claims: { city: city === '9999' ? '9998' : '9999' } })],
    ['claims changed after signing', () => forged().replace(/\.[^.]+\./, `.${part({ sub: 'p2' })}.`)],
    ['no signature', () => forged().replace(/[^.]+$/, '')],
  ])('with %s is refused', async (_, token) => {
    await expect(meBy(token())).rejects.toMatchObject({ kind: 'unauthenticated' });
  });
});

it('a replaced secret: its tokens are good while it is listed, and refused after', async () => {
  const [secret, newer] = [identity.secret, randomBytes(32).toString('hex')];
  const { userName, password } = await identity.person();
  const before = identity.browser();
  await before.call(SignIn, { body: { userName, password } });
  const old = before.cookies.get('siaga_access') ?? '';
  const during = await identity.another({ SIAGA_SECRET: `${newer},${secret}` });
  const after = await identity.another({ SIAGA_SECRET: newer });
  try {
    await meBy(old, during.url);
    await expect(meBy(old, after.url)).rejects.toMatchObject({ kind: 'unauthenticated' });
    const browser = identity.browser({ url: during.url });
    await browser.call(SignIn, { body: { userName, password } });
    const fresh = browser.cookies.get('siaga_access') ?? '';
    await meBy(fresh, after.url);
    await expect(meBy(fresh)).rejects.toMatchObject({ kind: 'unauthenticated' });
  } finally {
    await during.close();
    await after.close();
  }
});

describe('a ticket', () => {
  const claimsOf = (ticket: string) =>
    JSON.parse(Buffer.from(ticket.split('.')[1] ?? '', 'base64url').toString()) as {
      sub: string;
      until: number;
      exp: number;
    };

  it('opens for 60 s what may stay open as long as its session', async () => {
    const { userName, password } = await identity.person();
    const browser = identity.browser();
    await browser.call(SignIn, { body: { userName, password } });
    const askedS = Date.now() / 1000;
    const { ticket, expiresAtMs } = await browser.call(IssueTicket, {});
    const { exp, until } = claimsOf(ticket);
    // however long it took: whole seconds, from when it was asked for to when it came
    for (const endsS of [expiresAtMs / 1000, exp]) {
      expect(endsS).toBeGreaterThan(askedS + 59);
      expect(endsS).toBeLessThanOrEqual(Date.now() / 1000 + 60);
    }
    expect(until - askedS).toBeCloseTo(12 * 3600, -2);
  });

  it('of a token without a session: no longer than that token', async () => {
    const exp = Math.floor(Date.now() / 1000) + 90;
    const client = createClient({ baseUrl: identity.url, token: forged({ claims: { exp } }) });
    expect(claimsOf((await client(IssueTicket, {})).ticket).until).toBe(exp);
  });

  it('opens no route, so that it cannot fetch the next one', async () => {
    const { ticket } = await createClient({ baseUrl: identity.url, token: forged() })(IssueTicket, {});
    const refused = { kind: 'unauthenticated', message: expect.stringContaining('hanya membuka soket') };
    await expect(meBy(ticket)).rejects.toMatchObject(refused);
    const next = createClient({ baseUrl: identity.url, token: ticket })(IssueTicket, {});
    await expect(next).rejects.toMatchObject(refused);
  });

  it('of who needs no token yet is one, too', async () => {
    const alone: RunningService = await identity.another({ SIAGA_LOCAL_OPERATOR: 'true' });
    try {
      const local = createClient({ baseUrl: alone.url });
      expect(await local(GetMe, {})).toMatchObject({
        principalId: 'local',
        roles: ['city-admin', 'dispatcher'],
        displayName: expect.any(String),
      });
      const { ticket } = await local(IssueTicket, {});
      expect(claimsOf(ticket)).toMatchObject({ sub: 'local' });
    } finally {
      await alone.close();
    }
  });
});

describe('a change of password', () => {
  it('needs the current one, refuses weak ones, and ends the other sessions', async () => {
    const { userName, password } = await identity.person();
    const [desk, phone] = [identity.browser(), identity.browser()];
    for (const browser of [desk, phone]) await browser.call(SignIn, { body: { userName, password } });
    const change = (current: string, next: string) => desk.call(ChangePassword, { body: { current, next } });
    const next = 'sepeda hujan kelapa';
    await expect(change('bukan ini', next)).rejects.toMatchObject({ kind: 'invalid', issues: [{ at: 'current' }] });
    await expect(change(password, 'bismillah123')).rejects.toMatchObject({ kind: 'invalid', issues: [{ at: 'next' }] });
    await change(password, next);
    await eventually(() => expect(phone.call(GetMe, {})).rejects.toMatchObject({ kind: 'unauthenticated' }));
    await desk.call(GetMe, {});
    await expect(identity.browser().call(SignIn, { body: { userName, password } })).rejects.toMatchObject({
      kind: 'unauthenticated',
    });
    await identity.browser().call(SignIn, { body: { userName, password: next } });
  });

  it('cannot be guessed at from a desk left open', async () => {
    const { userName, password } = await identity.person();
    const desk = identity.browser();
    await desk.call(SignIn, { body: { userName, password } });
    const guess = () => desk.call(ChangePassword, { body: { current: 'tebakan', next: 'sepeda hujan kelapa' } });
    const answers = await Promise.all(Array.from({ length: 12 }, () => guess().catch((error: unknown) => error)));
    expect(answers).toContainEqual(expect.objectContaining({ kind: 'invalid' }));
    expect(answers).toContainEqual(expect.objectContaining({ kind: 'too-many' }));
  });
});
