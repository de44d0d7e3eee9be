/** A marker segment holds so much beside its own length (ITU-T T.81 §B.1.1.4). */
const MOST_BYTES = 65_533;

/**
 * A JPEG with one more comment (marker COM, ITU-T T.81 §B.2.4.5) after the segments of its application, which readers want
 * first. Nothing of the picture is touched.
 */
export function commented(jpeg: Buffer, comment: string): Buffer {
  const text = Buffer.from(comment, 'utf8').subarray(0, MOST_BYTES);
  const head = Buffer.from([0xff, 0xfe, 0, 0]);
  head.writeUInt16BE(text.length + 2, 2);
  const at = afterApplications(jpeg);
  return Buffer.concat([jpeg.subarray(0, at), head, text, jpeg.subarray(at)]);
}

/** Its comments, first to last. */
export function commentsIn(jpeg: Buffer): string[] {
  const found: string[] = [];
  for (let at = afterApplications(jpeg); isSegment(jpeg, at) && jpeg[at + 1] === 0xfe; at += lengthAt(jpeg, at))
    found.push(jpeg.subarray(at + 4, at + lengthAt(jpeg, at)).toString('utf8'));
  return found;
}

/** Where the last of APP0 to APP15 ends, that stand first. */
function afterApplications(jpeg: Buffer): number {
  let at = 2;
  while (isSegment(jpeg, at) && ((jpeg[at + 1] ?? 0) & 0xf0) === 0xe0) at += lengthAt(jpeg, at);
  return Math.min(at, jpeg.length);
}

const isSegment = (jpeg: Buffer, at: number) => at + 4 <= jpeg.length && jpeg[at] === 0xff;
const lengthAt = (jpeg: Buffer, at: number) => 2 + Math.max(2, jpeg.readUInt16BE(at + 2));
