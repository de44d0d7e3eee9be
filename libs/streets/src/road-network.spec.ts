import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mostKept, RoadNetwork } from './road-network.ts';
import type { Roads } from './roads.ts';

/** A kilometre apart: nobody stands at two of them. */
const placeOf = (vertex: number) => ({ lat: -8 + vertex / 100, lng: 113 });
const network = (count: number, pieces: number[]): Roads => ({
  places: Array.from({ length: count }, (_, vertex) => [Math.round(placeOf(vertex).lat * 1e5), 113e5]).flat(),
  pieces,
});

it('finds the shortest time, as trying everything does', () => {
  const count = 7;
  const vertex = fc.nat(count - 1);
  const time = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 100_000 }));
  const further = fc.array(fc.tuple(vertex, vertex, time, time), { maxLength: 20 });
  // all hang together, though perhaps in one direction only
  const chain = fc.tuple(
    ...Array.from({ length: count - 1 }, () => fc.tuple(fc.integer({ min: 1, max: 100_000 }), time)),
  );
  fc.assert(
    fc.property(chain, further, (links, more) => {
      const all = [...links.map(([there, back], at) => [at, at + 1, there, back] as const), ...more];
      const roads = new RoadNetwork(network(count, all.flat()));
      const times = Array.from({ length: count }, (_, from) => Array.from({ length: count }, (_, to) => (from === to ? 0 : Infinity))); // prettier-ignore
      const shorter = (from: number, to: number, ms: number) => {
        const row = times[from] ?? [];
        row[to] = Math.min(row[to] ?? Infinity, ms);
      };
      for (const [one, other, there, back] of all) {
        if (there > 0) shorter(one, other, there);
        if (back > 0) shorter(other, one, back);
      }
      for (let over = 0; over < count; over += 1)
        for (let from = 0; from < count; from += 1)
          for (let to = 0; to < count; to += 1)
            shorter(from, to, (times[from]?.[over] ?? Infinity) + (times[over]?.[to] ?? Infinity));
      for (let to = 0; to < count; to += 1) {
        const secondsFrom = roads.to(placeOf(to));
        for (let from = 0; from < count; from += 1)
          expect((secondsFrom(placeOf(from)) ?? Infinity) * 1000).toBeCloseTo(times[from]?.[to] ?? Infinity, 3);
      }
    }),
  );
});

it('an island without a road to the rest is none of it', () => {
  const roads = new RoadNetwork(network(5, [0, 1, 1000, 1000, 1, 2, 1000, 1000, 3, 4, 1000, 1000]));
  expect(roads.to(placeOf(3))(placeOf(4))).toBeUndefined();
  expect(roads.to(placeOf(0))(placeOf(2))).toBe(2);
});

it('keeps times to as many places as a bad day has, within 64 MB whatever was imported', () => {
  expect([mostKept(0), mostKept(40_000), mostKept(1_000_000), mostKept(100_000_000)]).toEqual([64, 64, 8, 1]);
});
