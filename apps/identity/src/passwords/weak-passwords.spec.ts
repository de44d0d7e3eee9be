import { describe, expect, it } from '@jest/globals';
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
