import { describe, expect, it } from '@jest/globals';
import { wayInOf } from './way-in.ts';

describe('what an address asks of the entrance', () => {
  it.each([
    ['', { to: 'sign-in' }],
    ['#', { to: 'sign-in' }],
    ['#undangan=', { to: 'sign-in' }],
    ['#undangan=q8-_Z', { to: 'invitation', token: 'q8-_Z' }],
    ['#pasangkan', { to: 'pairing' }],
  ])('%s', (hash, way) => {
    expect(wayInOf(hash)).toEqual(way);
  });
});
