import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Seal } from './seal.ts';

const secretOf = (letter: string) => letter.repeat(40);

describe('a seal', () => {
  it('opens what it sealed, for what it was sealed, and shows nothing of it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4 }), fc.string(), fc.string(), (text, boundTo, other) => {
        const seal = new Seal([secretOf('a')]);
        const sealed = seal.seal(text, boundTo);
        expect(seal.open(sealed, boundTo)).toBe(text);
        expect(seal.seal(text, boundTo)).not.toBe(sealed);
        expect(Buffer.from(sealed.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain(text);
        if (other !== boundTo) expect(seal.open(sealed, other)).toBeUndefined();
      }),
    );
  });

  it('opens what the secret before it sealed, which is to be sealed again; a third one opens nothing', () => {
    const sealed = new Seal([secretOf('a')]).seal('rahasia', 'CCTV-1');
    const rotated = new Seal([secretOf('b'), secretOf('a')]);
    expect(rotated.open(sealed, 'CCTV-1')).toBe('rahasia');
    expect(rotated.isOld(sealed)).toBe(true);
    const again = rotated.seal('rahasia', 'CCTV-1');
    expect(rotated.isOld(again)).toBe(false);
    expect(new Seal([secretOf('b')]).open(again, 'CCTV-1')).toBe('rahasia');
    expect(new Seal([secretOf('c')]).open(sealed, 'CCTV-1')).toBeUndefined();
  });

  it('opens nothing that was touched', () => {
    const seal = new Seal([secretOf('a')]);
    const sealed = seal.seal('rahasia', 'CCTV-1');
    const last = sealed.endsWith('A') ? 'B' : 'A';
    for (const touched of [
      '',
      'x',
      sealed.slice(0, 40),
      `2${sealed.slice(1)}`,
      `${sealed.slice(0, -4)}${last}${sealed.slice(-3)}`,
    ])
      // prettier-ignore
      expect(seal.open(touched, 'CCTV-1')).toBeUndefined();
  });
});
