import { describe, expect, it } from '@jest/globals';
import { MOST_PHOTO_BYTES, pictureTypeOf } from './picture.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const jpeg = Buffer.from('ffd8ffe000104a464946000101000001000100000102ffd9', 'hex');
const webp = Buffer.concat([Buffer.from('RIFF'), Buffer.from([12, 0, 0, 0]), Buffer.from('WEBPVP8 abcd')]);

describe('a picture', () => {
  it('is told by its content', () => {
    expect([png, jpeg, webp].map(pictureTypeOf)).toEqual(['image/png', 'image/jpeg', 'image/webp']);
  });

  it.each([
    ['a page that calls itself one', Buffer.from('<html><script>alert(1)</script></html>')],
    ['a jpeg that was cut off', jpeg.subarray(0, 20)],
    ['a png that was cut off', png.subarray(0, 40)],
    ['a webp that was cut off', webp.subarray(0, 17)],
    ['nothing', Buffer.alloc(0)],
  ])('is not %s', (_, content) => {
    expect(() => pictureTypeOf(content)).toThrow('bukan foto utuh');
  });

  it('has at most 2 MB', () => {
    expect(() => pictureTypeOf(Buffer.concat([jpeg, Buffer.alloc(MOST_PHOTO_BYTES)]))).toThrow('2 MB');
  });
});
