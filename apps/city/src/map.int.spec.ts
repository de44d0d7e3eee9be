import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CommandLine } from './command-line.harness.ts';

let folder: string;
const node = (id: number, lat: number, lng: number) =>
  `<node id="${String(id)}" lat="${String(lat)}" lon="${String(lng)}"/>`;
/** One invented street inside Kota Probolinggo and one far away. */
const extract = `<osm timestamp="2026-10-01T00:00:00Z">${node(1, -7.75, 113.2)}${node(2, -7.75, 113.21)}${node(3, -7.2, 112.7)}${node(4, -7.2, 112.8)}
  <way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="primary"/><tag k="name" v="Jalan Kenanga Tua"/></way>
  <way id="2"><nd ref="3"/><nd ref="4"/><tag k="highway" v="primary"/><tag k="name" v="Jalan Jauh"/></way></osm>`;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'siaga-map-'));
  await writeFile(path.join(folder, 'jawa.osm'), extract);
});
afterAll(() => rm(folder, { recursive: true }));

it('imports what lies around the city, says what that was and whose it is, and refuses in sentences', async () => {
  const map = path.join(folder, 'map');
  const siaga = new CommandLine(path.join(folder, 'data'), { SIAGA_MAP: map });
  const done = await siaga.run('map', 'import', path.join(folder, 'jawa.osm'));
  expect(done).toMatch(/jawa\.osm, data .*2026[^]*1 jalan · streets[^]*1\.1 km[^]*© OpenStreetMap contributors, ODbL/);
  const manifest: unknown = JSON.parse(await readFile(path.join(map, '3574', 'manifest.json'), 'utf8'));
  expect(manifest).toMatchObject({ city: '3574', counts: { streets: 1 } });

  const refusal = (...args: string[]) => siaga.refusalOf('map', 'import', ...args);
  expect(await refusal()).toMatch(/berkas \.osm\.pbf/);
  expect(await refusal(path.join(folder, 'missing.osm'))).toMatch(/missing\.osm .*tidak ada/);
  expect(await refusal(path.join(folder, 'jawa.osm'), '--area=1,2,3')).toMatch(/selatan,barat,utara,timur/);
  expect(await refusal(path.join(folder, 'jawa.osm'), '--city', '3573')).toMatch(/3573/);
  expect(await new CommandLine(path.join(folder, 'data')).refusalOf('map', 'import', 'x.osm')).toMatch(
    /Tidak ada kota di folder/,
  );
});

it('waits while another import of the same city is under way, and says so when that takes long', async () => {
  const map = path.join(folder, 'shared');
  const siaga = new CommandLine(path.join(folder, 'data'), { SIAGA_MAP: map });
  await mkdir(path.join(map, '3574'), { recursive: true });
  const lock = path.join(map, '3574', 'import.lock');
  await writeFile(lock, `${hostname()} ${String(process.pid)} other`);
  expect(await siaga.refusalOf('map', 'import', path.join(folder, 'jawa.osm'))).toMatch(/perintah lain sedang menulis/);
  await rm(lock);
  expect(await siaga.run('map', 'import', path.join(folder, 'jawa.osm'))).toMatch(/1 jalan/);
});
