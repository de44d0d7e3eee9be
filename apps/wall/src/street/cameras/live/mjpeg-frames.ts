/** More than a camera's largest picture. */
const MOST_BYTES = 8_000_000;
const headEnd = [13, 10, 13, 10];

/**
 * Pictures of a `multipart/x-mixed-replace` stream, one after the other, as go2rtc and most cameras send them: parts with a
 * `Content-Length`. Taken apart here because an `img` does not say when its last one came. Throws for anything else.
 */
export async function* framesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let kept = new Uint8Array(0);
  for await (const chunk of chunks) {
    kept = joined(kept, chunk);
    for (;;) {
      const part = partIn(kept);
      if (part === undefined) break;
      yield part.frame;
      kept = kept.slice(part.end);
    }
    if (kept.length > MOST_BYTES) throw new Error('no picture in 8 MB');
  }
}

/** The first whole part, and where it ends; undefined while some of it is missing. */
function partIn(bytes: Uint8Array): { frame: Uint8Array<ArrayBuffer>; end: number } | undefined {
  const begin = endOfHead(bytes);
  if (begin === undefined) return undefined;
  const head = new TextDecoder().decode(bytes.subarray(0, begin));
  const length = Number(/^content-length:\s*(\d+)\s*$/im.exec(head)?.[1]);
  if (!Number.isInteger(length)) throw new Error('a part without Content-Length');
  const end = begin + length;
  return bytes.length < end ? undefined : { frame: bytes.slice(begin, end), end };
}

function endOfHead(bytes: Uint8Array): number | undefined {
  for (let at = 0; at + headEnd.length <= bytes.length; at += 1)
    if (headEnd.every((byte, offset) => bytes[at + offset] === byte)) return at + headEnd.length;
  return undefined;
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
