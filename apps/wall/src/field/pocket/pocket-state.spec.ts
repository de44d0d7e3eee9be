import { expect, it } from '@jest/globals';
import { pocketOf } from './pocket-state.ts';

const fine = { isSecure: true, hasPush: true, isApple: false, permission: 'granted', isSubscribed: true } as const;

it.each([
  ['on', fine],
  ['off', { ...fine, isSubscribed: false }],
  ['off', { ...fine, permission: 'default', isSubscribed: false }],
  // somebody took it back in the browser: what was subscribed rings no more
  ['off', { ...fine, permission: 'default' }],
  ['refused', { ...fine, permission: 'denied' }],
  ['unsupported', { ...fine, hasPush: false }],
  ['install-first', { ...fine, hasPush: false, isApple: true }],
  ['insecure', { ...fine, isSecure: false, hasPush: false }],
] as const)('is %s', (pocket, facts) => {
  expect(pocketOf(facts)).toBe(pocket);
});
