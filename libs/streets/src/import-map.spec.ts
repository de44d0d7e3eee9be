import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FeatureCollection } from 'geojson';
import { MapFolder } from './folder.ts';
import { importMap } from './import-map.ts';
import { town, townArea, writeOsmPbf, writeOsmXml } from './made-town.harness.ts';
import { OpenMaps, type OpenMap } from './open-map.ts';

const city = '3574';
let folder: string;
let maps: MapFolder;
const unexpected = (error: unknown) => {
  throw error;
};
const fileOf = (name: string) => path.join(folder, name);
const imported = (name: string) => importMap(maps, { file: fileOf(name), city, area: townArea });

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'siaga-map-'));
  maps = new MapFolder(path.join(folder, 'map'));
  await writeOsmXml(fileOf('town.osm'), town);
  await writeOsmPbf(fileOf('town.osm.pbf'), town);
});
afterAll(() => rm(folder, { recursive: true }));

describe('an extract', () => {
  it('is the same map as XML and as PBF: named, dated, counted, clipped', async () => {
    const xml = await imported('town.osm');
    const pbf = await imported('town.osm.pbf');
    expect(pbf).toEqual({ ...xml, source: 'town.osm.pbf', importedAtMs: pbf.importedAtMs });
    expect(xml).toMatchObject({
      ...{ city, source: 'town.osm', sourceAtMs: town.takenAtMs },
      counts: { streets: 3, lanes: 2, crossings: 4, landmarks: 3, roadKm: 5 },
    });
    const drawn = JSON.parse(gunzipSync(await readFile(maps.fileOf(pbf, 'drawing'))).toString()) as FeatureCollection;
    expect(drawn.features).toHaveLength(9);
    expect(drawn.features[0]).toMatchObject({ properties: { width: 2, name: 'Jalan Kenanga Tua' } });
  });

  it('takes the place of the one before, which stays for whoever is reading it', async () => {
    const before = await imported('town.osm');
    await writeOsmXml(fileOf('less.osm'), { ...town, ways: town.ways.slice(0, 3) });
    const after = await imported('less.osm');
    expect(after.hash).not.toBe(before.hash);
    expect(await maps.manifest(city)).toEqual(after);
    for (const file of [maps.cityFolder(city), maps.fileOf(after, 'roads'), maps.manifestFile(city)])
      expect((await stat(file)).mode & 0o044).toBe(0o044);
    expect((await readdir(maps.cityFolder(city))).toSorted()).toEqual(
      [after.hash, before.hash, 'manifest.json'].toSorted(),
    );
  });

  it('that is none, is torn, or lies elsewhere is refused, and the map before stays', async () => {
    const before = await imported('town.osm');
    const whole = await readFile(fileOf('town.osm.pbf'));
    await writeFile(fileOf('torn.osm.pbf'), whole.subarray(0, whole.length - 20));
    await writeFile(
      fileOf('turned.osm.pbf'),
      Buffer.concat([whole.subarray(0, 100), Buffer.from('x'.repeat(100)), whole.subarray(200)]),
    );
    await writeFile(fileOf('other.osm.pbf'), 'PK, a hundred letters of something else'.repeat(3));
    await writeFile(fileOf('torn.osm'), '<osm><node id="1"');
    await writeFile(fileOf('streets.geojson'), '{}');
    for (const name of ['torn.osm.pbf', 'turned.osm.pbf', 'other.osm.pbf', 'torn.osm', 'streets.geojson'])
      await expect(imported(name)).rejects.toMatchObject({ kind: 'invalid' });
    const elsewhere = { south: 1, west: 1, north: 2, east: 2 };
    await expect(importMap(maps, { file: fileOf('town.osm'), city, area: elsewhere })).rejects.toMatchObject({
      kind: 'invalid',
    });
    await expect(imported('missing.osm')).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await maps.manifest(city)).toEqual(before);
  });
});

describe('an open map', () => {
  let map: OpenMap;
  beforeAll(async () => {
    await imported('town.osm');
    const open = await new OpenMaps(maps, unexpected).of(city);
    if (open === undefined) throw new Error('nothing was imported');
    map = open;
  });
  const found = (text: string, most = 3) => map.places.find(text, { most }).map(({ name, about }) => [name, about].filter(Boolean).join(' · ')); // prettier-ignore

  it('finds streets as people write them', () => {
    for (const text of ['jl kenanga tua', 'KENANGA', 'jln. kenangga tua', 'stasiun lama', 'Jalan Setasiun Lama'])
      expect(found(text)[0]).toMatch(/^Jalan Kenanga Tua · /);
    for (const text of ['badrun salim', 'kh. badrun', 'jl. k.h. badrun salim', 'badrun'])
      expect(found(text)[0]).toMatch(/^Jl. KH Badrun Salim/);
    expect(found('xylofon')).toEqual([]);
    expect(found('k')).toEqual([]);
  });

  it('finds a gang by its number, each of them, the nearer first', () => {
    for (const text of ['gang 3', 'Gg. III', 'gg3']) expect(found(text).slice(0, 2)).toEqual([expect.stringMatching(/^Gang III/), expect.stringMatching(/^Gang III/)]); // prettier-ignore
    const [nearest] = map.places.find('gang 3', { near: { lat: -7.75, lng: 113.219 }, most: 1 });
    expect(nearest?.lng).toBeCloseTo(113.219, 2);
  });

  it('finds a landmark by the street it stands at, and a crossing by its streets', () => {
    expect(found('kenanga depan bank melati')[0]).toBe('Bank Melati · Jalan Kenanga Tua');
    expect(found('bank melati dukuh wetan')[0]).toBe('Bank Melati · Jalan Dukuh Wetan');
    expect(found('badrun salim kenanga tua')[0]).toBe('Jalan Kenanga Tua × Jl. KH Badrun Salim');
    expect(found('perempatan wetan kenanga')[0]).toBe('Jalan Kenanga Tua × Jalan Dukuh Wetan');
    expect(found('pasar cempaka')[0]).toMatch(/^Pasar Cempaka/);
    expect(found('sekolah jauh')).toEqual([]);
  });

  it('knows how exactly a name says where', () => {
    const metres = (text: string) => map.places.find(text, { most: 1 })[0]?.uncertaintyM ?? 0;
    expect(metres('kenanga tua')).toBeGreaterThan(900);
    expect(metres('kenanga badrun')).toBe(30);
  });

  const place = (east: number, north: number) => ({ lat: -7.75 + north / 111_195, lng: 113.21 + east / 110_180 });
  const seconds = (from: [number, number], to: [number, number]) => map.roads.to(place(...to))(place(...from));

  it('counts minutes by road: one-way streets, barred ones, speeds by class', () => {
    const metresPerSecond = (kph: number) => kph / 3.6;
    expect(seconds([-1000, 0], [0, 0])).toBeCloseTo(1000 / metresPerSecond(40), 0);
    expect(seconds([0, -600], [0, 600])).toBeCloseTo(1200 / metresPerSecond(25), 0);
    // back there is no way but around
    expect(seconds([0, 600], [0, 0])).toBeCloseTo(1200 / metresPerSecond(25) + 600 / metresPerSecond(40), 0);
    expect(seconds([1010, 0], [1000, 0])).toBeCloseTo(10 / metresPerSecond(15), 0);
    // into the south of the one-way street leads only a private road
    expect(seconds([600, -600], [0, -600])).toBeUndefined();
  });

  it('has no minutes far from every road', () => {
    expect(seconds([0, -1200], [0, 0])).toBeUndefined();
    expect(seconds([0, 0], [0, -1200])).toBeUndefined();
    expect(seconds([-1000, 100], [-1000, 0])).toBeCloseTo(30, 0);
  });
});

it('there is no map where nothing was imported', async () => {
  expect(await new OpenMaps(maps, unexpected).of('3573')).toBeUndefined();
  expect(await new OpenMaps(new MapFolder(undefined), unexpected).of(city)).toBeUndefined();
});

it('goes on without a map that cannot be opened, and says so', async () => {
  const told: unknown[] = [];
  const manifest = await imported('town.osm');
  await writeFile(maps.fileOf(manifest, 'roads'), '{ torn');
  expect(await new OpenMaps(maps, (error) => told.push(error)).of(city)).toBeUndefined();
  expect(told).toHaveLength(1);
});
