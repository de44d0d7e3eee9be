import { describe, expect, it } from '@jest/globals';
import { distanceM } from '@siaga/geo';
import fc from 'fast-check';
import { PlaceGrid } from './place-grid.ts';

const place = fc.record({
  lat: fc.double({ min: -7.85, max: -7.7, noNaN: true }),
  lng: fc.double({ min: 113.1, max: 113.3, noNaN: true }),
});

describe('a grid of places', () => {
  it('finds what looking at everything finds, however things moved', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(30).map(String), fc.option(place, { nil: undefined })), { maxLength: 80 }),
        place,
        fc.double({ min: 0, max: 20_000, noNaN: true }),
        (moves, centre, radiusM) => {
          const grid = new PlaceGrid();
          const places = new Map<string, { lat: number; lng: number }>();
          for (const [key, at] of moves) {
            grid.put(key, at);
            if (at === undefined) places.delete(key);
            else places.set(key, at);
          }
          const within = [...places].filter(([, at]) => distanceM(centre, at) <= radiusM).map(([key]) => key);
          const found = grid.near(centre, radiusM);
          expect([...found].sort()).toEqual(within.sort());
          const metres = found.map((key) => distanceM(centre, places.get(key) ?? centre));
          expect(metres).toEqual([...metres].sort((a, b) => a - b));
        },
      ),
    );
  });
});
