import { describe, expect, it } from '@jest/globals';
import { waitMs } from './back-off.ts';
import { isWeak } from './weak-passwords.ts';

describe('a password', () => {
  it.each([
    'password1234',
    'Password-1234!',
    'bismillah123',
    'probolinggo1',
    'siagasiagasiaga',
    'aaaaaaaaaaaa',
    '3574012345670001',
    '+62 812-3456-7890',
    'budi_santoso99',
    'BudiBudiBudi',
  ])('that is among the first guessed is weak: %s', (password) => {
    expect(isWeak(password, ['budi.santoso', 'Budi'])).toBe(true);
  });

  it.each([
    'kursi biru di serambi',
    'password kucing tetangga',
    'budi suka ikan asin',
    '!!??!!??!!??',
    '三十六計走為上計三十',
  ])('of a few words is not: %s', (password) => {
    expect(isWeak(password, ['budi.santoso', 'Budi'])).toBe(false);
  });
});

it('the wait after failures begins with the fifth, doubles and ends at a quarter of an hour', () => {
  expect([0, 1, 4, 5, 6, 7, 10, 14, 15, 1000].map(waitMs)).toEqual([
    0, 0, 0, 1000, 2000, 4000, 32_000, 512_000, 900_000, 900_000,
  ]);
});
