/** What a server sends on an RTSP connection: answers, and media between them. */
export type RtspPiece =
  | { readonly kind: 'answer'; readonly status: number; readonly headers: RtspHeaders; readonly body: string }
  | { readonly kind: 'packet'; readonly channel: number; readonly bytes: Buffer };

/** By small names; of one that comes several times, all. */
export type RtspHeaders = ReadonlyMap<string, readonly string[]>;

/** Not RTSP. */
export class NotRtsp extends Error {
  override readonly name = 'NotRtsp';
}

/** More of it than any camera says. */
export class TooMuchRtsp extends Error {
  override readonly name = 'TooMuchRtsp';
}

const MOST_HEAD_BYTES = 16_384;
const MOST_BODY_BYTES = 65_536;
/** Eight seconds of the largest picture a city's camera sends, 30 Mbit/s. */
const MOST_BYTES = 32_000_000;
/** A look asks five times, twice more for signing in; servers of cameras ask something back now and then. */
const MOST_MESSAGES = 64;
const DOLLAR = 0x24;
const END_OF_HEAD = '\r\n\r\n';

/**
 * Cuts the bytes of a connection into pieces (RFC 2326 §10.12), each byte looked at a bounded number of times however they
 * come; throws {@link NotRtsp} and {@link TooMuchRtsp}. Requests of the server are passed by.
 */
export class RtspReader {
  #held: Buffer = Buffer.alloc(4096);
  #from = 0;
  #to = 0;
  /** So many bytes there must be before looking again is worth it. */
  #needed = 1;
  /** So many of them hold no end of a head. */
  #searched = 0;
  #bytes = 0;
  #messages = 0;

  read(chunk: Buffer): RtspPiece[] {
    this.#bytes += chunk.length;
    if (this.#bytes > MOST_BYTES) throw new TooMuchRtsp('more bytes than any camera sends');
    this.#append(chunk);
    const pieces: RtspPiece[] = [];
    while (this.#to - this.#from >= this.#needed) {
      const held = this.#held.subarray(this.#from, this.#to);
      const taken = held[0] === DOLLAR ? packetIn(held) : messageIn(held, this.#searched);
      if ('needed' in taken) {
        this.#needed = taken.needed;
        this.#searched = taken.searched;
        continue;
      }
      this.#from += taken.length;
      this.#needed = 1;
      this.#searched = 0;
      if (taken.piece?.kind !== 'packet' && ++this.#messages > MOST_MESSAGES)
        throw new TooMuchRtsp('more answers and requests than any camera sends');
      if (taken.piece !== undefined) pieces.push(taken.piece);
    }
    return pieces;
  }

  /** Moves what is held to the front, into twice the room, only when there is no room left behind it. */
  #append(chunk: Buffer): void {
    if (this.#to + chunk.length > this.#held.length) {
      const length = this.#to - this.#from;
      const room = Math.max(this.#held.length, 2 * (length + chunk.length));
      const held = Buffer.alloc(room);
      this.#held.copy(held, 0, this.#from, this.#to);
      this.#held = held;
      this.#from = 0;
      this.#to = length;
    }
    chunk.copy(this.#held, this.#to);
    this.#to += chunk.length;
  }
}

type Taken =
  { readonly length: number; readonly piece?: RtspPiece } | { readonly needed: number; readonly searched: number };

function packetIn(held: Buffer): Taken {
  const length = held.length < 4 ? 4 : 4 + held.readUInt16BE(2);
  if (held.length < length) return { needed: length, searched: 0 };
  // a copy: what is held here is written over
  return {
    length,
    piece: { kind: 'packet', channel: held.readUInt8(1), bytes: Buffer.from(held.subarray(4, length)) },
  };
}

function messageIn(held: Buffer, searched: number): Taken {
  const start = held.subarray(0, 64).toString('latin1');
  const isAnswer = 'RTSP/1.0 '.startsWith(start.slice(0, 9));
  if (!isAnswer && !/^[A-Z_]{1,20}( |$)/.test(start)) throw new NotRtsp('not RTSP');
  const end = held.indexOf(END_OF_HEAD, searched);
  if (end > MOST_HEAD_BYTES || (end < 0 && held.length > MOST_HEAD_BYTES))
    throw new TooMuchRtsp('a head without an end');
  if (end < 0) return { needed: held.length + 1, searched: Math.max(0, held.length - END_OF_HEAD.length + 1) };
  const [first = '', ...lines] = held.subarray(0, end).toString('latin1').split('\r\n');
  const headers = headersIn(lines);
  const bodyBytes = Number(headers.get('content-length')?.[0] ?? 0);
  if (!Number.isInteger(bodyBytes) || bodyBytes < 0) throw new NotRtsp('a body of no length');
  if (bodyBytes > MOST_BODY_BYTES) throw new TooMuchRtsp('a body too long');
  const length = end + END_OF_HEAD.length + bodyBytes;
  if (held.length < length) return { needed: length, searched: end };
  const [, status] = /^RTSP\/1\.0 (\d{3})(?: |$)/.exec(first) ?? [];
  if (status === undefined) {
    if (!first.endsWith(' RTSP/1.0')) throw new NotRtsp('not RTSP');
    return { length };
  }
  const body = held.subarray(end + END_OF_HEAD.length, length).toString('utf8');
  return { length, piece: { kind: 'answer', status: Number(status), headers, body } };
}

function headersIn(lines: readonly string[]): RtspHeaders {
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const known = headers.get(name);
    if (known === undefined) headers.set(name, [line.slice(colon + 1).trim()]);
    else known.push(line.slice(colon + 1).trim());
  }
  return headers;
}
