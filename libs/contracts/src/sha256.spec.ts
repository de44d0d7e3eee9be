import { createHash, randomBytes } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { sha256 } from './sha256.ts';

it('is what everybody else calls SHA-256, at every length around a block', () => {
  for (let length = 0; length < 300; length += 1) {
    const message = randomBytes(length);
    expect(Buffer.from(sha256(message)).toString('hex')).toBe(createHash('sha256').update(message).digest('hex'));
  }
});
