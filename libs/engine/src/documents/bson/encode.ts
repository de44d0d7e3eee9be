import { Refusal } from '../errors.ts';
import {
  Binary,
  Code,
  DateTime,
  Decimal128,
  Edge,
  Int32,
  ObjectId,
  Raw,
  RegularExpression,
  Timestamp,
  type Document,
  type Value,
} from './values.ts';

/** The BSON bytes of a document, in the order of its fields. */
export function encode(document: Document): Buffer {
  const writer = new Writer();
  writer.document(document);
  return writer.bytes();
}

class Writer {
  #buffer = Buffer.allocUnsafe(512);
  #at = 0;

  bytes(): Buffer {
    return Buffer.from(this.#buffer.subarray(0, this.#at));
  }

  document(document: Document): void {
    const start = this.#room(4);
    for (const [name, value] of document) this.#field(name, value);
    this.#close(start);
  }

  #array(items: Value[]): void {
    const start = this.#room(4);
    for (const [index, item] of items.entries()) this.#field(String(index), item);
    this.#close(start);
  }

  #close(start: number): void {
    this.#uint8(0);
    this.#buffer.writeInt32LE(this.#at - start, start);
  }

  /** Makes room for `size` bytes and returns where they start. */
  #room(size: number): number {
    const start = this.#at;
    this.#at += size;
    if (this.#at > this.#buffer.length) {
      const grown = Buffer.allocUnsafe(Math.max(this.#at, this.#buffer.length * 2));
      this.#buffer.copy(grown, 0, 0, start);
      this.#buffer = grown;
    }
    return start;
  }

  #uint8(byte: number): void {
    const at = this.#room(1);
    this.#buffer[at] = byte;
  }

  #raw(bytes: Buffer): void {
    const at = this.#room(bytes.length);
    bytes.copy(this.#buffer, at);
  }

  #cstring(text: string): void {
    if (text.includes('\0')) throw new Refusal('BadValue', 'a field name or regular expression holds a null byte');
    const size = Buffer.byteLength(text);
    const at = this.#room(size + 1);
    this.#buffer.write(text, at);
    this.#buffer[at + size] = 0;
  }

  #string(text: string): void {
    const size = Buffer.byteLength(text);
    const at = this.#room(size + 5);
    this.#buffer.writeInt32LE(size + 1, at);
    this.#buffer.write(text, at + 4);
    this.#buffer[at + 4 + size] = 0;
  }

  #int64(value: bigint): void {
    const at = this.#room(8);
    this.#buffer.writeBigInt64LE(value, at);
  }

  #head(type: number, name: string): void {
    this.#uint8(type);
    this.#cstring(name);
  }

  #field(name: string, value: Value): void {
    if (typeof value === 'string') {
      this.#head(0x02, name);
      this.#string(value);
    } else if (typeof value === 'number') {
      this.#head(0x01, name);
      const at = this.#room(8);
      this.#buffer.writeDoubleLE(value, at);
    } else if (typeof value === 'bigint') {
      this.#head(0x12, name);
      this.#int64(value);
    } else if (typeof value === 'boolean') {
      this.#head(0x08, name);
      this.#uint8(value ? 1 : 0);
    } else if (value === null) {
      this.#head(0x0a, name);
    } else {
      this.#object(name, value);
    }
  }

  #object(name: string, value: Exclude<Value, string | number | bigint | boolean | null>): void {
    if (value instanceof Map) {
      this.#head(0x03, name);
      this.document(value);
    } else if (Array.isArray(value)) {
      this.#head(0x04, name);
      this.#array(value);
    } else if (value instanceof Int32) {
      this.#head(0x10, name);
      const at = this.#room(4);
      this.#buffer.writeInt32LE(value.value, at);
    } else if (value instanceof ObjectId) {
      this.#head(0x07, name);
      this.#raw(value.bytes);
    } else if (value instanceof DateTime) {
      this.#head(0x09, name);
      this.#int64(value.ms);
    } else if (value instanceof Raw) {
      this.#head(0x03, name);
      this.#raw(value.bytes);
    } else {
      this.#rare(name, value);
    }
  }

  #rare(name: string, value: Binary | Decimal128 | Timestamp | RegularExpression | Code | Edge): void {
    if (value instanceof Binary) {
      this.#head(0x05, name);
      const at = this.#room(5);
      this.#buffer.writeInt32LE(value.bytes.length, at);
      this.#buffer[at + 4] = value.subtype;
      this.#raw(value.bytes);
    } else if (value instanceof Decimal128) {
      this.#head(0x13, name);
      this.#raw(value.bytes);
    } else if (value instanceof Timestamp) {
      this.#head(0x11, name);
      const at = this.#room(8);
      this.#buffer.writeBigUInt64LE(value.bits, at);
    } else if (value instanceof RegularExpression) {
      this.#head(0x0b, name);
      this.#cstring(value.pattern);
      this.#cstring(value.options);
    } else if (value instanceof Code) {
      this.#head(0x0d, name);
      this.#string(value.source);
    } else {
      this.#head(value.end === 'min' ? 0xff : 0x7f, name);
    }
  }
}
