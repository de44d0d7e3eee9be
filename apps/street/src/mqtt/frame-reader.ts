/** What begins in a stream of MQTT: the kind of a packet by its number, and how long it is behind its fixed header. */
export interface Frame {
  kind: number;
  bytes: number;
}

/** Numbers of packets a device may send as often as it likes, while each is answered (MQTT 3.1.1, table 2.1). */
export const SUBSCRIBE = 8;
export const UNSUBSCRIBE = 10;
export const PINGREQ = 12;

/** A length is at most four bytes of seven bits. */
const MOST_SHIFT = 21;

/**
 * Reads the fixed headers out of a stream (MQTT 3.1.1, section 2.2) and passes over the rest, so that a packet too long is
 * known by its first bytes, before anybody keeps it. A length that does not end is told as Infinity.
 */
export class FrameReader {
  #kind: number | undefined;
  #bytes = 0;
  #shift = 0;
  /** Of the packet under way. */
  #left = 0;

  /** The packets whose headers end in this chunk. */
  read(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    for (let at = 0; at < chunk.length;) {
      const passed = Math.min(this.#left, chunk.length - at);
      this.#left -= passed;
      at += passed;
      const byte = chunk[at++];
      const frame = byte === undefined ? undefined : this.#header(byte);
      if (frame !== undefined) frames.push(frame);
    }
    return frames;
  }

  #header(byte: number): Frame | undefined {
    if (this.#kind === undefined) {
      this.#kind = byte >> 4;
      return undefined;
    }
    this.#bytes += (byte & 0x7f) << this.#shift;
    const isLast = byte < 0x80;
    if (!isLast && this.#shift < MOST_SHIFT) {
      this.#shift += 7;
      return undefined;
    }
    const frame = { kind: this.#kind, bytes: isLast ? this.#bytes : Infinity };
    [this.#kind, this.#bytes, this.#shift, this.#left] = [undefined, 0, 0, frame.bytes];
    return frame;
  }
}
