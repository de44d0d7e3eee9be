import { expect, it } from '@jest/globals';
import { TelephoneNumber } from '@siaga/contracts';
import fc from 'fast-check';
import { digitsOf } from './digits-of.ts';

it('reads a number however it is broken up', () => {
  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 12 });
  const gap = fc.constantFrom('', ' ', '-', '.', ') ', ' (');
  fc.assert(
    fc.property(digits, fc.array(gap, { minLength: 12, maxLength: 12 }), (number, gaps) => {
      const plain = `0${number.join('')}`;
      const written = `0${number.map((digit, at) => `${gaps[at] ?? ''}${String(digit)}`).join('')}`;
      expect(digitsOf(written)).toBe(plain);
    }),
  );
  expect(TelephoneNumber.safeParse(digitsOf('+62 812-3456 789')).success).toBe(true);
});
