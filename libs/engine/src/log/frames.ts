import { Packr, Unpackr } from 'msgpackr';

/** Longest frame in bytes; a longer one closes its connection. */
export const MAX_FRAME_BYTES = 8 * 1024 * 1024;

const HEAD_BYTES = 4;
const packr = new Packr({ useRecords: false });
const unpackr = new Unpackr({ useRecords: false });

/** A message on the wire: its length (uint32, big endian), then msgpack. */
export function frameOf(message: unknown): Buffer {
  const body = packr.pack(message);
  const frame = Buffer.allocUnsafe(HEAD_BYTES + body.length);
  frame.writeUInt32BE(body.length, 0);
  frame.set(body, HEAD_BYTES);
  return frame;
}

/** Cuts a stream of bytes into messages. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #bytes = 0;

  /** The messages that are whole now, each with its size in bytes. Throws on bytes that are none: the connection cannot be trusted any more. */
  *push(chunk: Buffer): Iterable<[message: unknown, bytes: number]> {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    for (;;) {
      const length = this.#nextLength();
      if (length === undefined || this.#bytes < HEAD_BYTES + length) return;
      const all = this.#joined();
      const end = HEAD_BYTES + length;
      this.#chunks = [all.subarray(end)];
      this.#bytes -= end;
      yield [unpackr.unpack(all.subarray(HEAD_BYTES, end)), end];
    }
  }

  #nextLength(): number | undefined {
    if (this.#bytes < HEAD_BYTES) return undefined;
    const head = this.#chunks[0];
    const length = (head !== undefined && head.length >= HEAD_BYTES ? head : this.#joined()).readUInt32BE(0);
    if (length > MAX_FRAME_BYTES) throw new Error(`a frame of ${String(length)} bytes`);
    return length;
  }

  #joined(): Buffer {
    const [only] = this.#chunks;
    if (only !== undefined && this.#chunks.length === 1) return only;
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all;
  }
}
