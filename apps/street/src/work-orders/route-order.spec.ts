import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inRouteOrder, lengthM } from './route-order.ts';

const stop = fc
  .record({
    lat: fc.double({ min: -7.8, max: -7.7, noNaN: true }),
    lng: fc.double({ min: 113.15, max: 113.25, noNaN: true }),
  })
  .map((place) => ({ place }));

/** Whether some part of the way, turned round, makes it shorter. */
const isTangled = (way: readonly { place: { lat: number; lng: number } }[]) =>
  way.some((_, from) =>
    way.slice(from + 1).some((__, more) => {
      const to = from + 2 + more;
      const turned = [...way.slice(0, from), ...way.slice(from, to).toReversed(), ...way.slice(to)];
      return lengthM(turned) < lengthM(way) - 1;
    }),
  );

it('keeps every stop once, and goes no way that is shorter with a part of it turned round', () => {
  fc.assert(
    fc.property(fc.array(stop, { maxLength: 15 }), (stops) => {
      const way = inRouteOrder(stops);
      expect(new Set(way)).toEqual(new Set(stops));
      expect(way).toHaveLength(stops.length);
      expect(isTangled(way)).toBe(false);
    }),
    { numRuns: 50 },
  );
});

it('goes along a road from one end to the other, however it was told', () => {
  const road = Array.from({ length: 12 }, (_, at) => ({ place: { lat: -7.75, lng: 113.2 + at / 1000 }, at }));
  const told = [5, 0, 11, 3, 8, 1, 10, 2, 7, 4, 9, 6].map((at) => road[at]).filter((one) => one !== undefined);
  const way = inRouteOrder(told).map(({ at }) => at);
  const forwards = road.map(({ at }) => at);
  expect([forwards, forwards.toReversed()]).toContainEqual(way);
  expect(lengthM(inRouteOrder(told))).toBeCloseTo(lengthM(road), 3);
});

it('what has no place comes last', () => {
  const [nowhere, here, there] = [{ place: undefined }, { place: { lat: 0, lng: 0 } }, { place: { lat: 0, lng: 1 } }];
  expect(inRouteOrder([nowhere, here, there]).at(-1)).toBe(nowhere);
});
