import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MalformedBytes, Refusal } from '../errors.ts';
import { compare } from './compare.ts';
import { decode } from './decode.ts';
import { exactDouble, readDecimal, writeDecimal } from './decimal.ts';
import { encode } from './encode.ts';
import { complement, keyOf } from './key.ts';
import { calculate, toDouble } from './numbers.ts';
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

const bytes = (size: { minLength?: number; maxLength?: number }) =>
  fc.uint8Array(size).map((array) => Buffer.from(array));

const text = fc.string({ unit: 'binary', maxLength: 6 });
const name = text.map((anything) => anything.replaceAll('\0', ''));

const decimal = fc
  .record({
    coefficient: fc.bigInt({ min: -(10n ** 34n) + 1n, max: 10n ** 34n - 1n }),
    exponent: fc.integer({ min: -40, max: 40 }),
  })
  .map(writeDecimal);

/** Numbers that sit close together, where an inexact comparison would go wrong. */
const crowded = fc
  .record({ base: fc.constantFrom(0n, 2n ** 53n, 2n ** 62n, -(2n ** 53n)), step: fc.bigInt({ min: -3n, max: 3n }) })
  .chain(({ base, step }) =>
    fc.constantFrom<Value>(
      base + step,
      Number(base + step),
      writeDecimal({ coefficient: base + step, exponent: 0 }),
      writeDecimal({ coefficient: (base + step) * 10n + 1n, exponent: -1 }),
    ),
  );

const scalar: fc.Arbitrary<Value> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.double(),
  fc.integer().map((whole) => new Int32(whole)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  decimal,
  crowded,
  text,
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((ms) => new DateTime(ms)),
  bytes({ minLength: 12, maxLength: 12 }).map((id) => new ObjectId(id)),
  fc
    .tuple(fc.integer({ min: 0, max: 255 }), bytes({ maxLength: 4 }))
    .map(([subtype, content]) => new Binary(subtype, content)),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((bits) => new Timestamp(bits)),
  fc.tuple(name, fc.constantFrom('', 'i', 'im')).map(([pattern, options]) => new RegularExpression(pattern, options)),
  text.map((source) => new Code(source)),
  fc.constantFrom<Value>(new Edge('min'), new Edge('max')),
);

const { value } = fc.letrec<{ value: Value; document: Document }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    tie('document'),
  ),
  document: fc.array(fc.tuple(name, tie('value')), { maxLength: 3 }).map((fields): Document => new Map(fields)),
}));

/** Values of which two are often equal or nearly so. */
const pair = fc.oneof(
  fc.tuple(value, value),
  fc.tuple(crowded, crowded),
  value.map((one): [Value, Value] => [one, one]),
);

const signOf = (order: number) => Math.sign(order) + 0;

describe('keys of values', () => {
  test('have the order of the values, forward and backward', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        expect(signOf(Buffer.compare(keyOf(a), keyOf(b)))).toBe(signOf(compare(a, b)));
        expect(signOf(Buffer.compare(complement(keyOf(a)), complement(keyOf(b))))).toBe(signOf(compare(b, a)));
      }),
      { numRuns: 5_000 },
    );
  });

  test('keep that order one after the other, so that compound keys sort field by field', () => {
    fc.assert(
      fc.property(pair, pair, ([a1, b1], [a2, b2]) => {
        const byFields = compare(a1, b1) || compare(a2, b2);
        const keys = [Buffer.concat([keyOf(a1), keyOf(a2)]), Buffer.concat([keyOf(b1), keyOf(b2)])] as const;
        expect(signOf(Buffer.compare(...keys))).toBe(signOf(byFields));
      }),
      { numRuns: 3_000 },
    );
  });

  test('are never the beginning of another value’s key', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const [short, long] = [keyOf(a), keyOf(b)].sort((one, other) => one.length - other.length) as [Buffer, Buffer];
        expect(long.subarray(0, short.length).equals(short)).toBe(compare(a, b) === 0);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('the order of values', () => {
  test('is total: antisymmetric and transitive', () => {
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        expect(signOf(compare(a, b))).toBe(signOf(-compare(b, a)));
        const [low, middle, high] = [a, b, c].sort(compare);
        expect(compare(low, middle)).toBeLessThanOrEqual(0);
        expect(compare(middle, high)).toBeLessThanOrEqual(0);
        expect(compare(low, high)).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe('BSON bytes', () => {
  test('give the same document, types and order of fields included', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value)), (fields) => {
        const document: Document = new Map(fields);
        const read = decode(encode(document));
        expect([...read.keys()]).toEqual([...document.keys()]);
        expect(encode(read).equals(encode(document))).toBe(true);
        expect(compare(read, document)).toBe(0);
      }),
    );
  });

  test('that are cut, changed or random are refused and nothing else happens', () => {
    const broken = fc
      .tuple(fc.array(fc.tuple(name, value)), fc.nat(), fc.integer({ min: 0, max: 255 }), fc.nat({ max: 3 }))
      .map(([fields, at, byte, cut]) => {
        const good = encode(new Map(fields));
        good[at % good.length] = byte;
        return good.subarray(0, good.length - cut);
      });
    fc.assert(
      fc.property(fc.oneof(broken, bytes({ maxLength: 64 })), (input) => {
        let outcome: unknown;
        try {
          outcome = decode(input);
        } catch (error) {
          outcome = error;
        }
        expect(outcome instanceof Map || outcome instanceof MalformedBytes || outcome instanceof Refusal).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });

  test('nested deeper than MongoDB allows are refused before the stack ends', () => {
    let deep: Document = new Map();
    for (let level = 0; level < 500; level++) deep = new Map([['a', deep]]);
    const bytesOfDeep = encode(deep);
    expect(() => decode(bytesOfDeep)).toThrow(/nested object depth/);
  });
});

describe('decimals', () => {
  test('are read as they were written', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 34n) + 1n, max: 10n ** 34n - 1n }),
        fc.integer({ min: -6176, max: 6111 }),
        (coefficient, exponent) => {
          expect(readDecimal(writeDecimal({ coefficient, exponent }))).toEqual({ coefficient, exponent });
        },
      ),
    );
  });

  test('round half to even past 34 digits, and overflow to infinity', () => {
    const ones = BigInt('1'.repeat(34));
    expect(readDecimal(writeDecimal({ coefficient: ones * 10n + 5n, exponent: -1 }))).toEqual({
      coefficient: ones + 1n,
      exponent: 0,
    });
    expect(readDecimal(writeDecimal({ coefficient: (ones + 1n) * 10n + 5n, exponent: -1 }))).toEqual({
      coefficient: ones + 1n,
      exponent: 0,
    });
    expect(readDecimal(writeDecimal({ coefficient: -1n, exponent: 7000 }))).toBe('-Infinity');
  });

  test('a double is one exactly', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (double) => {
        const { coefficient, exponent } = exactDouble(double);
        expect(Number(`${coefficient}e${exponent}`)).toBe(double + 0);
      }),
    );
  });
});

describe('arithmetic', () => {
  test.each<[string, Parameters<typeof calculate>, unknown]>([
    ['int32 stays int32', ['add', new Int32(1), new Int32(2)], new Int32(3)],
    ['int32 overflows to int64', ['add', new Int32(2 ** 31 - 1), new Int32(1)], 2n ** 31n],
    ['int64 stays int64', ['add', 1n, new Int32(1)], 2n],
    ['int64 refuses to overflow', ['multiply', 2n ** 62n, new Int32(2)], undefined],
    ['a double makes a double', ['add', 1n, 0.5], 1.5],
    [
      'a decimal makes a decimal',
      ['add', writeDecimal({ coefficient: 11n, exponent: -1 }), 0.1],
      writeDecimal({ coefficient: 120000000000000n, exponent: -14 }),
    ],
  ])('%s', (_, [operation, a, b], expected) => {
    const result = calculate(operation, a, b);
    if (result instanceof Decimal128 && expected instanceof Decimal128) expect(compare(result, expected)).toBe(0);
    else expect(result).toEqual(expected);
  });

  test('of whole numbers is that of mathematics', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (a, b) => {
        const result = calculate('multiply', new Int32(a), new Int32(b));
        expect(result === undefined ? undefined : BigInt(toDouble(result))).toBe(
          BigInt(toDouble(BigInt(a) * BigInt(b))),
        );
      }),
    );
  });
});
