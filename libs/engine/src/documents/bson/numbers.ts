import {
  add,
  exactDouble,
  multiply,
  nearestDouble,
  notANumber,
  readDecimal,
  writeDecimal,
  type Exact,
} from './decimal.ts';
import { Decimal128, Int32 } from './values.ts';

export type Numeric = number | bigint | Int32 | Decimal128;

/** A number that JavaScript orders exactly (bigint against number is exact), or an exact decimal. */
export type Magnitude = number | bigint | Exact;

export function magnitude(value: Numeric): Magnitude {
  if (value instanceof Int32) return value.value;
  if (!(value instanceof Decimal128)) return value;
  const read = readDecimal(value);
  return typeof read === 'string' ? Number(read) : read;
}

/** The number as a double, which may round it. */
export function toDouble(value: Numeric): number {
  const exact = magnitude(value);
  return typeof exact === 'object' ? nearestDouble(exact) : Number(exact);
}

/** Numeric order of BSON: NaN is below every number and equal to itself; the type plays no part. */
export function compareNumbers(a: Numeric, b: Numeric): number {
  const left = magnitude(a);
  const right = magnitude(b);
  if (typeof left === 'object' || typeof right === 'object') return compareExact(left, right);
  if (left < right) return -1;
  if (left > right) return 1;
  return Number(Number.isNaN(right)) - Number(Number.isNaN(left));
}

function compareExact(left: Magnitude, right: Magnitude): number {
  if (Number.isNaN(left) || right === Infinity || left === -Infinity) return left === right ? 0 : -1;
  if (Number.isNaN(right) || left === Infinity || right === -Infinity) return 1;
  const difference = add(exactly(left), negated(exactly(right))).coefficient;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** A finite magnitude as an exact decimal. */
export function exactly(value: Magnitude): Exact {
  if (typeof value === 'object') return value;
  return typeof value === 'bigint' ? { coefficient: value, exponent: 0 } : exactDouble(value);
}

const negated = ({ coefficient, exponent }: Exact): Exact => ({ coefficient: -coefficient, exponent });

const minLong = -(2n ** 63n);
const maxLong = 2n ** 63n - 1n;

/**
 * The result of `operation` with MongoDB's types: the widest of the two (int32, int64, double, decimal128), an int32
 * that overflows becomes an int64; `undefined` when an int64 overflows.
 */
export function calculate(operation: 'add' | 'multiply', a: Numeric, b: Numeric): Numeric | undefined {
  if (a instanceof Decimal128 || b instanceof Decimal128) return calculateDecimal(operation, a, b);
  if (typeof a === 'number' || typeof b === 'number') {
    const [x, y] = [toDouble(a), toDouble(b)];
    return operation === 'add' ? x + y : x * y;
  }
  const [x, y] = [wholeOf(a), wholeOf(b)];
  const result = operation === 'add' ? x + y : x * y;
  if (result < minLong || result > maxLong) return undefined;
  const narrow = a instanceof Int32 && b instanceof Int32 && result === BigInt.asIntN(32, result);
  return narrow ? new Int32(Number(result)) : result;
}

const wholeOf = (value: bigint | Int32): bigint => (typeof value === 'bigint' ? value : BigInt(value.value));

function calculateDecimal(operation: 'add' | 'multiply', a: Numeric, b: Numeric): Decimal128 {
  const [x, y] = [asDecimalOperand(a), asDecimalOperand(b)];
  if (typeof x === 'number' || typeof y === 'number') return decimalOf(infinite(operation, x, y));
  return writeDecimal(operation === 'add' ? add(x, y) : multiply(x, y));
}

/** One side is an infinity or NaN: doubles follow the same rules. */
function infinite(operation: 'add' | 'multiply', x: Exact | number, y: Exact | number): number {
  const [p, q] = [x, y].map((term) => (typeof term === 'number' ? term : Math.sign(Number(term.coefficient))));
  return operation === 'add' ? Number(p) + Number(q) : Number(p) * Number(q);
}

function asDecimalOperand(value: Numeric): Exact | number {
  const exact = magnitude(value);
  if (typeof exact === 'object') return exact;
  if (typeof exact === 'bigint') return { coefficient: exact, exponent: 0 };
  // MongoDB reads a double as a decimal of 15 significant digits before it calculates.
  return Number.isFinite(exact) ? fifteenDigits(exact) : exact;
}

function fifteenDigits(value: number): Exact {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return { coefficient: BigInt(value), exponent: 0 };
  const [mantissa = '0', power = '0'] = value.toExponential(14).split('e');
  return { coefficient: BigInt(mantissa.replace('.', '')), exponent: Number(power) - 14 };
}

/** A double as decimal128 with 15 significant digits. */
export function decimalOf(value: number): Decimal128 {
  if (Number.isNaN(value)) return notANumber();
  if (!Number.isFinite(value)) return writeDecimal({ coefficient: value < 0 ? -1n : 1n, exponent: 9999 });
  return writeDecimal(fifteenDigits(value));
}

/** A whole number an option or index may use, or `undefined`: 5, NumberLong(5) and 5.0 are the same. */
export function wholeNumber(value: unknown): number | undefined {
  const number = value instanceof Int32 ? value.value : typeof value === 'bigint' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}
