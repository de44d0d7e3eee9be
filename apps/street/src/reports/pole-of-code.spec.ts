import { expect, it } from '@jest/globals';
import { LampId } from '@siaga/contracts';
import { poleOfCode } from './pole-of-code.ts';

const served = { city: '3574', cities: ['3574', '3573'] };

it('a pole is of the city that its code names', () => {
  expect(poleOfCode({ city: '3573', lampId: 'PJU-1' }, served)).toEqual({ city: '3573', lampId: 'PJU-1' });
});

it('a pole of a city that is not here is an unknown one at home, never the home city’s of the same name', () => {
  expect(poleOfCode({ city: '3578', lampId: 'PJU-1' }, served)).toEqual({ city: '3574', lampId: '3578.PJU-1' });
  const { lampId } = poleOfCode({ city: '3578', lampId: 'L'.repeat(40) }, served);
  expect(LampId.parse(lampId)).toBe(lampId);
});
