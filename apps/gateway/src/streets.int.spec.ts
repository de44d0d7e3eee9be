import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openEventLog } from '@siaga/bus';
import { createClient, GetCity, GetStreetDrawing } from '@siaga/contracts';
import { signToken, type RunningService } from '@siaga/service';
import { importMap, MapFolder } from '@siaga/streets';
import { startTestEngine, type TestEngine } from '@siaga/testing';
import { GatewayConfig } from './config.ts';
import { startGateway } from './gateway.module.ts';

const secret = 'a secret of at least thirty-two characters';
/** One invented street. */
const extract = `<osm><node id="1" lat="-7.75" lon="113.2"/><node id="2" lat="-7.75" lon="113.21"/>
  <way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="primary"/><tag k="name" v="Jalan Kenanga Tua"/></way></osm>`;
const area = { south: -7.77, west: 113.19, north: -7.73, east: 113.23 };

let engine: TestEngine;
let gateway: RunningService;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'siaga-map-'));
  engine = await startTestEngine();
  gateway = await startGateway(
    GatewayConfig.parse({ SIAGA_CITIES: '3574,3573', PORT: '0', SIAGA_SECRET: secret, SIAGA_MAP: folder }),
    await openEventLog({ SIAGA_ENGINE: engine.logSocket }),
  );
});
afterAll(async () => {
  await gateway.close();
  await engine.close();
  await rm(folder, { recursive: true });
});

const tokenOf = (city: string) =>
  signToken({ id: 'a', kind: 'person', city, agencies: ['dlh'], roles: ['viewer'], exercise: false }, secret, '1m');

it('gives its own city’s people the imported streets, and tells a browser that knows them so', async () => {
  const token = await tokenOf('3574');
  const call = createClient({ baseUrl: gateway.url, token });
  expect((await call(GetCity, {})).streetMap).toBeUndefined();

  await writeFile(path.join(folder, 'town.osm'), extract);
  await importMap(new MapFolder(folder), { file: path.join(folder, 'town.osm'), city: '3574', area });
  const { streetMap } = await call(GetCity, {});
  expect(streetMap).toMatchObject({ source: 'town.osm', counts: { streets: 1 } });
  const { hash = '' } = streetMap ?? {};
  expect(await call(GetStreetDrawing, { params: { hash } })).toMatchObject({
    features: [{ properties: { width: 1, name: 'Jalan Kenanga Tua' } }],
  });

  const get = (headers: Record<string, string>, of = hash) =>
    fetch(`${gateway.url}/api/city/streets/${of}`, { headers });
  const mine = { authorization: `Bearer ${token}` };
  const first = await get(mine);
  expect(Object.fromEntries(first.headers)).toMatchObject({
    ...{ etag: `"${hash}"`, 'cache-control': 'private, max-age=31536000, immutable', 'content-encoding': 'gzip' },
  });
  const again = await get({ ...mine, 'if-none-match': `"${hash}"` });
  expect([again.status, await again.text()]).toEqual([304, '']);
  expect((await get(mine, '0123456789abcdef')).status).toBe(404);
  expect((await get({ authorization: `Bearer ${await tokenOf('3573')}` })).status).toBe(404);
  expect((await get({ authorization: 'Bearer x' })).status).toBe(401);
});
