import { describe, expect, it } from '@jest/globals';
import { encode } from 'jpeg-js';
import { isBlack, isSame, pictureIn } from './picture.ts';
import { jpegOf } from './still-server.harness.ts';

const street = (x: number, y: number) => (x * 5 + y * 3) % 200;
const picture = (greyAt: (x: number, y: number) => number) => {
  const found = pictureIn(jpegOf(greyAt));
  if (found === undefined) throw new Error('no picture');
  return found;
};

describe('a still', () => {
  it('is black when nothing in it is brighter, and not at night with one lamp', () => {
    expect(isBlack(picture(() => 6))).toBe(true);
    expect(isBlack(picture((x, y) => (Math.hypot(x - 160, y - 90) < 12 ? 250 : 3)))).toBe(false);
    expect(isBlack(picture(street))).toBe(false);
  });

  it('is the same only as itself: one car, and the light of a minute later, make another', () => {
    expect(isSame(picture(street), picture(street))).toBe(true);
    const car = picture((x, y) => (x > 40 && x < 60 && y > 90 && y < 100 ? 240 : street(x, y)));
    expect(isSame(picture(street), car)).toBe(false);
    expect(
      isSame(
        picture(street),
        picture((x, y) => street(x, y) + 2),
      ),
    ).toBe(false);
  });

  it('that is none, is cut off at its head or is too large is not judged', () => {
    const jpeg = jpegOf(street);
    for (const bytes of [Buffer.from('not a picture at all'), jpeg.subarray(0, 60), Buffer.alloc(0)])
      expect(pictureIn(bytes)).toBeUndefined();
    const [width, height] = [2000, 1200];
    const large = encode({ data: Buffer.alloc(width * height * 4), width, height }, 20).data;
    expect(pictureIn(large)).toBeUndefined();
  });

  it('that would take many passes to decode is not begun with', () => {
    const jpeg = jpegOf(street);
    expect(pictureIn(jpeg)).toBeDefined();
    const progressive = Buffer.from(jpeg);
    progressive.writeUInt8(0xc2, jpeg.indexOf(Buffer.from([0xff, 0xc0])) + 1);
    const scans = Array.from({ length: 5 }, () => jpeg.subarray(jpeg.indexOf(Buffer.from([0xff, 0xda]))));
    for (const bytes of [progressive, Buffer.concat([jpeg, ...scans])]) expect(pictureIn(bytes)).toBeUndefined();
  });
});
