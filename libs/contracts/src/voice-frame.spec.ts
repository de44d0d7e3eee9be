import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeVoice, encodeVoice, LARGEST_VOICE_BYTES } from './voice-frame.ts';

const frame = fc.record({
  burst: fc.integer({ min: 0, max: 0xffffffff }),
  sequence: fc.integer({ min: 0, max: 65_535 }),
  timeMs: fc.integer({ min: 0, max: 0xffffffff }),
  isLast: fc.boolean(),
  codec: fc.constantFrom('opus' as const, 'pcm' as const),
  payload: fc.uint8Array({ maxLength: LARGEST_VOICE_BYTES - 12 }),
});

it('comes out of the wire as it went in', () => {
  fc.assert(fc.property(frame, (one) => expect(decodeVoice(encodeVoice(one))).toEqual(one)));
});

it('is never read from what it is not', () => {
  expect(decodeVoice(new Uint8Array(11))).toBeUndefined();
  expect(decodeVoice(new Uint8Array(LARGEST_VOICE_BYTES + 1).fill(1))).toBeUndefined();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const read = decodeVoice(bytes);
      if (read !== undefined) expect(encodeVoice(read)).toEqual(bytes);
    }),
  );
});

it('has the header that is written down', () => {
  const bytes = encodeVoice({
    burst: 0x01020304,
    sequence: 5,
    timeMs: 20,
    isLast: true,
    codec: 'pcm',
    payload: Uint8Array.of(9),
  });
  expect([...bytes]).toEqual([1, 3, 1, 2, 3, 4, 0, 5, 0, 0, 0, 20, 9]);
});
