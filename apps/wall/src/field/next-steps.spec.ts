import { expect, it } from '@jest/globals';
import { stepsAhead } from './next-steps.ts';

it('leads a crew with a patient by the hospital, and one at a wasp nest straight to the end', () => {
  expect(stepsAhead('accepted', 'traffic-accident')).toEqual([
    ...['en-route', 'on-scene', 'patient-contact', 'leaving-scene', 'at-hospital', 'handed-over', 'clear'],
  ]);
  expect(stepsAhead('on-scene', 'animal')).toEqual(['clear']);
  expect(stepsAhead('at-hospital', 'medical')).toEqual(['handed-over', 'clear']);
});

it('leads nowhere after an end', () => {
  expect((['declined', 'cancelled', 'diverted', 'clear'] as const).map((end) => stepsAhead(end, 'medical'))).toEqual([
    ...[[], [], [], []],
  ]);
});
