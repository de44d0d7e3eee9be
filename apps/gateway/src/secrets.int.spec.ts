import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createLive } from '@siaga/live';
import { signToken } from '@siaga/service';
import { eventually, startTestEngine, startTestProcess, type TestEngine, type TestProcess } from '@siaga/testing';
import request from 'supertest';

/** One secret for each place, so that a leak names where it came in. */
const planted = new Map<string, string>();
const plant = (place: string, secret = `leak-${randomBytes(16).toString('hex')}`) => {
  planted.set(place, secret);
  return secret;
};

let engine: TestEngine;
let service: Server;
let gateway: TestProcess;
let url: string;
let token: string;
let said = '';

beforeAll(async () => {
  engine = await startTestEngine();
  service = createServer((incoming, response) => {
    incoming.resume();
    if (incoming.url?.includes('cut')) response.socket?.destroy();
    else response.writeHead(200, { 'set-cookie': `siaga_access=${plant('set-cookie')}` }).end('{}');
  });
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
  const secret = plant('signing secret');
  const env = {
    ...{ LOG_LEVEL: 'trace', PORT: '0', SIAGA_SECRET: secret },
    ...{ SIAGA_ENGINE: engine.logSocket, IDENTITY_URL: 'http://127.0.0.1:9' },
    WASTE_URL: `http://127.0.0.1:${String((service.address() as AddressInfo).port)}`,
  };
  gateway = startTestProcess(path.join(import.meta.dirname, 'main.ts'), [], env, (text) => (said += text));
  const message = (await gateway.message()) as { ready: { url: string } };
  ({ url } = message.ready);
  const person = { id: 'p1', kind: 'person', city: '3574', agencies: ['command'], exercise: false } as const;
  token = plant('token that counts', await signToken({ ...person, roles: ['supervisor'] }, secret, '10m'));
});
afterAll(async () => {
  await gateway.kill9();
  service.closeAllConnections();
  service.close();
  await engine.close();
});

/** Every place of a request that may hold a secret. */
function asks(method: 'get' | 'post', door: string) {
  const place = (name: string) => plant(`${name} of ${method} ${door}`);
  const query = `key=${place('key')}&token=${place('token')}&id=${place('id')}`;
  const asking = request(url)
    [method](`${door}${door.includes('?') ? '&' : '?'}${query}`)
    .set('cookie', `siaga_access=${place('access cookie')}; siaga_refresh=${place('refresh cookie')}`)
    .set('x-api-key', place('api key'))
    .set('x-limit-u', place('user'))
    .set('idempotency-key', place('press'))
    .set('referer', `https://siaga.test/masuk?undangan=${place('referer')}`)
    .set('sec-fetch-site', 'same-origin');
  if (method === 'get') return asking;
  return asking.send({
    userName: 'siti',
    password: place('password'),
    token: place('invitation'),
    reason: place('reason'),
    deviceIds: [1],
  });
}

it('no secret of a request, of an answer or of ours is in any line the gateway writes', async () => {
  const doors = ['/', '/desk', '/nope', '/%zz', '/docs', '/metrics', '/api/city', '/api/nope', '/api/session'];
  const more = [
    '/api/session/refresh',
    '/api/identity/people',
    '/api/waste/trucks',
    '/api/waste/cut',
    '/ingest/osmand',
  ];
  const own = ['/api/system/dead-letters', '/api/system/dead-letters/replay', '/health/ready', '/ingest/cut'];
  for (const door of [...doors, ...more, ...own]) {
    await asks('get', door);
    await asks('post', door);
    for (const authorization of [`Bearer ${token}`, `Bearer ${plant('bearer')}`, `Basic ${plant('basic')}`])
      await asks('post', door).set('authorization', authorization);
    await request(url)
      .post(door)
      .set({ authorization: `Bearer ${token}`, 'content-type': 'application/json' })
      .send(`{"password": ${plant('broken JSON')}`);
  }
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
  socket.end(`GET / HTTP/1.1\r\nhost\r\nauthorization: Bearer ${plant('broken header')}\r\n\r\n`);
  await once(socket.resume(), 'close');
  for (const ticket of [token, plant('ticket')]) {
    const live = createLive({ url, token: () => Promise.resolve(ticket) });
    await eventually(() => {
      expect(live.status.get().state).toBe(ticket === token ? 'live' : 'signed-out');
    });
    live.close();
  }
  // all it had to say, to the last line
  gateway.child.kill('SIGTERM');
  await once(gateway.child, 'close');
  expect(said).toContain('gateway listens');
  const lines = said.split('\n');
  const leaks = [...planted].flatMap(([place, secret]) => {
    const line = lines.find((candidate) => candidate.includes(secret));
    return line === undefined ? [] : [`${place}: ${line}`];
  });
  expect(leaks).toEqual([]);
});
