import { expect, it } from '@jest/globals';
import { numberKeyOf } from './number-key.ts';

it('knows a number however it is dialled, and leaves those of services as they are', () => {
  expect(['+6281234567890', '6281234567890', '081234567890'].map(numberKeyOf)).toEqual(
    Array.from({ length: 3 }, () => '081234567890'),
  );
  expect(['0335421112', '+62335421112'].map(numberKeyOf)).toEqual(['0335421112', '0335421112']);
  expect(['119', '62', '+6531234567'].map(numberKeyOf)).toEqual(['119', '62', '6531234567']);
});
