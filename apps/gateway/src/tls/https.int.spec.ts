import dns from 'node:dns';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeEvent, openEventLog, topicOf, type EventLog } from '@siaga/bus';
import { GetCity, createClient, TruckMoved } from '@siaga/contracts';
import { createLive } from '@siaga/live';
import { signToken, type RunningService } from '@siaga/service';
import { eventually, makeCertificate, startTestEngine, type TestEngine } from '@siaga/testing';
import { GatewayConfig } from '../config.ts';
import { startGateway } from '../gateway.module.ts';

const city = '3574';
const secret = 'a secret of at least thirty-two characters';
const name = 'siaga.test';

let engine: TestEngine;
let log: EventLog;
let service: Server;
let heard: IncomingHttpHeaders[] = [];
let gateway: RunningService;
let folder: string;
let certFile: string;
let keyFile: string;
let port: number;
let localUrl: string;
let token: string;
let issued: { cert: string; key: string };

const authorities = tls.getCACertificates();
const trust = (cert: string) => {
  tls.setDefaultCACertificates([...authorities, cert]);
};
const issue = async () => {
  const issue = await makeCertificate([name]);
  await Promise.all([writeFile(certFile, issue.cert), writeFile(keyFile, issue.key)]);
  return issue;
};
const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address() as AddressInfo;
  server.close();
  return free;
};
/** The certificate the port shows to who comes now. */
const shown = async (more: tls.ConnectionOptions = {}) => {
  const socket = tls.connect({ host: '127.0.0.1', port, servername: name, rejectUnauthorized: false, ...more });
  await once(socket, 'secureConnect');
  const { raw } = socket.getPeerCertificate();
  socket.destroy();
  return raw.toString('base64');
};
const bodyOf = (cert: string) => cert.replaceAll(/-----[^-]+-----|\s/g, '');

const { lookup } = dns;
beforeAll(async () => {
  // what DNS would say of a city's name: everything else is as on any machine of a user
  dns.lookup = ((host: string, ...rest: Parameters<typeof lookup> extends [unknown, ...infer Rest] ? Rest : never) =>
    lookup(host === name ? '127.0.0.1' : host, ...rest)) as typeof lookup;
  folder = await mkdtemp(path.join(tmpdir(), 'siaga-tls-'));
  [certFile, keyFile] = [path.join(folder, 'city.crt'), path.join(folder, 'city.key')];
  issued = await issue();
  trust(issued.cert);
  engine = await startTestEngine();
  log = await openEventLog({ SIAGA_ENGINE: engine.logSocket });
  service = createServer((request, response) => {
    heard.push(request.headers);
    request.resume();
    response.end('{}');
  });
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
  const upstream = `http://127.0.0.1:${String((service.address() as AddressInfo).port)}`;
  const local = await freePort();
  localUrl = `http://127.0.0.1:${String(local)}`;
  gateway = await startGateway(
    GatewayConfig.parse({
      ...{ SIAGA_CITY: city, PORT: '0', SIAGA_SECRET: secret, IDENTITY_URL: upstream, WASTE_URL: upstream },
      ...{ TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile, LOCAL_PORT: String(local) },
    }),
    await openEventLog({ SIAGA_ENGINE: engine.logSocket }),
  );
  port = Number(new URL(gateway.url).port);
  const person = { id: 'p1', kind: 'person', city, agencies: ['dlh', 'command'], exercise: false } as const;
  token = await signToken({ ...person, roles: ['supervisor'] }, secret, '10m');
});
afterAll(async () => {
  await gateway.close();
  await log.close();
  await engine.close();
  service.closeAllConnections();
  service.close();
  await rm(folder, { recursive: true, force: true });
  dns.lookup = lookup;
  tls.setDefaultCACertificates(authorities);
});

const over = () => `https://${name}:${String(port)}`;

describe('with a certificate', () => {
  it('pages, calls and devices come over HTTPS under the city’s name, and stay there', async () => {
    expect(gateway.url).toBe(`https://127.0.0.1:${String(port)}`);
    for (const page of ['/', '/desk', '/field']) {
      const answer = await fetch(over() + page);
      expect(answer.headers.get('strict-transport-security')).toBe('max-age=15552000');
      expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    }
    expect(await createClient({ baseUrl: over(), token })(GetCity, {})).toMatchObject({ city: { code: city } });
    heard = [];
    await fetch(`${over()}/ingest/osmand?id=1`);
    expect(heard[0]).toMatchObject({ 'x-forwarded-proto': 'https', 'x-forwarded-host': new URL(over()).host });
  });

  it('a session is the cookie that only HTTPS can set, and only our page may use it', async () => {
    const press = (cookie: string, origin: string) =>
      fetch(`${over()}/api/session/ticket`, { method: 'POST', headers: { cookie, origin } });
    heard = [];
    expect((await press(`__Host-siaga_access=${token}`, over())).status).toBe(200);
    expect(heard[0]).toMatchObject({ authorization: `Bearer ${token}` });
    expect((await press(`__Host-siaga_access=${token}`, over().replace('https', 'http'))).status).toBe(403);
    await press(`siaga_access=${token}`, over());
    expect(heard[1]).not.toHaveProperty('authorization');
  });

  it('a screen lives over wss', async () => {
    const live = createLive({ url: over(), token: () => Promise.resolve(token) });
    await eventually(() => {
      expect(live.status.get().state).toBe('live');
    });
    const moved = { truckId: 'T1', atMs: Date.now(), lat: -7.75, lng: 113.2, protocol: 'osmand' as const };
    const origin = { city, source: 'test', exercise: false };
    await log.append(topicOf(city, TruckMoved.stream), [encodeEvent(TruckMoved, moved, origin)]);
    await eventually(() => {
      expect(live.latest(TruckMoved).get().get('T1')?.data).toMatchObject({ lat: -7.75 });
    });
    live.close();
  });

  it('nobody gets in with TLS 1.1, or without TLS', async () => {
    const old = shown({ minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' });
    await expect(old).rejects.toMatchObject({ code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' });
    expect(await shown({ maxVersion: 'TLSv1.2' })).toBe(bodyOf(issued.cert));
    await expect(fetch(`http://127.0.0.1:${String(port)}/health/live`)).rejects.toThrow('fetch failed');
  });

  it('processes of this machine come in by a port of their own, in plain HTTP', async () => {
    expect((await fetch(`${localUrl}/health/ready`)).status).toBe(200);
    expect(await createClient({ baseUrl: localUrl, token })(GetCity, {})).toMatchObject({ city: { code: city } });
    heard = [];
    const report = await fetch(`${localUrl}/ingest/osmand?id=1`);
    expect([report.status, report.headers.get('strict-transport-security')]).toEqual([200, null]);
    expect(heard[0]).toMatchObject({ 'x-forwarded-proto': 'http' });
    await expect(fetch(localUrl.replace('127.0.0.1', '127.0.0.2'))).rejects.toThrow('fetch failed');
  });
});

it('a renewed certificate is shown without a restart; one that cannot be used is not', async () => {
  const before = bodyOf(issued.cert);
  expect(await shown()).toBe(before);
  const open = createLive({ url: over(), token: () => Promise.resolve(token) });
  await eventually(() => {
    expect(open.status.get().state).toBe('live');
  });
  // the key of another: looked at more than once before the next pair comes
  await writeFile(keyFile, (await makeCertificate([name])).key);
  const lookedAt = async () => {
    const page = await fetch(`${localUrl}/metrics`, { headers: { authorization: `Bearer ${token}` } });
    expect(/^siaga_tls_refused_total\S* (\d+)/m.exec(await page.text())?.[1]).toBe('1');
  };
  await eventually(lookedAt, 10_000);
  expect(await shown()).toBe(before);
  const renewed = await issue();
  await eventually(async () => {
    expect(await shown()).toBe(bodyOf(renewed.cert));
  }, 10_000);
  // whoever asks by the address alone names no host
  expect(await shown({ servername: '' })).toBe(bodyOf(renewed.cert));
  expect(open.status.get().state).toBe('live');
  open.close();
}, 30_000);
