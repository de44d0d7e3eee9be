import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rangeIn } from './byte-range.ts';

it.each([
  ['bytes=0-', { first: 0, last: 99 }],
  ['bytes=10-19', { first: 10, last: 19 }],
  ['bytes=90-400', { first: 90, last: 99 }],
  ['bytes=-30', { first: 70, last: 99 }],
  ['bytes=-400', { first: 0, last: 99 }],
  ['bytes=100-', undefined],
  ['bytes=20-10', undefined],
  ['bytes=-0', undefined],
  ['bytes=0-9,20-29', undefined],
  ['bytes=-', undefined],
  ['lines=1-2', undefined],
  [undefined, undefined],
])('%s of a hundred bytes', (header, range) => {
  expect(rangeIn(header, 100)).toEqual(range);
});

it('never leaves the file, whatever is asked', () => {
  const end = fc.oneof(fc.constant(''), fc.nat().map(String));
  fc.assert(
    fc.property(end, end, fc.nat(1000), (from, to, bytes) => {
      const { first = 0, last = 0 } = rangeIn(`bytes=${from}-${to}`, bytes) ?? {};
      expect(first >= 0 && first <= last && last <= Math.max(0, bytes - 1)).toBe(true);
    }),
  );
});
