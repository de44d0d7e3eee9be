import { describe, expect, it } from '@jest/globals';
import { places } from './gazetteer.ts';
import { asGeoJson } from './geo-json.ts';
import { kecamatan, kelurahan, kelurahanAt, outline } from './kelurahan.ts';
import { ringAreaM2 } from './polygon.ts';

describe('places', () => {
  it('lie in the city and have their own ids', () => {
    expect(places().filter((place) => kelurahanAt(place) === undefined)).toEqual([]);
    expect(new Set(places().map(({ id }) => id)).size).toBe(places().length);
  });

  it('say which positions are guesses', () => {
    expect(
      places()
        .filter(({ approximate }) => !approximate)
        .map(({ id }) => id),
    ).toEqual(['rsud-moh-saleh', 'stasiun', 'terminal-bayuangga']);
  });
});

describe('asGeoJson', () => {
  it('closes rings, puts longitude first and keeps outer rings counter-clockwise', () => {
    for (const { geometry } of asGeoJson([...kelurahan(), ...kecamatan(), outline()]).features) {
      for (const ring of geometry.coordinates.flat()) {
        expect(ring.at(0)).toEqual(ring.at(-1));
        const places = ring.slice(1).map(([lng = NaN, lat = NaN]) => ({ lat, lng }));
        expect(ringAreaM2(places)).toBeGreaterThan(0);
        expect(places.every(({ lat, lng }) => lat < 0 && lng > 100)).toBe(true);
      }
    }
  });

  it('keeps names and codes as properties', () => {
    expect(asGeoJson(kelurahan()).features[0]).toMatchObject({
      id: '35.74.01.1001',
      properties: { code: '35.74.01.1001', name: 'Ketapang', kecamatan: 'Kademangan' },
    });
    expect(asGeoJson(places()).features[0]).toMatchObject({
      id: 'rsud-moh-saleh',
      properties: { name: 'RSUD dr. Mohamad Saleh', kind: 'hospital', approximate: false },
      geometry: { type: 'Point', coordinates: [113.210576, -7.745126] },
    });
  });
});
