import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { openEventLog } from '@siaga/bus';
import { signToken, type RunningService } from '@siaga/service';
import { eventually, startTestEngine, type TestEngine } from '@siaga/testing';
import { GatewayConfig } from './config.ts';
import { startGateway } from './gateway.module.ts';

const secret = 'a secret of thirty-two characters';
let engine: TestEngine;
let gateway: RunningService;
let service: Server;
/** Reports the service has heard and not answered. */
let held: ServerResponse[] = [];
let holding = false;
let heard: IncomingMessage['headers'][] = [];

beforeAll(async () => {
  engine = await startTestEngine();
  service = createServer((incoming, response) => {
    heard.push(incoming.headers);
    incoming.resume();
    if (holding && incoming.url?.startsWith('/ingest/')) held.push(response);
    else response.end('taken');
  });
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
  gateway = await startGateway(
    GatewayConfig.parse({
      WASTE_URL: `http://127.0.0.1:${String((service.address() as AddressInfo).port)}`,
      PORT: '0',
      SIAGA_SECRET: secret,
      TRUSTED_PROXIES: '127.0.0.9',
      REPORTS_PER_SECOND_OF_ADDRESS: '2',
      CALLS_PER_SECOND_OF_ADDRESS: '1',
      REPORTS_AT_ONCE: '8',
    }),
    await openEventLog({ SIAGA_ENGINE: engine.logSocket }),
  );
});
afterAll(async () => {
  await gateway.close();
  service.closeAllConnections();
  service.close();
  await engine.close();
});
afterEach(() => {
  holding = false;
  for (const response of held) response.end('taken');
  held = [];
  heard = [];
});

interface Answer {
  status: number | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}

/** A request from one of this machine's own many addresses. */
function ask(path: string, from: string, more: { headers?: Record<string, string>; body?: string } = {}) {
  return new Promise<Answer>((resolve, reject) => {
    const method = more.body === undefined ? 'GET' : 'POST';
    const asking = request(
      gateway.url + path,
      { localAddress: from, method, headers: more.headers ?? {} },
      (answer) => {
        let body = '';
        answer.setEncoding('utf8').on('data', (part: string) => (body += part));
        answer.once('end', () => {
          resolve({ status: answer.statusCode, headers: answer.headers, body });
        });
      },
    );
    asking.once('error', reject);
    asking.end(more.body);
  });
}

const report = '/ingest/osmand?id=1&lat=-7.7&lon=113.2';
const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status);
const times = <Value>(count: number, make: () => Promise<Value>) => Promise.all(Array.from({ length: count }, make));
/** In turn: at once there would be no room for so many. */
async function inTurn(count: number, make: () => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let turn = 0; turn < count; turn += 1) answers.push(await make());
  return answers;
}

describe('one address', () => {
  it('that reports too much is told when to come again, and harms no other', async () => {
    const answers = await inTurn(40, () => ask(report, '127.0.0.2'));
    expect(statuses(answers.slice(0, 20))).toEqual(Array.from({ length: 20 }, () => 200));
    const refused = answers.at(-1);
    expect(refused?.status).toBe(429);
    expect(refused?.headers).toMatchObject({
      'retry-after': '1',
      'content-type': expect.stringContaining('application/problem+json'),
    });
    expect(JSON.parse(refused?.body ?? '')).toMatchObject({ type: 'urn:siaga:fault:too-many', status: 429 });
    expect((await ask(report, '127.0.0.3')).status).toBe(200);
    // people behind the same address are counted apart from its devices
    expect((await ask('/api/waste/trucks', '127.0.0.2')).status).toBe(200);
    await eventually(async () => {
      expect((await ask(report, '127.0.0.2')).status).toBe(200);
    });
  });

  it('cannot pass for another by saying so; what a trusted proxy says is believed, and handed on', async () => {
    const says = (from: string, source: string) => () => ask(report, from, { headers: { 'x-forwarded-for': source } });
    const liar = await inTurn(40, says('127.0.0.4', `203.0.113.${String(heard.length)}`));
    expect(statuses(liar)).toContain(429);
    heard = [];
    for (let phone = 0; phone < 40; phone += 1) {
      const source = `198.51.100.${String(phone)}`;
      expect((await says('127.0.0.9', source)()).status).toBe(200);
      expect(heard.at(-1)?.['x-forwarded-for']).toBe(source);
    }
  });

  it('of a simulator with its token may report as fast as its clock runs', async () => {
    const simulator = { id: 'simulator', kind: 'service', city: '3574', agencies: ['dlh'], roles: [] } as const;
    const authorization = async (exercise: boolean) =>
      `Bearer ${await signToken({ ...simulator, exercise }, secret, '1m')}`;
    const [simulated, real] = [await authorization(true), await authorization(false)];
    const runs = (token: string) => inTurn(40, () => ask(report, '127.0.0.5', { headers: { authorization: token } }));
    expect(statuses(await runs(simulated))).toEqual(Array.from({ length: 40 }, () => 200));
    expect(statuses(await runs(real))).toContain(429);
  });

  it('is asked after its health as often as anybody likes', async () => {
    const answers = await inTurn(60, () => ask('/health/live', '127.0.0.6'));
    expect(new Set(statuses(answers))).toEqual(new Set([200]));
  });
});

describe('sockets', () => {
  /** What a request to open one is answered. */
  const open = (from: string, headers: Record<string, string> = {}) =>
    new Promise<Answer>((resolve, reject) => {
      const asking = request(`${gateway.url}/socket.io/?EIO=4&transport=websocket`, {
        localAddress: from,
        headers: {
          ...{ connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' },
          ...{ 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==', ...headers },
        },
      });
      asking.once('upgrade', ({ statusCode: status, headers: answered }, socket) => {
        socket.destroy();
        resolve({ status, headers: answered, body: '' });
      });
      asking.once('response', (answer) => {
        let body = '';
        answer.setEncoding('utf8').on('data', (part: string) => (body += part));
        answer.once('end', () => {
          resolve({ status: answer.statusCode, headers: answer.headers, body });
        });
      });
      asking.once('error', reject);
      asking.end();
    });

  it('count among the calls of an address, and a flood of them is told when to come again', async () => {
    const answers = await inTurn(40, () => open('127.0.2.1'));
    expect(statuses(answers.slice(0, 20))).toEqual(Array(20).fill(101));
    const refused = answers.find(({ status }) => status !== 101);
    expect(refused).toMatchObject({ status: 429, headers: { 'retry-after': '1' } });
    expect(JSON.parse(refused?.body ?? '')).toMatchObject({ type: 'urn:siaga:fault:too-many', status: 429 });
    // whoever has opened them all is heard no more often by asking otherwise
    expect(statuses(await inTurn(10, () => ask('/api/waste/trucks', '127.0.2.1')))).toContain(429);
    expect((await open('127.0.2.2')).status).toBe(101);
    await eventually(async () => {
      expect((await open('127.0.2.1')).status).toBe(101);
    });
  });

  it('of screens behind a trusted proxy are counted for each screen', async () => {
    for (let screen = 0; screen < 40; screen += 1)
      expect((await open('127.0.0.9', { 'x-forwarded-for': `198.51.101.${String(screen)}` })).status).toBe(101);
    let says = 0;
    const liar = await inTurn(40, () => {
      says += 1;
      return open('127.0.2.3', { 'x-forwarded-for': `198.51.102.${String(says)}` });
    });
    expect(statuses(liar)).toContain(429);
  });
});

describe('more than the city can take', () => {
  it('is refused at once while what was let in goes on, and people come first', async () => {
    holding = true;
    const inside = Array.from({ length: 8 }, (_, phone) => ask(report, `127.0.1.${String(phone + 1)}`));
    await eventually(() => {
      expect(held).toHaveLength(8);
    });
    const outside = await times(20, () => ask(report, '127.0.1.9', { body: 'x=1' }));
    for (const { status, headers, body } of outside) {
      expect([status, headers['retry-after']]).toEqual([503, '1']);
      expect(JSON.parse(body)).toMatchObject({ type: 'urn:siaga:fault:unavailable' });
    }
    expect((await ask('/api/waste/trucks', '127.0.1.9')).status).toBe(200);
    expect(held).toHaveLength(8);
    holding = false;
    for (const response of held) response.end('taken');
    expect(statuses(await Promise.all(inside))).toEqual(Array.from({ length: 8 }, () => 200));
    await eventually(async () => {
      expect((await ask(report, '127.0.1.10')).status).toBe(200);
    });
  });

  it('of slow bodies holds up nobody else', async () => {
    const { hostname, port } = new URL(gateway.url);
    const head = 'POST /ingest/osmand HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 100\r\n\r\nid=1';
    const slow = Array.from({ length: 200 }, () => connect({ host: hostname, port: Number(port) }));
    const cut = slow.map((socket) => once(socket, 'close'));
    for (const socket of slow) {
      socket.on('error', () => undefined).resume();
      socket.write(head);
    }
    expect((await ask(report, '127.0.1.11')).status).toBe(200);
    await Promise.all(cut);
  }, 30_000);

  it('of large bodies that stand still holds a quarter of the memory at most, and nobody else up', async () => {
    const { hostname, port } = new URL(gateway.url);
    const head = 'POST /api/waste/trucks/import HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 4400000\r\n\r\n';
    const answers: string[] = [];
    const greedy = Array.from({ length: 16 }, () =>
      connect({ host: hostname, port: Number(port), localAddress: '127.0.1.14' }),
    );
    for (const socket of greedy) {
      socket.on('error', () => undefined).on('data', (part: Buffer) => answers.push(part.toString()));
      socket.write(head);
      socket.write(Buffer.alloc(4_300_000));
    }
    await eventually(() => {
      expect(answers.filter((answer) => answer.startsWith('HTTP/1.1 429')).length).toBeGreaterThan(10);
    });
    const body = { headers: { 'content-type': 'application/json' }, body: '{}' };
    expect((await ask('/ingest/owntracks', '127.0.1.15', body)).status).toBe(200);
    for (const socket of greedy) socket.destroy();
  }, 30_000);

  it('of headers that trickle in is cut off', async () => {
    const { hostname, port } = new URL(gateway.url);
    const socket = connect({ host: hostname, port: Number(port) }).on('error', () => undefined);
    let answer = '';
    socket.write('GET /health/live HTTP/1.1\r\nhost: 127.0.0.1\r\n');
    const trickle = setInterval(() => socket.write('x-slow: 1\r\n'), 500);
    socket.on('data', (part: Buffer) => {
      answer += part.toString();
      // what is written to who has closed resets the connection, and the answer with it
      clearInterval(trickle);
    });
    await new Promise((closed) => socket.once('close', closed));
    clearInterval(trickle);
    expect(answer).toContain('408');
  }, 30_000);
});

it.each(['', ';', 'text', 'application/json; charset'])(
  'a report reaches its service whatever content type it claims: %j',
  async (type) => {
    const answer = await ask('/ingest/owntracks', '127.0.2.1', { headers: { 'content-type': type }, body: '{}' });
    expect([answer.status, heard.at(-1)?.['content-type'] ?? '']).toEqual([200, type]);
  },
);
