/** What begins in a stream of MQTT: the kind of a packet by its number, and how long it is behind its fixed header. */
export interface Frame {
  kind: number;
  bytes: number;
  /** Of a PUBLISH: how long its topic says it is. Such a packet is told when that is read, unless it is longer than it may be. */
  topicBytes?: number;
}

/** Its topic comes first, behind two bytes that say how long it is (MQTT 3.1.1, section 3.3.2.1). */
const PUBLISH = 3;
const TOPIC_LENGTH_BYTES = 2;

/** Numbers of packets a device may send as often as it likes, while each is answered (MQTT 3.1.1, table 2.1). */
export const SUBSCRIBE = 8;
export const UNSUBSCRIBE = 10;
export const PINGREQ = 12;

/** A length is at most four bytes of seven bits. */
const MOST_SHIFT = 21;

/**
 * Reads the fixed headers out of a stream (MQTT 3.1.1, section 2.2), and how long topics are, and passes over the rest, so that
 * a packet too long is known by its first bytes, before anybody keeps it. A length that does not end is told as Infinity.
 */
export class FrameReader {
  #kind: number | undefined;
  #bytes = 0;
  #shift = 0;
  /** Of the packet under way. */
  #left = 0;
  /** A PUBLISH whose topic's length is under way. */
  #publishing: Required<Frame> | undefined;
  #topicBytesRead = 0;
  readonly #mostBytes: number;

  /** A PUBLISH of more bytes than these is told by its fixed header alone. */
  constructor(mostBytes = Number.MAX_SAFE_INTEGER) {
    this.#mostBytes = mostBytes;
  }

  /** The packets whose headers end in this chunk. */
  read(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    for (let at = 0; at < chunk.length;) {
      if (this.#publishing !== undefined) {
        const published = this.#topic(this.#publishing, chunk[at++] ?? 0);
        if (published !== undefined) frames.push(published);
        continue;
      }
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
    if (frame.kind !== PUBLISH || frame.bytes < TOPIC_LENGTH_BYTES || frame.bytes > this.#mostBytes) return frame;
    this.#publishing = { ...frame, topicBytes: 0 };
    this.#topicBytesRead = 0;
    return undefined;
  }

  #topic(publishing: Required<Frame>, byte: number): Frame | undefined {
    publishing.topicBytes = publishing.topicBytes * 256 + byte;
    this.#left -= 1;
    this.#topicBytesRead += 1;
    if (this.#topicBytesRead < TOPIC_LENGTH_BYTES) return undefined;
    this.#publishing = undefined;
    return publishing;
  }
}
