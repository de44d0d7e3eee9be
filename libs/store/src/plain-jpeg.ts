import { Fault } from '@siaga/contracts';

/** Segments that say how the picture is drawn, beside the tables: JFIF, and Adobe's of colour. ITU-T T.81 B.1.1.3. */
const DRAWN_BY: ReadonlySet<number> = new Set([0xe0, 0xee]);
const [START_OF_SCAN, END_OF_IMAGE, COMMENT] = [0xda, 0xd9, 0xfe];

/**
 * A jpeg without what a telephone writes into and behind it: where it was taken and by which telephone (EXIF), small copies,
 * a film of the second before. `comment`, ASCII, is written into it instead. Throws `invalid` for one that is not whole.
 */
export function plainJpeg(content: Buffer, comment: string): Buffer {
  const parts = [Buffer.from('ffd8', 'hex'), commentOf(comment)];
  for (let at = 2; ;) {
    const marker = content[at + 1];
    if (content[at] !== 0xff || marker === undefined) throw broken();
    if (marker === END_OF_IMAGE) return Buffer.concat([...parts, content.subarray(at, at + 2)]);
    const next = at + 2 + (at + 4 <= content.length ? content.readUInt16BE(at + 2) : Infinity);
    if (next > content.length) throw broken();
    const end = marker === START_OF_SCAN ? endOfScan(content, next) : next;
    const isSaid = (marker >= 0xe0 && marker <= 0xef && !DRAWN_BY.has(marker)) || marker === COMMENT;
    if (!isSaid) parts.push(content.subarray(at, end));
    at = end;
  }
}

/** The next marker after the drawn lines: in them 0xff stands before 0, or before the number of a restart. */
function endOfScan(content: Buffer, from: number): number {
  for (let at = content.indexOf(0xff, from); at !== -1; at = content.indexOf(0xff, at + 1)) {
    const after = content[at + 1] ?? 0;
    if (after !== 0 && after !== 0xff && !(after >= 0xd0 && after <= 0xd7)) return at;
  }
  throw broken();
}

function commentOf(comment: string): Buffer {
  const head = Buffer.from([0xff, COMMENT, 0, 0]);
  head.writeUInt16BE(comment.length + 2, 2);
  return Buffer.concat([head, Buffer.from(comment, 'ascii')]);
}

const broken = () => new Fault('invalid', 'bukan foto utuh: ambil lagi · no whole picture: take it again');
