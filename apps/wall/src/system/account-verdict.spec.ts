import { expect, it } from '@jest/globals';
import { verdictOnAccount } from './account-verdict.ts';

const account = { inLog: 0, applied: 0, missed: [], sinceMs: 0, checkedAtMs: 0, complete: true };

it.each([
  ['events that did not reach the screen', { inLog: 5, applied: 4, complete: false }, 'missed'],
  ['events that all did', { inLog: 5, applied: 5 }, 'whole'],
  ['a quiet log', {}, 'nothing-yet'],
  ['a session of which nothing can be compared', { complete: false }, 'unknown'],
])('the account of %s', (_, change, verdict) => {
  expect(verdictOnAccount({ ...account, ...change })).toBe(verdict);
});
