/**
 * BSON values as this server holds them. A document is a `Map`, so field order is kept (JavaScript objects move
 * integer-like keys to the front) and a field called `__proto__` is a field like any other. Every BSON type maps to
 * one representation and back, so a value that is only stored never changes its type.
 *
 * | BSON   | here    | BSON    | here       | BSON       | here                |
 * |--------|---------|---------|------------|------------|---------------------|
 * | double | number  | string  | string     | date       | `DateTime`          |
 * | int32  | `Int32` | boolean | boolean    | ObjectId   | `ObjectId`          |
 * | int64  | bigint  | null    | null       | decimal128 | `Decimal128`        |
 * | object | `Map`   | array   | Array      | binary     | `Binary`            |
 *
 * A missing field is `undefined`; the deprecated BSON type "undefined" is refused by the decoder.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Int32
  | Document
  | Value[]
  | DateTime
  | ObjectId
  | Binary
  | Decimal128
  | Timestamp
  | RegularExpression
  | Code
  | Edge
  | Raw;

export type Document = Map<string, Value>;

export class Int32 {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** A moment in ms since 1970; a bigint because BSON allows the whole int64. */
export class DateTime {
  readonly ms: bigint;
  constructor(ms: bigint) {
    this.ms = ms;
  }
}

export class ObjectId {
  /** 12 bytes. */
  readonly bytes: Buffer;
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
}

export class Binary {
  readonly subtype: number;
  readonly bytes: Buffer;
  constructor(subtype: number, bytes: Buffer) {
    this.subtype = subtype;
    this.bytes = bytes;
  }
}

/** The 16 bytes of IEEE 754-2008 decimal128, little-endian; `decimal.ts` reads them. */
export class Decimal128 {
  readonly bytes: Buffer;
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
}

/** MongoDB's internal timestamp: an unsigned 64-bit number. */
export class Timestamp {
  readonly bits: bigint;
  constructor(bits: bigint) {
    this.bits = bits;
  }
}

export class RegularExpression {
  readonly pattern: string;
  readonly options: string;
  constructor(pattern: string, options: string) {
    this.pattern = pattern;
    this.options = options;
  }
}

export class Code {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

/** MinKey or MaxKey. */
export class Edge {
  readonly end: 'min' | 'max';
  constructor(end: 'min' | 'max') {
    this.end = end;
  }
}

/** A document already in BSON bytes, written into a reply without decoding it. Never the result of decoding. */
export class Raw {
  readonly bytes: Buffer;
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
}

export const isDocument = (value: Value | undefined): value is Document => value instanceof Map;

export const isNumber = (value: Value | undefined): value is number | bigint | Int32 | Decimal128 =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof Int32 || value instanceof Decimal128;

/** A document from pairs, in their order. */
export const doc = (...fields: [string, Value][]): Document => new Map(fields);

/** A document without the fields whose value is `undefined`. */
export function docOf(fields: Record<string, Value | undefined>): Document {
  const document: Document = new Map();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) document.set(name, value);
  return document;
}
