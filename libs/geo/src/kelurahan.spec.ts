import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { boundsOf } from './bounds.ts';
import { moduleOf } from './data/generate.ts';
import { borderDistanceM, kecamatan, kelurahan, kelurahanAt, outline, type Territory } from './kelurahan.ts';
import { polygonsContain, ringAreaM2 } from './polygon.ts';

const areaM2 = (territory: Territory) => territory.polygons.flat().reduce((sum, ring) => sum + ringAreaM2(ring), 0);
const area = boundsOf(outline().polygons.flat(2));
if (area === undefined) throw new Error('the outline is empty');
const somewhere = fc.record({
  lat: fc.double({ min: area.south - 0.01, max: area.north + 0.01, noNaN: true }),
  lng: fc.double({ min: area.west - 0.01, max: area.east + 0.01, noNaN: true }),
});

describe('the data module', () => {
  it('says exactly what the GeoJSON file says', () => {
    const read = (name: string) => readFileSync(new URL(`data/${name}`, import.meta.url), 'utf8');
    expect(read('kelurahan-3574.ts')).toBe(moduleOf('kelurahan-3574.geojson', read('kelurahan-3574.geojson')));
  });
});

describe('kelurahan', () => {
  it('are the 29 of Kota Probolinggo, by code', () => {
    expect(kelurahan()).toHaveLength(29);
    expect(kelurahan().map(({ code }) => code)).toEqual(
      kelurahan()
        .map(({ code }) => code)
        .toSorted(),
    );
    expect(kelurahan()[0]).toMatchObject({
      code: '35.74.01.1001',
      name: 'Ketapang',
      kecamatan: 'Kademangan',
      kecamatanCode: '35.74.01',
    });
  });

  it('carry a label inside themselves', () => {
    for (const one of kelurahan()) expect(polygonsContain(one.polygons, one.label)).toBe(true);
  });

  it('have the centroids the survey of the city gives', () => {
    const pilang = kelurahan().find(({ name }) => name === 'Pilang');
    expect(pilang?.centroid.lat).toBeCloseTo(-7.75508, 4);
    expect(pilang?.centroid.lng).toBeCloseTo(113.19097, 4);
  });
});

describe('kecamatan and outline', () => {
  it('are five, one of them in two parts', () => {
    expect(kecamatan().map(({ code, name, polygons }) => [code, name, polygons.length])).toEqual([
      ['35.74.01', 'Kademangan', 1],
      ['35.74.02', 'Wonoasih', 1],
      ['35.74.03', 'Mayangan', 1],
      ['35.74.04', 'Kanigaran', 1],
      ['35.74.05', 'Kedopok', 2],
    ]);
  });

  it('cover what their kelurahan cover, within the slivers', () => {
    const whole = kelurahan().reduce((sum, one) => sum + areaM2(one), 0);
    const parts = kecamatan().reduce((sum, one) => sum + areaM2(one), 0);
    expect(parts / whole).toBeCloseTo(1, 3);
    expect(areaM2(outline()) / whole).toBeCloseTo(1, 3);
    expect(outline().polygons).toHaveLength(1);
  });

  it('have rings that never touch themselves at a vertex', () => {
    for (const ring of [...kecamatan(), outline()].flatMap(({ polygons }) => polygons.flat())) {
      expect(new Set(ring.map(({ lat, lng }) => `${String(lat)},${String(lng)}`)).size).toBe(ring.length);
    }
  });
});

describe('kelurahanAt', () => {
  it('knows where the hospital is', () => {
    expect(kelurahanAt({ lat: -7.745126, lng: 113.210576 })?.name).toBe('Sukabumi');
    expect(kelurahanAt({ lat: -7.765687, lng: 113.175531 })?.name).toBe('Triwung Lor');
  });

  it('is undefined at sea and in the Kabupaten', () => {
    expect(kelurahanAt({ lat: -7.71, lng: 113.22 })).toBeUndefined();
    expect(kelurahanAt({ lat: -7.85, lng: 113.21 })).toBeUndefined();
  });

  it('names a kelurahan exactly for the places inside the city, and its kecamatan holds the place too', () => {
    fc.assert(
      fc.property(somewhere, (place) => {
        const found = kelurahanAt(place);
        const inCity = polygonsContain(outline().polygons, place);
        const nearBorder = (territory: Territory) => borderDistanceM(territory, place) < 60;
        expect(found !== undefined || !inCity).toBe(true);
        expect(inCity || found === undefined || nearBorder(outline())).toBe(true);
        if (found === undefined) return;
        const above = kecamatan().find(({ code }) => code === found.kecamatanCode);
        expect(above !== undefined && (polygonsContain(above.polygons, place) || nearBorder(above))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
