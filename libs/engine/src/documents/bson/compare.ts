import { compareNumbers } from './numbers.ts';
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

/**
 * The rank of a value's type in MongoDB's comparison order (manual: "Comparison/Sort Order"); the numbers are those
 * of `canonicalizeBSONType`, shifted so that all fit a byte above zero. A missing value ranks with null.
 */
export function typeRank(value: Value | undefined): number {
  if (value === null || value === undefined) return 5;
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return 10;
    case 'string':
      return 15;
    case 'boolean':
      return 40;
    default:
      return objectRank(value);
  }
}

function objectRank(value: Exclude<Value, null | number | bigint | string | boolean>): number {
  if (value instanceof Int32 || value instanceof Decimal128) return 10;
  if (value instanceof Map) return 20;
  if (Array.isArray(value)) return 25;
  if (value instanceof Binary) return 30;
  if (value instanceof ObjectId) return 35;
  if (value instanceof DateTime) return 45;
  if (value instanceof Timestamp) return 47;
  if (value instanceof RegularExpression) return 50;
  if (value instanceof Code) return 60;
  if (value instanceof Edge) return value.end === 'min' ? 1 : 127;
  throw new TypeError('raw BSON has no order');
}

/** MongoDB's order of any two values: negative, zero or positive. Zero means equal: 5, 5.0 and NumberLong(5) are. */
export function compare(a: Value | undefined, b: Value | undefined): number {
  const byType = typeRank(a) - typeRank(b);
  if (byType !== 0) return byType;
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (isNumeric(a) && isNumeric(b)) return compareNumbers(a, b);
  if (a instanceof DateTime && b instanceof DateTime) return order(a.ms, b.ms);
  if (a instanceof ObjectId && b instanceof ObjectId) return Buffer.compare(a.bytes, b.bytes);
  if (a instanceof Map && b instanceof Map) return compareDocuments(a, b);
  if (Array.isArray(a) && Array.isArray(b)) return compareArrays(a, b);
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  return compareRare(a, b);
}

function compareRare(a: Value | undefined, b: Value | undefined): number {
  if (a instanceof Binary && b instanceof Binary)
    return a.bytes.length - b.bytes.length || a.subtype - b.subtype || Buffer.compare(a.bytes, b.bytes);
  if (a instanceof Timestamp && b instanceof Timestamp) return order(a.bits, b.bits);
  if (a instanceof RegularExpression && b instanceof RegularExpression)
    return compareText(a.pattern, b.pattern) || compareText(a.options, b.options);
  if (a instanceof Code && b instanceof Code) return compareText(a.source, b.source);
  return 0;
}

export const equal = (a: Value | undefined, b: Value | undefined): boolean => compare(a, b) === 0;

const isNumeric = (value: Value | undefined): value is number | bigint | Int32 | Decimal128 =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof Int32 || value instanceof Decimal128;

const order = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** Field by field in stored order: type, then name, then value; so `{a, b}` and `{b, a}` differ. */
function compareDocuments(a: Document, b: Document): number {
  const others = b.entries();
  for (const [name, value] of a) {
    const next = others.next();
    if (next.done === true) return 1;
    const [otherName, otherValue] = next.value;
    const difference =
      typeRank(value) - typeRank(otherValue) || compareText(name, otherName) || compare(value, otherValue);
    if (difference !== 0) return difference;
  }
  return a.size - b.size;
}

function compareArrays(a: Value[], b: Value[]): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index++) {
    const difference = compare(a[index], b[index]);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Order of the UTF-8 bytes. JavaScript compares UTF-16 units, which puts surrogate pairs below U+E000…U+FFFF. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index++) {
    const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (left !== right) return byCodePoint(left) - byCodePoint(right);
  }
  return a.length - b.length;
}

const byCodePoint = (unit: number): number => (unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit);
