import { expect, it } from '@jest/globals';
import { array, assert, property, record, string } from 'fast-check';
import { codesIn, linesOf } from './code-lines.ts';

const word = string({ minLength: 1, maxLength: 20 }).filter((text) => !/[=\n\r\u2028\u2029]/.test(text) && text.trim() === text && text !== ''); // prettier-ignore

it('reads what it has written', () => {
  assert(
    property(array(record({ code: word, meaning: word })), (codes) => {
      expect(codesIn(linesOf(codes))).toEqual(codes);
    }),
  );
});

it('names the first line that is no code, and passes over empty ones', () => {
  expect(codesIn('8-6 = dimengerti\n\n 10-2=posisi = tempat ')).toEqual([
    { code: '8-6', meaning: 'dimengerti' },
    { code: '10-2', meaning: 'posisi = tempat' },
  ]);
  expect(codesIn('8-6 = dimengerti\nbaik')).toEqual({ unread: 'baik' });
});
