import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEventLog } from '@siaga/bus';
import { createClient, GetCity } from '@siaga/contracts';
import type { RunningService } from '@siaga/service';
import { startTestEngine, type TestEngine } from '@siaga/testing';
import { GatewayConfig } from './config.ts';
import { startGateway } from './gateway.module.ts';

interface Heard {
  url: string | undefined;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

let engine: TestEngine;
let gateway: RunningService;
let service: Server;
let folder: string;
let heard: Heard[] = [];

/** A service of somebody's: keeps what it hears, answers as asked. */
const listen = async () => {
  service = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      heard.push({ url: request.url, headers: request.headers, body: Buffer.concat(parts) });
      response.writeHead(418, { 'content-type': 'application/x-tea', 'x-own': 'yes' }).end('short and stout');
    });
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
};

/** What the gateway says to bytes on a bare socket, until it closes or has said `until`. */
const said = (bytes: string, until?: string) =>
  new Promise<string>((resolve, reject) => {
    const { hostname, port } = new URL(gateway.url);
    const socket = connect({ host: hostname, port: Number(port) });
    let answer = '';
    socket.setTimeout(10_000, () => socket.destroy(new Error(`still open after: ${answer}`)));
    socket.on('data', (part: Buffer) => {
      answer += part.toString();
      if (until !== undefined && answer.includes(until)) socket.destroy();
    });
    socket.once('error', reject);
    socket.once('close', () => resolve(answer));
    socket.write(bytes);
  });

beforeAll(async () => {
  engine = await startTestEngine();
  folder = await mkdtemp(path.join(tmpdir(), 'siaga-wall-'));
  await mkdir(path.join(folder, 'wall/assets'), { recursive: true });
  await writeFile(path.join(folder, 'wall/assets/app-1a2b3c.js'), 'export {}');
  await writeFile(path.join(folder, 'streets.pmtiles'), '0123456789');
  gateway = await startGateway(
    GatewayConfig.parse({
      PORT: '0',
      WASTE_URL: await listen(),
      SIAGA_WALL: path.join(folder, 'wall'),
      MAP_STYLE_URL: 'https://tiles.example/style.json?key=1',
      MAP_PMTILES: path.join(folder, 'streets.pmtiles'),
    }),
    await openEventLog({ SIAGA_ENGINE: engine.logSocket }),
  );
});
afterAll(async () => {
  await gateway.close();
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the door to a service', () => {
  it('hands requests and answers on untouched, and adds where they come from', async () => {
    heard = [];
    const body = Buffer.from([0, 255, 1, 254, 123]);
    const answer = await fetch(`${gateway.url}/ingest/osmand/?id=1&lat=%2D7.7&x=a+b`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=latin1', 'x-forwarded-for': '9.9.9.9' },
      body,
    });
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('x-own')]).toEqual([
      418,
      'application/x-tea',
      'yes',
    ]);
    expect(await answer.text()).toBe('short and stout');
    expect(heard[0]).toMatchObject({
      url: '/ingest/osmand/?id=1&lat=%2D7.7&x=a+b',
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=latin1',
        'x-forwarded-for': '127.0.0.1',
        'x-correlation-id': expect.stringMatching(/^[\w-]{8,64}$/),
      },
    });
    expect(heard[0]?.body).toEqual(body);
  });

  it('does not read JSON on its way and keeps a given correlation', async () => {
    heard = [];
    const body = '{"half": ';
    await fetch(`${gateway.url}/api/waste/trucks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-correlation-id': 'press-0001' },
      body,
    });
    expect(heard[0]?.body.toString()).toBe(body);
    expect(heard[0]?.headers['x-correlation-id']).toBe('press-0001');
  });

  it('refuses a body that is too large before reading it', async () => {
    heard = [];
    const answer = await fetch(`${gateway.url}/api/waste/trucks/import`, {
      method: 'POST',
      body: Buffer.alloc(5_000_000),
    });
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ type: 'urn:siaga:fault:too-large' });
    expect(heard).toEqual([]);
  });

  it('refuses one that grows too large on its way, and reads nothing behind it', async () => {
    const tell = `POST /ingest/osmand HTTP/1.1\r\nhost: 127.0.0.1\r\ntransfer-encoding: chunked\r\n\r\n`;
    const part = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    const answer = await said(tell + part.repeat(5));
    expect(answer).toContain('HTTP/1.1 413');
    expect(answer.toLowerCase()).toContain('connection: close');
  });

  it('closes when it is asked to, and answers who offers HTTP/2', async () => {
    const closed = await said('GET /ingest/osmand?id=1 HTTP/1.0\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n');
    expect(closed).toContain('short and stout');
    const upgrade = 'connection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQ\r\n';
    for (const path of ['/ingest/osmand?id=1', '/api/waste/trucks'])
      expect(await said(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${upgrade}\r\n`, 'stout')).toContain(
        'HTTP/1.1 418',
      );
  });

  it('answers 404 in our shape where there is no door', async () => {
    const answer = await fetch(`${gateway.url}/api/teapots`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ type: 'urn:siaga:fault:not-found' });
  });

  it('says 503 shortly when the service is down', async () => {
    service.closeAllConnections();
    await new Promise((resolve) => service.close(resolve));
    const answer = await fetch(`${gateway.url}/api/waste/trucks`, { signal: AbortSignal.timeout(5000) });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({
      detail: 'waste tidak menjawab, coba lagi sebentar · waste does not answer',
    });
  });
});

it.each(['/api/city', '/api/waste/trucks', '/api/teapots', '/ingest/osmand?id=1', '/metrics', '/desk', '/nothing'])(
  'the answer to %s tells browsers what they may do with it',
  async (path) => {
    const { headers } = await fetch(gateway.url + path);
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(self), geolocation=(self), microphone=(self)',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    });
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('cache-control')).toBe(path.startsWith('/api/') ? 'no-store' : headers.get('cache-control'));
  },
);

it('an address nobody can read is not repeated', async () => {
  const answer = await fetch(`${gateway.url}/%zz<script>`);
  expect([answer.status, answer.headers.get('x-content-type-options')]).toEqual([400, 'nosniff']);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(await answer.text()).not.toMatch(/zz|script/);
});

it.each(['/api/waste/../session', '/ingest/%2e%2e/x', 'http://siaga.test/api/waste/trucks'])(
  'an address that is not handed on is answered like any other mistake: %s',
  async (address) => {
    const answer = await said(`GET ${address} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 400 .*content-type: application\/problem\+json/s);
    expect(answer).toContain('"detail":"alamat ini tidak terbaca · this address cannot be read"');
    expect(answer).not.toMatch(/\.\.|siaga\.test|source\/request/);
  },
);

describe('the wall', () => {
  it('says so when it has not been built, and appears once it is', async () => {
    const missing = await fetch(`${gateway.url}/desk`);
    expect([missing.status, await missing.text()]).toEqual([503, expect.stringContaining('Layar belum dibangun')]);
    await writeFile(path.join(folder, 'wall/index.html'), '<!doctype html><title>Siaga</title>');
    for (const page of ['/', '/desk', '/opd/dlh']) {
      const built = await fetch(gateway.url + page);
      expect([built.status, await built.text()]).toEqual([200, '<!doctype html><title>Siaga</title>']);
      expect(built.headers.get('cache-control')).toBe('no-cache');
      const policy = built.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("connect-src 'self' https://tiles.example;");
      expect(policy).not.toContain('unsafe');
    }
  });

  it('is not given to a tracker that forgot the path of its door', async () => {
    const answer = await fetch(`${gateway.url}/?id=1&lat=-7.7&lon=113.2`);
    expect([answer.status, await answer.json()]).toEqual([
      404,
      expect.objectContaining({ detail: expect.stringContaining('/ingest/osmand') }),
    ]);
  });

  it('lets hashed files be kept for ever', async () => {
    const asset = await fetch(`${gateway.url}/assets/app-1a2b3c.js`);
    expect([asset.status, asset.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
  });

  it('serves the street map by ranges', async () => {
    const part = await fetch(`${gateway.url}/map.pmtiles`, { headers: { range: 'bytes=2-4' } });
    expect([part.status, await part.text()]).toEqual([206, '234']);
  });

  it('is told which city it is', async () => {
    expect(await createClient({ baseUrl: gateway.url })(GetCity, {})).toMatchObject({
      city: { name: 'Kota Probolinggo' },
      simulator: false,
      mapPmtiles: true,
      deviceAddresses: [],
      devicePath: '/ingest',
    });
  });

  it.each(['/../package.json', '/%2e%2e/package.json', '/assets/..%2f..%2fstreets.pmtiles'])(
    'gives nothing outside its folder: %s',
    async (escape) => {
      expect((await fetch(gateway.url + escape)).status).toBeGreaterThanOrEqual(400);
    },
  );
});
