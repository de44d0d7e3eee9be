import { Fault, type WorkPhoto } from '@siaga/contracts';

/** Two megabytes: a telephone's picture, made smaller by the page that sends it. */
export const MOST_PHOTO_BYTES = 2 * 1024 * 1024;

/**
 * What a picture really is, by its first bytes and its end, whatever it was called: jpeg (ITU-T T.81), png (ISO 15948),
 * webp (RFC 9649). Throws `invalid` for anything else, also for one that was cut off, and `too-large`.
 */
export function pictureTypeOf(content: Buffer): WorkPhoto['contentType'] {
  if (content.length > MOST_PHOTO_BYTES)
    throw new Fault('too-large', 'foto paling besar 2 MB · a photo has at most 2 MB');
  if (isJpeg(content)) return 'image/jpeg';
  if (isPng(content)) return 'image/png';
  if (isWebp(content)) return 'image/webp';
  throw new Fault('invalid', 'bukan foto utuh: kirim JPEG, PNG, atau WebP · no whole picture: send jpeg, png or webp');
}

const startsWith = (content: Buffer, hex: string) => content.subarray(0, hex.length / 2).toString('hex') === hex;

/** Some telephones add bytes of their own after the end of the picture. */
const isJpeg = (content: Buffer) => startsWith(content, 'ffd8ff') && content.includes(Buffer.from('ffd9', 'hex'), 4);

const isPng = (content: Buffer) => startsWith(content, '89504e470d0a1a0a') && content.includes('IEND', 8, 'latin1');

function isWebp(content: Buffer): boolean {
  if (content.length < 16 || content.toString('latin1', 0, 4) !== 'RIFF') return false;
  return content.toString('latin1', 8, 12) === 'WEBP' && content.readUInt32LE(4) + 8 <= content.length;
}
