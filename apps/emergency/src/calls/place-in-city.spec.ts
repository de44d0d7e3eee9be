import { expect, it } from '@jest/globals';
import { borderDistanceM, destination, kelurahan, kelurahanAt, outline } from '@siaga/geo';
import fc from 'fast-check';
import { kelurahanOfCircle, placed } from './place-in-city.ts';

const inCity = fc
  .tuple(
    fc.constantFrom(...kelurahan()),
    fc.double({ min: 0, max: 360, noNaN: true }),
    fc.integer({ min: 0, max: 1500 }),
  )
  .map(([{ label }, bearingDeg, metres]) => destination(label, bearingDeg, metres));

it('names a kelurahan only when the whole circle lies in it', () => {
  let named = 0;
  fc.assert(
    fc.property(inCity, fc.integer({ min: 1, max: 400 }), (place, uncertaintyM) => {
      const code = kelurahanOfCircle(place, uncertaintyM);
      if (code === undefined) return;
      named += 1;
      for (let bearingDeg = 0; bearingDeg < 360; bearingDeg += 15) {
        // a hair inside the circle: sphere and local plane differ by millimetres
        const edge = destination(place, bearingDeg, uncertaintyM * 0.999);
        expect([code, kelurahanAt(edge)?.code]).toEqual([code, code]);
      }
    }),
    { numRuns: 200 },
  );
  expect(named).toBeGreaterThan(10);
});

it('names it up to the border, and no further', () => {
  for (const one of kelurahan()) {
    const room = borderDistanceM(one, one.label);
    expect([kelurahanOfCircle(one.label, 0), kelurahanOfCircle(one.label, room - 1)]).toEqual([one.code, one.code]);
    expect(kelurahanOfCircle(one.label, room + 1)).toBeUndefined();
  }
});

it('believes nobody about the kelurahan', () => {
  const [one] = kelurahan();
  if (one === undefined) throw new Error('no kelurahan');
  const said = { uncertaintyM: 0, source: 'map' as const, kelurahanCode: '35.74.01.9999' };
  expect(placed({ ...one.label, ...said }).kelurahanCode).toBe(one.code);
  const north = destination(outline().centroid, 0, 50_000);
  expect(placed({ ...north, ...said })).not.toHaveProperty('kelurahanCode');
});
