import { describe, expect, it } from '@jest/globals';
import { shiftAt } from './shift.ts';

describe('the shift that is on', () => {
  it.each([
    ['2026-11-22T05:59:59+07:00', '2026-11-21', 'malam'],
    ['2026-11-22T06:00:00+07:00', '2026-11-22', 'pagi'],
    ['2026-11-22T13:59:59+07:00', '2026-11-22', 'pagi'],
    ['2026-11-22T14:00:00+07:00', '2026-11-22', 'siang'],
    ['2026-11-22T22:00:00+07:00', '2026-11-22', 'malam'],
    ['2026-11-23T00:00:00+07:00', '2026-11-22', 'malam'],
  ])('at %s is that of %s, %s', (at, day, shift) => {
    expect(shiftAt(Date.parse(at), 'Asia/Jakarta')).toMatchObject({ day, shift });
  });
});
