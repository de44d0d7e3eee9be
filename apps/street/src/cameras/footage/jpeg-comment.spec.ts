import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pictureIn } from '../probe/picture.ts';
import { jpegOf } from '../probe/still-server.harness.ts';
import { commented, commentsIn } from './jpeg-comment.ts';

const jpeg = jpegOf((x, y) => (x * 5 + y * 3) % 200);

it('says who was given a picture, and is the same picture', () => {
  const once = commented(jpeg, 'FOTO-1 · CCTV-007');
  const twice = commented(once, 'p1 · 22 Nov 2026');
  expect(commentsIn(jpeg)).toEqual([]);
  expect(commentsIn(twice)).toEqual(['p1 · 22 Nov 2026', 'FOTO-1 · CCTV-007']);
  expect(pictureIn(twice)).toEqual(pictureIn(jpeg));
  // what opens a JFIF file must stay first
  expect(twice.subarray(0, 4)).toEqual(jpeg.subarray(0, 4));
  expect(twice.length).toBeGreaterThan(jpeg.length);
});

it('never fails, whatever a camera calls a picture', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.string(), (bytes, comment) => {
      const made = commented(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), bytes]), comment);
      expect(made.length).toBe(7 + bytes.length + Buffer.byteLength(comment));
      expect(commentsIn(made)).toEqual(expect.any(Array));
    }),
  );
});
