import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { areaContains } from './bounds.ts';
import { areaOfTile, tileName, tileOf, tilesOf } from './tiles.ts';

const place = fc.record({
  lat: fc.double({ min: -85, max: 85, noNaN: true }),
  lng: fc.double({ min: -180, max: 179.999, noNaN: true }),
});
const zoom = fc.integer({ min: 0, max: 20 });

describe('tiles', () => {
  it('are numbered as every map numbers them', () => {
    expect(tileName(tileOf({ lat: -7.7447, lng: 113.216 }, 14))).toBe('14/13344/8545');
    expect(tileName(tileOf({ lat: 51.5074, lng: -0.1278 }, 12))).toBe('12/2046/1362');
  });

  it('hold the places they are asked for', () => {
    fc.assert(
      fc.property(place, zoom, (at, z) => {
        const area = areaOfTile(tileOf(at, z));
        const slack = 1e-9;
        const wider = {
          south: area.south - slack,
          west: area.west - slack,
          north: area.north + slack,
          east: area.east + slack,
        };
        expect(areaContains(wider, at)).toBe(true);
      }),
    );
  });

  it('of an area include the tile of every place in it', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const area = { south: -7.8202, west: 113.1629, north: -7.7222, east: 113.2425 };
    fc.assert(
      fc.property(share, share, fc.integer({ min: 8, max: 15 }), (up, right, z) => {
        const at = {
          lat: area.south + up * (area.north - area.south),
          lng: area.west + right * (area.east - area.west),
        };
        expect(tilesOf(area, z).map(tileName)).toContain(tileName(tileOf(at, z)));
      }),
    );
  });
});
