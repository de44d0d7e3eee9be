import { expect, it } from '@jest/globals';
import { fullWith, MOST_CLIP_BYTES, MOST_CLIPS } from './clip-room.ts';

const held = (count: number, bytes?: number) => Array.from({ length: count }, () => ({ bytes }));

it('a city keeps a number of clips and of bytes; one on its way counts as the largest there is', () => {
  expect(fullWith([])).toBeUndefined();
  expect(fullWith(held(MOST_CLIPS - 1, 1000))).toBeUndefined();
  expect(fullWith(held(MOST_CLIPS, 1000))).toMatchObject({ kind: 'conflict', message: expect.stringContaining('hapus') }); // prettier-ignore
  const fitting = Math.floor((20 * 1024 ** 3) / MOST_CLIP_BYTES);
  for (const bytes of [undefined, MOST_CLIP_BYTES]) {
    expect(fullWith(held(fitting - 1, bytes))).toBeUndefined();
    expect(fullWith(held(fitting, bytes))).toMatchObject({ kind: 'conflict' });
  }
});
