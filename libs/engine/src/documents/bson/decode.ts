import { MalformedBytes, Refusal } from '../errors.ts';
import {
  Binary,
  Code,
  DateTime,
  Decimal128,
  Edge,
  Int32,
  ObjectId,
  RegularExpression,
  Timestamp,
  type Document,
  type Value,
} from './values.ts';

/** MongoDB's own limit on nesting. */
const maxDepth = 200;

/**
 * Reads the document that fills `bytes` exactly. The result shares no memory with `bytes`.
 * @throws MalformedBytes when they are not BSON; Refusal for the deprecated types that are not supported.
 */
export function decode(bytes: Buffer): Document {
  const reader = new Reader(bytes);
  const document = reader.document(0);
  if (reader.at !== bytes.length) throw new MalformedBytes('bytes after the end of a document');
  return document;
}

class Reader {
  at = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  document(depth: number): Document {
    const document: Document = new Map();
    const end = this.#open(depth);
    for (;;) {
      const type = this.#byte(end);
      if (type === 0) break;
      document.set(this.#cstring(end), this.#value(type, end, depth));
    }
    this.#close(end);
    return document;
  }

  #array(depth: number): Value[] {
    const items: Value[] = [];
    const end = this.#open(depth);
    for (;;) {
      const type = this.#byte(end);
      if (type === 0) break;
      this.#cstring(end);
      items.push(this.#value(type, end, depth));
    }
    this.#close(end);
    return items;
  }

  #open(depth: number): number {
    if (depth > maxDepth) throw new Refusal('Overflow', `BSONObj exceeds maximum nested object depth: ${maxDepth}`);
    const start = this.#take(4);
    const length = this.#bytes.readInt32LE(start);
    const end = start + length;
    if (length < 5 || end > this.#bytes.length) throw new MalformedBytes('a document longer than its bytes');
    return end;
  }

  #close(end: number): void {
    if (this.at !== end) throw new MalformedBytes('a document ends before its length');
  }

  #byte(end: number): number {
    if (this.at >= end) throw new MalformedBytes('a document without its end');
    return this.#bytes.readUInt8(this.at++);
  }

  #take(size: number): number {
    const start = this.at;
    if (size < 0 || start + size > this.#bytes.length) throw new MalformedBytes('a value longer than its bytes');
    this.at = start + size;
    return start;
  }

  #cstring(end: number): string {
    const stop = this.#bytes.indexOf(0, this.at);
    if (stop < 0 || stop >= end) throw new MalformedBytes('a name without its end');
    const text = this.#text(this.at, stop);
    this.at = stop + 1;
    return text;
  }

  #string(): string {
    const size = this.#bytes.readInt32LE(this.#take(4));
    const start = this.#take(size);
    if (size < 1 || this.#bytes[start + size - 1] !== 0) throw new MalformedBytes('a string without its end');
    return this.#text(start, start + size - 1);
  }

  #text(start: number, end: number): string {
    const text = this.#bytes.toString('utf8', start, end);
    if (text.includes('\uFFFD') && !Buffer.from(text).equals(this.#bytes.subarray(start, end)))
      throw new MalformedBytes('text that is not UTF-8');
    return text;
  }

  #copy(size: number): Buffer {
    const start = this.#take(size);
    return Buffer.from(this.#bytes.subarray(start, start + size));
  }

  #value(type: number, end: number, depth: number): Value {
    switch (type) {
      case 0x01:
        return this.#bytes.readDoubleLE(this.#take(8));
      case 0x02:
        return this.#string();
      case 0x03:
        return this.document(depth + 1);
      case 0x04:
        return this.#array(depth + 1);
      case 0x05: {
        const size = this.#bytes.readInt32LE(this.#take(4));
        const subtype = this.#byte(end);
        return new Binary(subtype, this.#copy(size));
      }
      case 0x07:
        return new ObjectId(this.#copy(12));
      case 0x08: {
        const flag = this.#byte(end);
        if (flag > 1) throw new MalformedBytes('a boolean that is neither');
        return flag === 1;
      }
      case 0x09:
        return new DateTime(this.#bytes.readBigInt64LE(this.#take(8)));
      case 0x0a:
        return null;
      case 0x0b:
        return new RegularExpression(this.#cstring(end), this.#cstring(end));
      case 0x0d:
        return new Code(this.#string());
      case 0x10:
        return new Int32(this.#bytes.readInt32LE(this.#take(4)));
      case 0x11:
        return new Timestamp(this.#bytes.readBigUInt64LE(this.#take(8)));
      case 0x12:
        return this.#bytes.readBigInt64LE(this.#take(8));
      case 0x13:
        return new Decimal128(this.#copy(16));
      case 0xff:
        return new Edge('min');
      case 0x7f:
        return new Edge('max');
      case 0x06:
      case 0x0c:
      case 0x0e:
      case 0x0f:
        throw new Refusal('BadValue', `the deprecated BSON type 0x0${type.toString(16)} is not supported`);
      default:
        throw new MalformedBytes(`no BSON type ${type}`);
    }
  }
}
