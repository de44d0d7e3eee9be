import { expect, it } from '@jest/globals';
import { reliabilityPage } from './report.ts';
import type { Outcome } from './scene.ts';

const outcome: Outcome = {
  on: 'the embedded engine',
  scene: 'any process dies',
  seed: '42',
  faults: { 'kill -9 of waste': 3 },
  endings: { ok: 1200, refused: 7, unknown: 2 },
  events: 1100,
  applied: 4400,
  screens: 4,
  recoveries: [900, 2100, 8400].map((ms) => ({ kind: 'kill -9 of waste', ms })),
  settledMs: 120,
  findings: [],
};

it('adds up what was done, by scene and by fault', () => {
  const page = reliabilityPage([outcome, { ...outcome, faults: { 'kill -9 of gateway': 1 }, recoveries: [] }], []);
  expect(page).toContain('4 faults, 2,418 operations, 8,800 events applied by screens, and no promise was broken');
  expect(page).toContain('| any process dies | 4 | 2,400 | 14 | 4 | 2,200 | 8,800 | 8.4 | 120 | yes |');
  expect(page).toContain('| kill -9 of gateway | 1 | – | – |\n| kill -9 of waste | 3 | 2.1 | 8.4 |');
});

it('is the same page whatever the order of the results', () => {
  const other = { ...outcome, on: 'Kafka', scene: 'the broker dies' };
  expect(reliabilityPage([other, outcome], [])).toBe(reliabilityPage([outcome, other], []));
});

it('shows a promise that was broken', () => {
  const page = reliabilityPage([{ ...outcome, findings: [{ broken: 'lost', says: 'fix 7 is nowhere' }] }], []);
  expect(page).toContain('| **no** |');
  expect(page).toContain('- **lost**, on the embedded engine, any process dies: fix 7 is nowhere');
});

it('says what was not run', () => {
  const plan = { on: 'the embedded engine', scenes: ['any process dies', 'the machine loses power'], isLong: false };
  const page = reliabilityPage([outcome], [plan]);
  expect(page).toContain('- Nothing on Kafka.\n');
  expect(page).toContain('- On the embedded engine: the machine loses power.\n');
  expect(page).toContain('- On the embedded engine all faults were short and few');
});
