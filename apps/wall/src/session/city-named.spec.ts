import { expect, it } from '@jest/globals';
import { cityIn } from './city-named.ts';

it.each([
  ['?kota=3573', '3573'],
  ['?distance=5&kota=3573', '3573'],
  ['?kota=', undefined],
  ['?kota=3573/..', undefined],
  ['', undefined],
])('the city an address asks for: %s', (search, city) => {
  expect(cityIn.search(search)).toBe(city);
});

it('the city of a one-time link; links of older releases name none', () => {
  expect(cityIn.token('3573.q8-_Z')).toBe('3573');
  expect(cityIn.token('q8-_Z')).toBeUndefined();
});
