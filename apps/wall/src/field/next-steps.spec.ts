import { expect, it } from '@jest/globals';
import { furthest, stepsAhead } from './next-steps.ts';

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

it('is as far as the furthest word, whoever said it', () => {
  expect(furthest('dispatched', ['accepted'])).toBe('accepted');
  expect(furthest('on-scene', ['accepted', 'en-route'])).toBe('on-scene');
  expect(furthest('cancelled', ['on-scene'])).toBe('cancelled');
  expect(furthest('accepted', [])).toBe('accepted');
});
