import { expect, it } from '@jest/globals';
import { fits, hasPatients } from './patients.ts';

it('asks about patients where there may be some: by the kind, by what was said, or as long as nobody knows', () => {
  expect([hasPatients({}), hasPatients({ kind: 'medical' }), hasPatients({ kind: 'animal' })]).toEqual([
    true,
    true,
    false,
  ]);
  expect([hasPatients({ kind: 'animal', victims: 1 }), hasPatients({ kind: 'animal', tag: 'green' })]).toEqual([
    true,
    true,
  ]);
});

it('offers no hospital for a wasp nest', () => {
  expect(
    (['on-scene', 'at-hospital', 'transported', 'handled'] as const).map((one) => fits(one, { kind: 'animal' })),
  ).toEqual([...[true, false, false, true]]);
  expect(fits('at-hospital', { kind: 'medical' })).toBe(true);
});
