import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { FindPlaces, OpenIncident, PutUnit, SuggestUnits } from '@siaga/contracts';
import { importMap, MapFolder } from '@siaga/streets';
import { eventually, randomCities } from '@siaga/testing';
import { startTestEmergency, type TestEmergency } from '../emergency.harness.ts';

const [city = ''] = randomCities(1);
let emergency: TestEmergency;
let folder: string;

/** Two invented streets that cross, and a way round for one of them. */
const extract = `<osm version="0.6">
  <node id="1" lat="-7.75" lon="113.20"/><node id="2" lat="-7.75" lon="113.21"/><node id="3" lat="-7.75" lon="113.22"/>
  <node id="4" lat="-7.76" lon="113.21"/><node id="5" lat="-7.74" lon="113.21"/>
  <node id="6" lat="-7.7501" lon="113.2101"><tag k="amenity" v="bank"/><tag k="name" v="Bank Melati"/></node>
  <way id="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="primary"/><tag k="name" v="Jalan Kenanga Tua"/></way>
  <way id="2"><nd ref="4"/><nd ref="2"/><nd ref="5"/><tag k="highway" v="residential"/><tag k="name" v="Jl. Badrun"/></way>
</osm>`;
const area = { south: -7.77, west: 113.19, north: -7.73, east: 113.23 };

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'siaga-map-'));
  emergency = await startTestEmergency(city, { SIAGA_MAP: path.join(folder, 'map') });
});
afterAll(async () => {
  await emergency.close();
  await rm(folder, { recursive: true });
});

it('finds streets, crossings and landmarks, from when a map is imported', async () => {
  const call = await emergency.as({ agencies: ['dlh'], roles: ['viewer'] });
  const found = async (q: string) => (await call(FindPlaces, { query: { q } })).items;
  expect(await found('kenanga')).toEqual([]);

  await writeFile(path.join(folder, 'town.osm'), extract);
  await importMap(new MapFolder(path.join(folder, 'map')), { file: path.join(folder, 'town.osm'), city, area });
  await eventually(async () => {
    expect((await found('jl. kenangga'))[0]).toMatchObject({ kind: 'street', name: 'Jalan Kenanga Tua' });
  });
  expect((await found('badrun kenanga'))[0]).toMatchObject({
    kind: 'crossing',
    lat: -7.75,
    lng: 113.21,
    uncertaintyM: 30,
  });
  expect((await found('kenanga depan bank'))[0]).toMatchObject({ name: 'Bank Melati', kind: 'landmark' });
  await expect(found('x'.repeat(101))).rejects.toMatchObject({ kind: 'invalid' });
});

it('suggests by minutes on the road, and by the straight line where no road leads', async () => {
  const keeper = await emergency.as({ roles: ['agency-admin'], agencies: ['dinkes'] });
  const posts = { near: [-7.7509, 113.21], 'by-road': [-7.75, 113.2], nowhere: [-7.7659, 113.195] } as const;
  for (const [unitId, [lat, lng]] of Object.entries(posts))
    await keeper(PutUnit, {
      params: { unitId },
      body: {
        ...{ unitClass: 'ambulance', agency: 'dinkes', answers: 'base', capabilities: ['transport'], name: unitId },
        post: { lat, lng, words: 'pos' },
      },
    });
  const desk = await emergency.as();
  const place = { lat: -7.75, lng: 113.2145, uncertaintyM: 20, source: 'map' } as const;
  const { incidentId } = await desk(OpenIncident, { body: { kind: 'medical', place } });
  const { parts } = await desk(SuggestUnits, { params: { incidentId } });
  const seconds = parts[0]?.candidates.map(({ unitId, travelS }) => [unitId, travelS]);
  // 100 m at 25 km/h and 496 m at 45; 1,598 m at 45
  expect(seconds).toEqual([
    ['near', expect.closeTo(54, -1)],
    ['by-road', expect.closeTo(128, -1)],
    ['nowhere', undefined],
  ]);
});
