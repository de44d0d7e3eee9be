/** What a server sends on an RTSP connection: answers, and media between them. */
export type RtspPiece =
  | { readonly kind: 'answer'; readonly status: number; readonly headers: RtspHeaders; readonly body: string }
  | { readonly kind: 'packet'; readonly channel: number; readonly bytes: Buffer };

/** By small names; of one that comes several times, all. */
export type RtspHeaders = ReadonlyMap<string, readonly string[]>;

/** Not RTSP, or more of it than any camera says. */
export class NotRtsp extends Error {
  override readonly name = 'NotRtsp';
}

const MOST_HEAD_BYTES = 16_384;
const MOST_BODY_BYTES = 65_536;
const DOLLAR = 0x24;

/** Cuts the bytes of a connection into pieces (RFC 2326 §10.12); throws {@link NotRtsp}. Requests of the server are passed by. */
export class RtspReader {
  #held: Buffer = Buffer.alloc(0);

  read(chunk: Buffer): RtspPiece[] {
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const pieces: RtspPiece[] = [];
    for (;;) {
      const taken = this.#held[0] === DOLLAR ? packetIn(this.#held) : messageIn(this.#held);
      if (taken === undefined) return pieces;
      this.#held = this.#held.subarray(taken.length);
      if (taken.piece !== undefined) pieces.push(taken.piece);
    }
  }
}

interface Taken {
  readonly length: number;
  readonly piece?: RtspPiece;
}

function packetIn(held: Buffer): Taken | undefined {
  if (held.length < 4) return undefined;
  const length = 4 + held.readUInt16BE(2);
  if (held.length < length) return undefined;
  return { length, piece: { kind: 'packet', channel: held.readUInt8(1), bytes: held.subarray(4, length) } };
}

function messageIn(held: Buffer): Taken | undefined {
  if (held.length === 0) return undefined;
  const start = held.subarray(0, 64).toString('latin1');
  const isAnswer = 'RTSP/1.0 '.startsWith(start.slice(0, 9));
  if (!isAnswer && !/^[A-Z_]{1,20}( |$)/.test(start)) throw new NotRtsp('not RTSP');
  const end = held.indexOf('\r\n\r\n');
  if (end < 0 || end > MOST_HEAD_BYTES) {
    if (held.length > MOST_HEAD_BYTES) throw new NotRtsp('a head without an end');
    return undefined;
  }
  const [first = '', ...lines] = held.subarray(0, end).toString('latin1').split('\r\n');
  const headers = headersIn(lines);
  const bodyBytes = Number(headers.get('content-length')?.[0] ?? 0);
  if (!Number.isInteger(bodyBytes) || bodyBytes < 0 || bodyBytes > MOST_BODY_BYTES)
    throw new NotRtsp('a body too long');
  const length = end + 4 + bodyBytes;
  if (held.length < length) return undefined;
  const [, status] = /^RTSP\/1\.0 (\d{3})(?: |$)/.exec(first) ?? [];
  if (status === undefined) {
    if (!first.endsWith(' RTSP/1.0')) throw new NotRtsp('not RTSP');
    return { length };
  }
  const body = held.subarray(end + 4, length).toString('utf8');
  return { length, piece: { kind: 'answer', status: Number(status), headers, body } };
}

function headersIn(lines: readonly string[]): RtspHeaders {
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  return headers;
}
