import { expect, it } from '@jest/globals';
import { extended } from './uncovered.ts';

const now = 1_000_000;
const minute = 60_000;

it('uncovers what is asked for, for as long as is asked', () => {
  expect(extended(undefined, { classes: ['personal', 'personal'], minutes: 5, revealId: 'r1' }, now)).toEqual({
    classes: ['personal'],
    untilMs: now + 5 * minute,
    revealId: 'r1',
  });
});

it('extends what is still uncovered, and shortens nothing', () => {
  const running = { classes: ['personal' as const], untilMs: now + 10 * minute, revealId: 'r1' };
  expect(extended(running, { classes: ['health'], minutes: 1, revealId: 'r2' }, now)).toEqual({
    classes: ['personal', 'health'],
    untilMs: now + 10 * minute,
    revealId: 'r2',
  });
  expect(extended(running, { classes: ['personal'], minutes: 15, revealId: 'r2' }, now)).toEqual({
    classes: ['personal'],
    untilMs: now + 15 * minute,
    revealId: 'r2',
  });
});

it('what has ended is not uncovered again', () => {
  const over = { classes: ['health' as const], untilMs: now };
  expect(extended(over, { classes: ['personal'], minutes: 1, revealId: 'r2' }, now).classes).toEqual(['personal']);
});
