import { expect, it } from '@jest/globals';
import { plainJpeg } from './plain-jpeg.ts';

const segment = (marker: number, text: string) => {
  const head = Buffer.from([0xff, marker, 0, text.length + 2]);
  return Buffer.concat([head, Buffer.from(text, 'latin1')]);
};
const start = Buffer.from('ffd8', 'hex');
const end = Buffer.from('ffd9', 'hex');
/** Drawn lines in two scans, with a stuffed 0xff and a restart in them. */
const drawn = [segment(0xda, 'a'), Buffer.from('12ff0034ffd056', 'hex'), segment(0xc4, '\xff\xd9'), segment(0xda, 'b'), Buffer.from('78', 'hex')]; // prettier-ignore
const telling = [segment(0xe1, 'Exif -7.75,113.21'), segment(0xfe, 'HP Ani'), segment(0xed, 'IPTC')];

it('keeps what is drawn, and nothing of where, by whom and what comes behind it', () => {
  const jfif = segment(0xe0, 'JFIF');
  const taken = Buffer.concat([start, jfif, ...telling, ...drawn, end, Buffer.from('film'), start, ...telling, end]);
  const plain = plainJpeg(taken, 'PTR-00000001');
  expect(plain).toEqual(Buffer.concat([start, segment(0xfe, 'PTR-00000001'), jfif, ...drawn, end]));
  expect(plainJpeg(plain, 'PTR-00000001')).toEqual(plain);
});

it('takes none that is cut off, wherever', () => {
  const whole = Buffer.concat([start, segment(0xe1, 'Exif'), ...drawn, end]);
  for (let length = 2; length < whole.length; length += 1)
    expect(() => plainJpeg(whole.subarray(0, length), 'x')).toThrow('bukan foto utuh');
});
