import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isLaneName, wordsOf, wordsSought } from './names.ts';

describe('a name is compared', () => {
  it('without its kind and titles, in one spelling', () => {
    expect(wordsOf('Jl. KH Abdurrahman Wahid')).toEqual(['abdurahman', 'wahid']);
    expect(wordsOf('jln dr. moch. saleh')).toEqual(wordsOf('Jalan Mohamad Saleh'));
    expect(wordsOf('Jalan Soekarno–Hatta')).toEqual(wordsOf('sukarno hatta'));
    expect(wordsOf('Djuanda')).toEqual(wordsOf('juanda'));
    expect([wordsOf('Gg. III'), wordsOf('gang 3'), wordsOf('GG03')]).toEqual(Array(3).fill(['gang', '3']));
  });

  it('whole, if nothing else were left', () => {
    expect(wordsOf('Jl. Dr.')).toEqual(['jl', 'dr']);
    expect(wordsSought('depan')).toEqual(['depan']);
  });

  it('without how somebody stands to it', () => {
    expect(wordsSought('suroyo depan bri')).toEqual(['suroyo', 'bri']);
    expect(wordsSought('di perempatan jl. Suroyo')).toEqual(['suroyo']);
  });

  it('a gang says so first', () => {
    expect([isLaneName('Gg. Mawar'), isLaneName('Gang 3'), isLaneName('Jl. Gang Besar')]).toEqual([true, true, false]);
  });

  it('whatever is typed: words of letters and digits, and something for something', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const words = wordsOf(text);
        expect(words.every((word) => /^[a-z0-9]+$/.test(word))).toBe(true);
        expect(words.length > 0).toBe(/[a-z0-9]/.test(text.normalize('NFD').toLowerCase()));
        expect(wordsSought(text).length > 0).toBe(words.length > 0);
      }),
    );
  });
});
