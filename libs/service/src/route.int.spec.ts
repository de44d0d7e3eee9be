import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { defineRoute, Fault, type InputOf } from '@siaga/contracts';
import { eventually } from '@siaga/testing';
import request from 'supertest';
import { z } from 'zod';
import {
  currentContext,
  Route,
  ServiceModule,
  signToken,
  start,
  type Principal,
  type RunningService,
} from './index.ts';

const secret = 'a secret of at least thirty-two characters';

const PutLamp = defineRoute({
  name: 'test.lamps.put',
  summary: 'For this test.',
  method: 'PUT',
  path: '/api/test/lamps/:lampId',
  params: z.object({ lampId: z.string().max(10) }),
  query: z.object({ dim: z.coerce.number().min(0).max(100).default(100) }),
  body: z.object({ name: z.string() }),
  answer: z.unknown(),
  permission: ['agency-admin'],
});

let waiting = Promise.withResolvers<undefined>();
let reached = Promise.withResolvers<undefined>();

@Controller()
class LampsController {
  @Route(PutLamp)
  async put({ params, query, body }: InputOf<typeof PutLamp>) {
    if (body.name === 'gone') throw new Fault('not-found', 'lamp gone');
    if (body.name === 'slow') {
      reached.resolve(undefined);
      await waiting.promise;
    }
    if (body.name === 'bug') throw new TypeError('secret detail of ours');
    const { city, exercise, principal } = currentContext();
    return { ...params, ...query, ...body, city, exercise, by: principal.id };
  }

  @Get('plain')
  plain() {
    throw new Fault('unavailable', 'the log is away');
  }
}

@Module({ controllers: [LampsController] })
class LampsModule {}

const city = (settings: { localOperator?: boolean; callsPerSecond?: number }) => ({
  module: LampsModule,
  imports: [ServiceModule.for({ cities: ['3574'], secrets: [secret], ...settings })],
});

const principal = (over: Partial<Principal> = {}): Principal => ({
  id: 'p1',
  kind: 'person',
  city: '3574',
  agencies: ['dishub'],
  roles: ['agency-admin'],
  exercise: false,
  ...over,
});
const token = (over: Partial<Principal> = {}, lifetime = '1m') => signToken(principal(over), secret, lifetime);

describe('a route', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await start(city({ localOperator: false }), {
      name: 'test',
      host: '127.0.0.1',
      port: 0,
      bodyLimit: 10_000,
    });
  });
  afterAll(() => service.close());

  const put = async (bearer: string, body: string | object = { name: 'Simpang Flora' }, query = '') =>
    request(service.url)
      .put(`/api/test/lamps/L1${query}`)
      .set('authorization', `Bearer ${bearer}`)
      .set('content-type', 'application/json')
      .send(body);

  it('gets parsed input in the context of its caller', async () => {
    const answer = await put(await token({ exercise: true }), { name: 'Simpang Flora' }, '?dim=40');
    expect(answer.body).toEqual({
      lampId: 'L1',
      dim: 40,
      name: 'Simpang Flora',
      city: '3574',
      exercise: true,
      by: 'p1',
    });
    expect(answer.status).toBe(200);
  });

  it.each([
    ['no token', '', 401],
    ['a token of nobody', 'abc.def.ghi', 401],
  ])('refuses %s', async (_, bearer, status) => {
    expect((await put(bearer)).status).toBe(status);
  });

  it('refuses an expired token, another city and a missing role', async () => {
    expect((await put(await token({}, '0s'))).body).toMatchObject({
      status: 401,
      detail: expect.stringContaining('expired'),
    });
    expect((await put(await token({ city: '3573' }))).status).toBe(401);
    expect((await put(await token({ roles: ['viewer'] }))).status).toBe(403);
  });

  it('names the field of bad input, in problem+json', async () => {
    const answer = await put(await token(), { name: 7 });
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ type: 'urn:siaga:fault:invalid', issues: [{ at: 'name' }] });
  });

  it.each([
    ['bad JSON', '{"name":', 400],
    ['a prototype key', '{"__proto__":{"a":1},"name":"x"}', 400],
    ['a body over the limit', JSON.stringify({ name: 'x'.repeat(20_000) }), 413],
    ['nothing', '', 400],
  ])('answers %s with a clear 4xx', async (_, body, status) => {
    const answer = await put(await token(), body);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ status, detail: expect.any(String) });
  });

  it('maps faults, keeps foreseen text and hides unforeseen', async () => {
    const bearer = await token();
    expect((await put(bearer, { name: 'gone' })).body).toMatchObject({ status: 404, detail: 'lamp gone' });
    const bug = await put(bearer, { name: 'bug' });
    expect(bug.status).toBe(500);
    expect(JSON.stringify(bug.body)).not.toContain('secret detail');
    const away = await request(service.url).get('/plain');
    expect([away.status, away.headers['retry-after']]).toEqual([503, '1']);
  });

  it('answers health and metrics', async () => {
    expect((await request(service.url).get('/health/ready')).body).toEqual({ ok: true, checks: {} });
    expect((await request(service.url).get('/metrics')).status).toBe(401);
    const viewer = await token({ roles: ['viewer'] });
    const page = await request(service.url).get('/metrics').set('authorization', `Bearer ${viewer}`);
    expect(page.text).toContain('process_cpu_user_seconds_total');
  });
});

describe('a loopback start', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await start(city({ localOperator: true }), { name: 'test', host: '127.0.0.1', port: 0 });
  });
  afterAll(() => service.close());

  it('takes who comes without a token for the local operator, under this machine’s own name only', async () => {
    const put = (host: string) => request(service.url).put('/api/test/lamps/L1').set('host', host).send({ name: 'x' });
    for (const host of ['127.0.0.1:3000', 'localhost', '[::1]:3000'])
      expect((await put(host)).body).toMatchObject({ by: 'local' });
    for (const host of ['rebound.example:3000', '192.168.1.5', '']) expect((await put(host)).status).toBe(403);
  });

  it('takes nobody for him whom the gateway says to have come from elsewhere, and believes a token from there', async () => {
    const put = (headers: Record<string, string>) =>
      request(service.url).put('/api/test/lamps/L1').set(headers).send({ name: 'x' });
    const here = { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-host': 'localhost:3000', 'x-forwarded-proto': 'http' };
    expect((await put(here)).body).toMatchObject({ by: 'local' });
    const elsewhere = [{ 'x-forwarded-for': '8.8.8.8, 127.0.0.1' }, { 'x-forwarded-host': 'siaga.example' }];
    for (const headers of elsewhere) {
      expect((await put({ ...here, ...headers })).status).toBe(403);
      const answer = await put({ ...here, ...headers, authorization: `Bearer ${await token()}` });
      expect(answer.body).toMatchObject({ by: 'p1' });
    }
  });
});

describe('calls beyond a bound', () => {
  let service: RunningService;
  beforeAll(async () => {
    const settings = { localOperator: false, callsPerSecond: 20 };
    service = await start(city(settings), { name: 'test', host: '127.0.0.1', port: 0 });
  });
  afterAll(() => service.close());

  const put = async (id: string, name = 'x') =>
    fetch(`${service.url}/api/test/lamps/L1`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${await token({ id })}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name }),
    });
  const turnedAway = async () => {
    const headers = { authorization: `Bearer ${await token({ id: 'prometheus' })}` };
    const page = await (await fetch(`${service.url}/metrics`, { headers })).text();
    const counts = page.matchAll(/^siaga_turned_away_total\{door="api",because="(\w+)".*\} (\d+)$/gm);
    return Object.fromEntries([...counts].map(([, because = '', count]) => [because, Number(count)]));
  };

  it('of one person are told when to come again, and cost nobody else anything', async () => {
    const statuses: number[] = [];
    while (statuses.at(-1) !== 429 && statuses.length < 2000) statuses.push((await put('hasty')).status);
    expect(statuses.length).toBeGreaterThan(400);
    expect(statuses.at(-1)).toBe(429);
    expect((await put('steady')).status).toBe(200);
    expect((await turnedAway())['caller']).toBeGreaterThan(0);
  });

  it('of everybody at once are refused, and the others go on', async () => {
    waiting = Promise.withResolvers();
    const answers: Promise<Response>[] = [];
    for (let caller = 0; caller < 300; caller += 1) answers.push(put(`caller-${String(caller)}`, 'slow'));
    const refused = await Promise.any(answers);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    waiting.resolve(undefined);
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    expect((await put('steady')).status).toBe(200);
    expect((await turnedAway())['busy']).toBe(statuses.filter((status) => status === 503).length);
  });
});

it('closes when the last answer is out, though its caller keeps the connection', async () => {
  const service = await start(city({ localOperator: false }), { name: 'test', host: '127.0.0.1', port: 0 });
  [waiting, reached] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  const headers = { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' };
  const slow = fetch(`${service.url}/api/test/lamps/L1`, { method: 'PUT', headers, body: '{"name":"slow"}' });
  await reached.promise;
  const beganMs = performance.now();
  const closed = service.close();
  await eventually(() => {
    expect(service.app.getHttpServer().listening).toBe(false);
  });
  waiting.resolve(undefined);
  expect((await slow).status).toBe(200);
  await closed;
  expect(performance.now() - beganMs).toBeLessThan(5000);
});
