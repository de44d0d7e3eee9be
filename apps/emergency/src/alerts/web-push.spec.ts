import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readPush } from './outside.harness.ts';
import { encrypted, newKeyPair, vapidOf } from './web-push.ts';

describe('a message', () => {
  it('is encrypted as RFC 8291 has it (its Appendix A)', () => {
    const pair = {
      publicKey: 'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8',
      privateKey: 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw',
    };
    const keys = {
      p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
      auth: 'BTBZMqHH6r4Tts7J_aSIgg',
    };
    const salt = 'DGv6ra1nlYgDCS1FRnbzlw';
    expect(encrypted('When I grow up, I want to be a watermelon', keys, { pair, salt }).toString('base64url')).toBe(
      'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
    );
  });

  it('is read by its browser only', () => {
    const [mine, another] = [newKeyPair(), newKeyPair()];
    const auth = Buffer.alloc(16, 7).toString('base64url');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), (text) => {
        const body = encrypted(text, { p256dh: mine.publicKey, auth });
        expect(readPush(body, mine, auth)).toBe(text);
        expect(() => readPush(body, another, auth)).toThrow();
      }),
      { numRuns: 50 },
    );
  });
});

it('names us to the push service by a token that our public key proves (RFC 8292)', () => {
  const nowMs = 1_800_000_000_000;
  // often enough to meet a key that begins with a zero byte
  for (let times = 0; times < 300; times += 1) {
    const pair = newKeyPair();
    const named = vapidOf('https://push.contoh.id/wpush/v2/abc', pair, { contact: 'mailto:112@contoh.id', nowMs });
    const [, head = '', claims = '', signature = '', key = ''] =
      /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(named) ?? [];
    expect(key).toBe(pair.publicKey);
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
      ...{ aud: 'https://push.contoh.id', exp: nowMs / 1000 + 43_200, sub: 'mailto:112@contoh.id' },
    });
    const point = Buffer.from(key, 'base64url');
    const [x = '', y = ''] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'));
    const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } });
    const signed = Buffer.from(`${head}.${claims}`);
    expect(
      verify('sha256', signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url')),
    ).toBe(true);
  }
});
