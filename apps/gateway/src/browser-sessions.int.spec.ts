import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openEventLog } from '@siaga/bus';
import { GetCity, ListDeadLetters, ReplayDeadLetters } from '@siaga/contracts';
import { signToken, type RunningService } from '@siaga/service';
import { eventually, startTestEngine, type TestEngine } from '@siaga/testing';
import request from 'supertest';
import { WebSocket } from 'ws';
import { GatewayConfig } from './config.ts';
import { startGateway } from './gateway.module.ts';

const secret = 'a secret of at least thirty-two characters';
const ours = 'http://siaga.test:3000';
const host = 'siaga.test:3000';

let engine: TestEngine;
let service: Server;
let heard: { url: string | undefined; headers: IncomingHttpHeaders }[] = [];
/** Asks for tokens; who comes from 127.0.0.1 is a trusted proxy. */
let city: RunningService;
/** On the operator's own machine, before anybody was invited. */
let local: RunningService;
let access: string;

beforeAll(async () => {
  engine = await startTestEngine();
  service = createServer((incoming, response) => {
    heard.push({ url: incoming.url, headers: incoming.headers });
    incoming.resume();
    response.writeHead(200, { 'set-cookie': ['a=1; Path=/', 'b=2'] }).end('{}');
  });
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
  const upstream = `http://127.0.0.1:${String((service.address() as AddressInfo).port)}`;
  const start = async (env: Record<string, string>) =>
    startGateway(
      GatewayConfig.parse({ PORT: '0', SIAGA_SECRET: secret, WASTE_URL: upstream, IDENTITY_URL: upstream, ...env }),
      await openEventLog({ SIAGA_ENGINE: engine.logSocket }),
    );
  const open = { ALLOWED_ORIGINS: 'https://peta.test', TRUSTED_PROXIES: '127.0.0.1' };
  [city, local] = await Promise.all([start(open), start({ SIAGA_LOCAL_OPERATOR: 'true' })]);
  await eventually(async () => {
    for (const { url } of [city, local]) expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  });
  const person = { id: 'p1', kind: 'person', city: '3574', agencies: ['command'], exercise: false } as const;
  access = await signToken({ ...person, roles: ['supervisor'] }, secret, '10m');
});
afterAll(async () => {
  await Promise.all([city.close(), local.close()]);
  service.closeAllConnections();
  service.close();
  await engine.close();
});
beforeEach(() => {
  heard = [];
});

/** What the local start says to bytes on a bare socket. */
async function said(bytes: string): Promise<string> {
  const { hostname, port } = new URL(local.url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.write(bytes);
  return text(socket);
}

const cookies = () => `siaga_access=${access}; siaga_refresh=the-refresh`;
const trucks = '/api/waste/trucks';

describe('the cookie of a session', () => {
  it('becomes a bearer token, at our own doors and at those behind us, and goes no further', async () => {
    const ask = (path: string) => request(city.url).get(path).set('cookie', cookies());
    expect((await ask(ListDeadLetters.path)).status).toBe(200);
    await ask(trucks);
    expect(heard[0]?.headers).toMatchObject({ authorization: `Bearer ${access}` });
    expect(heard[0]?.headers.cookie).toBeUndefined();
  });

  it('reaches the session’s own routes, and what they set reaches the browser', async () => {
    const answer = await request(city.url)
      .post('/api/session/refresh')
      .set('host', host)
      .set('origin', ours)
      .set('cookie', cookies());
    expect(heard[0]).toMatchObject({ url: '/api/session/refresh', headers: { cookie: cookies() } });
    expect(answer.headers['set-cookie']).toEqual(['a=1; Path=/', 'b=2']);
    // by the route, however it is written
    await request(city.url).get('/api/sessions').set('cookie', cookies());
    await request(city.url).get('/%61pi/session').set('cookie', cookies());
    expect(heard.map(({ headers }) => headers.cookie)).toEqual([cookies(), cookies()]);
  });

  it('means nothing to the doors of devices', async () => {
    await request(city.url).post('/ingest/osmand?id=1').set('cookie', cookies());
    expect(heard).toHaveLength(1);
    expect(heard[0]?.headers).not.toHaveProperty('authorization');
    expect(heard[0]?.headers).not.toHaveProperty('cookie');
  });

  it('yields to a token somebody brings himself, and replaces what is no token', async () => {
    const authorization = async (given: string) => {
      await request(city.url).get(trucks).set('cookie', cookies()).set('authorization', given);
      return heard.at(-1)?.headers.authorization;
    };
    expect(await authorization('Bearer my-own')).toBe('Bearer my-own');
    expect(await authorization('Basic b2xkOnByb3h5')).toBe(`Bearer ${access}`);
  });

  it('counts over HTTPS only under the name that plain HTTP cannot set', async () => {
    const over = (cookie: string) =>
      request(city.url).get(ListDeadLetters.path).set('x-forwarded-proto', 'https').set('cookie', cookie);
    expect((await over(cookies())).status).toBe(401);
    expect((await over(`__Host-siaga_access=${access}`)).status).toBe(200);
  });
});

describe('a request with a session', () => {
  const press = (from: Record<string, string>) =>
    request(city.url)
      .post(ReplayDeadLetters.path)
      .set({ host, cookie: cookies(), ...from })
      .send({});

  it.each([
    [{ 'sec-fetch-site': 'same-origin' }, 200],
    [{ origin: ours }, 200],
    [{ origin: 'https://peta.test', 'sec-fetch-site': 'cross-site' }, 200],
    [{ origin: 'https://siaga.test:3000', 'x-forwarded-proto': 'https', cookie: '__Secure-siaga_refresh=r' }, 401],
    [{ origin: 'https://evil.test' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'http://siaga.test:8080', 'sec-fetch-site': 'same-site' }, 403],
    [{ origin: 'https://evil.test', authorization: 'Bearer of-his-own' }, 403],
    [{ cookie: 'siaga_refresh=alone' }, 403],
    [{}, 403],
  ])('changes something only from our own page: %j', async (from, status) => {
    expect((await press(from)).status).toBe(status);
  });

  it('is told what is missing', async () => {
    const answer = await press({});
    expect(answer.body).toMatchObject({
      type: 'urn:siaga:fault:forbidden',
      detail: expect.stringContaining('Sec-Fetch-Site'),
    });
  });

  it('is not renewed, ended or begun by another site’s page', async () => {
    const evil = { host, origin: 'https://evil.test' };
    const answers = await Promise.all([
      request(city.url)
        .post('/api/session/refresh')
        .set({ ...evil, cookie: cookies() }),
      request(city.url)
        .delete('/api/session')
        .set({ ...evil, cookie: cookies() }),
      request(city.url).post('/%61pi/session').set(evil).type('form').send('userName=me'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(heard).toEqual([]);
  });

  it('reads nothing into another site’s page; a link from there opens the wall', async () => {
    const crossSite = { cookie: cookies(), 'sec-fetch-site': 'cross-site' };
    expect((await request(city.url).get(trucks).set(crossSite)).status).toBe(403);
    expect((await request(city.url).get('/metrics').set(crossSite)).status).toBe(403);
    expect((await request(city.url).get('/desk').set(crossSite)).status).not.toBe(403);
    expect((await request(city.url).get('/metrics').set('cookie', cookies())).status).toBe(200);
  });
});

it('a page of another site reports nothing in a tracker’s name, whoever opens it', async () => {
  const report = (headers: Record<string, string>) => request(city.url).get('/ingest/osmand?id=1').set(headers);
  const evil = [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'https://evil.test' }];
  for (const headers of [...evil, { ...evil[0], cookie: cookies() }])
    expect((await report(headers)).body).toMatchObject({ type: 'urn:siaga:fault:forbidden' });
  expect(heard).toEqual([]);
  for (const headers of [{}, { 'sec-fetch-site': 'same-origin' }, { host, origin: ours }])
    expect((await report(headers)).status).toBe(200);
});

describe('the operator of this machine', () => {
  it('is not played by a page of another site, nor by a name that points here', async () => {
    const from = (headers: Record<string, string>) =>
      Promise.all([
        request(local.url).post(ReplayDeadLetters.path).set(headers).send({}),
        request(local.url).post(trucks).set(headers).type('text/plain').send('{}'),
        request(local.url).get(GetCity.path).set(headers),
      ]).then((answers) => answers.map(({ status }) => status));
    expect(await from({ origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' })).toEqual([403, 403, 403]);
    expect(await from({ origin: 'http://127.0.0.1:8080', 'sec-fetch-site': 'same-site' })).toEqual([403, 403, 403]);
    for (const host of ['evil.test', '127.evil.test', '127.0.0.1.evil.test', 'localhost.evil.test'])
      expect(await from({ host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' })).toEqual([403, 403, 403]);
    expect(heard).toEqual([]);
    expect(await from({})).toEqual([200, 200, 200]);
    expect(await from({ origin: local.url })).toEqual([200, 200, 200]);
  });

  const proxied = [
    { 'x-forwarded-for': '8.8.8.8' },
    { 'x-forwarded-for': '127.0.0.1' },
    { 'x-forwarded-host': 'siaga.test' },
    { 'x-forwarded-proto': 'https' },
    { 'x-real-ip': '8.8.8.8' },
    { forwarded: 'for=8.8.8.8;host=siaga.test' },
    { via: '1.1 nginx' },
  ];

  it.each(proxied)('is not who comes by a proxy on it: %j', async (headers) => {
    const answers = await Promise.all([
      request(local.url).get('/api/session').set(headers),
      request(local.url).get(trucks).set(headers),
      request(local.url).post(ReplayDeadLetters.path).set(headers).send({}),
      request(local.url).get(GetCity.path).set(headers),
    ]);
    for (const { body } of answers)
      expect(body).toMatchObject({ status: 403, detail: expect.stringMatching(/^tanpa token .*--lan.* · without/) });
    expect(heard).toEqual([]);
    const signedIn = { ...headers, authorization: `Bearer ${access}` };
    expect((await request(local.url).get(ListDeadLetters.path).set(signedIn)).status).toBe(200);
  });

  it('is not who comes as nginx does by itself, nor who names no host', async () => {
    for (const line of ['', 'host: 127.0.0.1\r\n'])
      expect(await said(`GET ${trucks} HTTP/1.0\r\n${line}\r\n`)).toContain('403 Forbidden');
    expect(heard).toEqual([]);
  });

  it('opens sockets here, and not by a proxy', async () => {
    const opens = (headers: Record<string, string>) =>
      new Promise<string>((resolve, reject) => {
        const socket = new WebSocket(`${local.url}/socket.io/?EIO=4&transport=websocket`, { headers });
        socket.once('open', () => {
          socket.close();
          resolve('open');
        });
        socket.once('unexpected-response', (_, { statusCode }) => {
          resolve(`refused with ${String(statusCode)}`);
        });
        socket.once('error', reject);
      });
    expect(await opens({})).toBe('open');
    for (const headers of [...proxied, { host: 'evil.test' }]) expect(await opens(headers)).toBe('refused with 400');
  });

  it('shows a token even he where the inside is told', async () => {
    for (const path of ['/metrics', '/docs', '/docs/events'])
      expect([path, (await request(local.url).get(path)).status]).toEqual([path, 401]);
  });
});

it('services are told how a caller reached us, whatever he says himself', async () => {
  const claims = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'other.test' };
  await request(city.url).get(trucks).set(claims);
  await request(local.url)
    .get(trucks)
    .set({ ...claims, authorization: `Bearer ${access}` });
  await request(local.url).get(trucks).set('connection', 'x-forwarded-proto');
  const told = heard.map(({ headers }) => [headers['x-forwarded-proto'], headers['x-forwarded-host']]);
  expect(told).toEqual([
    ['https', 'other.test'],
    ['http', new URL(local.url).host],
    ['http', new URL(local.url).host],
  ]);
});
