import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import type { Document, Value } from '../bson/values.ts';
import { MalformedBytes } from '../errors.ts';

/** MongoDB's bound on one message, which its drivers keep to. */
export const maxMessageBytes = 48_000_000;

const headerBytes = 16;
const opReply = 1;
const opQuery = 2004;
const opMsg = 2013;

const flags = { checksumPresent: 1, moreToCome: 2 };
/** Bits 0–15 must be understood by the receiver; the others may be ignored. */
const requiredFlags = 0xffff;

/** A command as it came. */
export interface Request {
  readonly id: number;
  readonly body: Document;
  readonly database: string;
  /** The client waits for no answer (write concern 0). */
  readonly silent: boolean;
  /** The client spoke OP_QUERY, as drivers do in their first message, and is answered in kind. */
  readonly legacy: boolean;
}

/** Cuts a stream of bytes into messages. */
export class Framing {
  #chunks: Buffer[] = [];
  #size = 0;

  /** The messages that are complete with this chunk. @throws MalformedBytes for a length no message can have. */
  *push(chunk: Buffer): Generator<Buffer> {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    for (let length = this.#nextLength(); length <= this.#size; length = this.#nextLength()) {
      const all = this.#joined();
      this.#chunks = [all.subarray(length)];
      this.#size -= length;
      yield all.subarray(0, length);
    }
  }

  #joined(): Buffer {
    const [first] = this.#chunks;
    return this.#chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.#chunks);
  }

  #nextLength(): number {
    if (this.#size < 4) return Infinity;
    if ((this.#chunks[0]?.length ?? 0) < 4) this.#chunks = [this.#joined()];
    const length = this.#chunks[0]?.readInt32LE() ?? 0;
    if (length < headerBytes || length > maxMessageBytes) throw new MalformedBytes(`a message of ${length} bytes`);
    return length;
  }
}

/** Reads a complete message. @throws MalformedBytes when it is neither OP_MSG nor an OP_QUERY command. */
export function readRequest(message: Buffer): Request {
  const id = message.readInt32LE(4);
  const code = message.readInt32LE(12);
  if (code === opMsg) return readMsg(id, message);
  if (code === opQuery) return readQuery(id, message);
  throw new MalformedBytes(`no operation ${code}`);
}

function readMsg(id: number, message: Buffer): Request {
  if (message.length < headerBytes + 4) throw new MalformedBytes('a message without flags');
  const bits = message.readUInt32LE(headerBytes);
  if ((bits & requiredFlags & ~(flags.checksumPresent | flags.moreToCome)) !== 0)
    throw new MalformedBytes('a required flag nobody knows');
  const end = message.length - ((bits & flags.checksumPresent) === 0 ? 0 : 4);
  let body: Document | undefined;
  const sequences: [string, Value[]][] = [];
  for (let at = headerBytes + 4; at < end;) {
    const kind = message[at];
    const size = sizeAt(message, at + 1, end);
    const section = message.subarray(at + 1, at + 1 + size);
    if (kind === 0 && body === undefined) body = decode(section);
    else if (kind === 1) sequences.push(readSequence(section));
    else throw new MalformedBytes('a section of no known kind');
    at += 1 + size;
  }
  if (body === undefined) throw new MalformedBytes('a message without a body');
  for (const [name, documents] of sequences) body.set(name, documents);
  const database = body.get('$db');
  if (typeof database !== 'string') throw new MalformedBytes('a command without a database');
  return { id, body, database, silent: (bits & flags.moreToCome) !== 0, legacy: false };
}

/** A kind-1 section: a size, the name of the argument, its documents one after the other. */
function readSequence(section: Buffer): [string, Value[]] {
  const stop = section.indexOf(0, 4);
  if (stop < 0) throw new MalformedBytes('a sequence without a name');
  const documents: Value[] = [];
  for (let at = stop + 1; at < section.length;) {
    const size = sizeAt(section, at, section.length);
    documents.push(decode(section.subarray(at, at + size)));
    at += size;
  }
  return [section.toString('utf8', 4, stop), documents];
}

function sizeAt(bytes: Buffer, at: number, end: number): number {
  const size = at + 4 <= end ? bytes.readInt32LE(at) : 0;
  if (size < 5 || at + size > end) throw new MalformedBytes('a section longer than its message');
  return size;
}

function readQuery(id: number, message: Buffer): Request {
  const stop = message.indexOf(0, headerBytes + 4);
  if (stop < 0) throw new MalformedBytes('a query without a collection');
  const [database = '', collection] = message.toString('utf8', headerBytes + 4, stop).split('.');
  if (collection !== '$cmd') throw new MalformedBytes('a legacy query that is not a command');
  const at = stop + 9;
  const body = decode(message.subarray(at, at + sizeAt(message, at, message.length)));
  return { id, body, database, silent: false, legacy: true };
}

/** The bytes of an answer, in the manner the client asked. */
export function writeReply(request: Request, reply: Document): Buffer {
  const body = encode(reply);
  const preamble = request.legacy ? legacyPreamble() : Buffer.alloc(5);
  const header = Buffer.alloc(headerBytes);
  header.writeInt32LE(headerBytes + preamble.length + body.length, 0);
  header.writeInt32LE(request.id, 8);
  header.writeInt32LE(request.legacy ? opReply : opMsg, 12);
  return Buffer.concat([header, preamble, body]);
}

/** Flags (8: can await), no cursor, from the first of one document. */
function legacyPreamble(): Buffer {
  const preamble = Buffer.alloc(20);
  preamble.writeInt32LE(8, 0);
  preamble.writeInt32LE(1, 16);
  return preamble;
}
