import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newUserCode, readUserCode, spelled } from './user-code.ts';

it('is eight letters that look like nothing else', () => {
  for (let index = 0; index < 200; index += 1) expect(newUserCode()).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{8}$/);
});

it('is read however it is typed', () => {
  expect(spelled('WDJBMJHT')).toBe('WDJB-MJHT');
  for (const typed of ['WDJB-MJHT', 'wdjb-mjht', 'WdjbMjht', ' wdjb mjht ', 'WDJB–MJHT'])
    expect(readUserCode(typed)).toBe('WDJBMJHT');
});

it('what is none is none', () => {
  for (const typed of ['', 'WDJB-MJH', 'WDJB-MJHTT', 'WDJB-MJHA', 'WDJB-MJH1', '😀😀😀😀😀😀😀😀'])
    expect(readUserCode(typed)).toBeUndefined();
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), (typed) => {
      const read = readUserCode(typed);
      if (read !== undefined) expect(readUserCode(spelled(read))).toBe(read);
    }),
  );
});
