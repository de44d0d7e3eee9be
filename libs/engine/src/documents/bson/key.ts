import { Refusal } from '../errors.ts';
import { typeRank } from './compare.ts';
import { nearestDouble, subtract, type Exact } from './decimal.ts';
import { exactly, magnitude, type Magnitude, type Numeric } from './numbers.ts';
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
  type Value,
} from './values.ts';

/**
 * Bytes whose order is the order of `compare`, and which are equal exactly when the values are. Every encoding starts
 * with its type's rank (1…127, or 128…254 for a descending field), so encodings can follow one another in a compound
 * key: 0x00 and 0xff never start one, which keeps the end of a text apart from a null character in it.
 */
export function keyOf(value: Value): Buffer {
  const parts: Buffer[] = [];
  append(parts, value);
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
}

/** An array without elements in an index: below null, as in MongoDB. */
export const emptyArrayKey = Buffer.of(3);

const end = Buffer.of(0);

function append(parts: Buffer[], value: Value): void {
  const rank = typeRank(value);
  if (typeof value === 'string') parts.push(textKey(rank, value));
  else if (typeof value === 'boolean') parts.push(Buffer.of(rank, value ? 1 : 0));
  else if (value === null || value instanceof Edge) parts.push(Buffer.of(rank));
  else if (typeof value === 'number' || typeof value === 'bigint') parts.push(numberKey(rank, value));
  else if (value instanceof Int32 || value instanceof Decimal128) parts.push(numberKey(rank, value));
  else if (value instanceof ObjectId) parts.push(Buffer.concat([Buffer.of(rank), value.bytes]));
  else if (value instanceof DateTime) parts.push(wordKey(rank, BigInt.asUintN(64, value.ms ^ signBit)));
  else if (value instanceof Map) {
    parts.push(Buffer.of(rank));
    for (const [name, field] of value) {
      // The rank comes before the name and again with the value: fields are compared by type, then name, then value.
      parts.push(Buffer.of(typeRank(field)), Buffer.from(name), end);
      append(parts, field);
    }
    parts.push(end);
  } else if (Array.isArray(value)) {
    parts.push(Buffer.of(rank));
    for (const item of value) append(parts, item);
    parts.push(end);
  } else appendRare(parts, rank, value);
}

function appendRare(parts: Buffer[], rank: number, value: Exclude<Value, string | number | bigint>): void {
  if (value instanceof Binary) {
    const head = Buffer.alloc(6);
    head.writeUInt8(rank, 0);
    head.writeUInt32BE(value.bytes.length, 1);
    head.writeUInt8(value.subtype, 5);
    parts.push(head, value.bytes);
  } else if (value instanceof Timestamp) parts.push(wordKey(rank, value.bits));
  else if (value instanceof RegularExpression)
    parts.push(Buffer.of(rank), Buffer.from(value.pattern), end, Buffer.from(value.options), end);
  else if (value instanceof Code) parts.push(textKey(rank, value.source));
}

const signBit = 1n << 63n;

function wordKey(rank: number, word: bigint): Buffer {
  const key = Buffer.alloc(9);
  key.writeUInt8(rank, 0);
  key.writeBigUInt64BE(word, 1);
  return key;
}

/** UTF-8 ended by 0x00; a null character inside is written 0x00 0xff, above any end that follows. */
function textKey(rank: number, text: string): Buffer {
  const escaped = text.includes('\0');
  const bytes = Buffer.from(escaped ? text.replaceAll('\0', '\0\u0001') : text);
  const key = Buffer.alloc(bytes.length + 2);
  key.writeUInt8(rank, 0);
  bytes.copy(key, 1);
  if (escaped) for (let at = 1; at < key.length - 1; at++) if (key[at] === 0) key[++at] = 0xff;
  return key;
}

/**
 * The nearest double in sortable form, then what it differs by: nothing (0x80) for all that is a double, else the
 * exact difference as a decimal. So one order holds for int32, int64, double and decimal128 together.
 */
function numberKey(rank: number, value: Numeric): Buffer {
  const exact = magnitude(value);
  const double = toFiniteDouble(exact);
  const key = Buffer.alloc(10);
  key.writeUInt8(rank, 0);
  if (!Number.isNaN(double)) {
    key.writeDoubleBE(double === 0 ? 0 : double, 1);
    const bits = key.readBigUInt64BE(1);
    key.writeBigUInt64BE(bits & signBit ? BigInt.asUintN(64, ~bits) : bits | signBit, 1);
  }
  key.writeUInt8(0x80, 9);
  if (typeof exact === 'number') return key;
  const difference = subtract(exactly(exact), exactly(double));
  return difference.coefficient === 0n ? key : Buffer.concat([key.subarray(0, 9), differenceKey(difference)]);
}

function toFiniteDouble(exact: Magnitude): number {
  if (typeof exact === 'number') return exact;
  const double = typeof exact === 'bigint' ? Number(exact) : nearestDouble(exact);
  return Math.min(Math.max(double, -Number.MAX_VALUE), Number.MAX_VALUE);
}

/** Sign (0x40 or 0xc0), the exponent of the first digit, the digits, an end; complemented below zero. */
function differenceKey({ coefficient, exponent }: Exact): Buffer {
  const negative = coefficient < 0n;
  const all = (negative ? -coefficient : coefficient).toString();
  const significant = all.replace(/0+$/, '');
  const head = Buffer.alloc(2);
  head.writeUInt16BE(all.length - 1 + exponent + 0x4000);
  const size = Buffer.concat([head, Buffer.from(significant), end]);
  return Buffer.concat([Buffer.of(negative ? 0x40 : 0xc0), negative ? complement(size) : size]);
}

/** The same key for a descending field of an index. */
export const complement = (key: Buffer): Buffer => Buffer.from(key.map((byte) => 0xff ^ byte));

/** LMDB's longest key at its page size of 4096, less the head our tables put before it. */
const longestKey = 1900;

/** @throws Refusal when LMDB cannot hold the key: refused before anything is written, as MongoDB did up to 4.0. */
export function assertKeyFits(key: Buffer, what: string): void {
  if (key.length > longestKey)
    throw new Refusal('KeyTooLong', `${what}: key of ${key.length} bytes is too large to index, at most ${longestKey}`);
}
