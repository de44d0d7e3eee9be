import { Decimal128 } from './values.ts';

/** The exact number `coefficient × 10^exponent`. */
export interface Exact {
  readonly coefficient: bigint;
  readonly exponent: number;
}

const bias = 6176;
const maxBiased = 12287;
const digits = 34;
const coefficientMask = (1n << 113n) - 1n;
const maxCoefficient = 10n ** BigInt(digits) - 1n;

/** What a decimal128 says: an exact number, or one of the three that are none (IEEE 754-2008 §3.5.2, binary encoding). */
export function readDecimal(decimal: Decimal128): Exact | 'NaN' | 'Infinity' | '-Infinity' {
  const bits = (decimal.bytes.readBigUInt64LE(8) << 64n) | decimal.bytes.readBigUInt64LE(0);
  const negative = bits >> 127n === 1n;
  const top = Number((bits >> 122n) & 0x1fn);
  if (top === 0x1f) return 'NaN';
  if (top === 0x1e) return negative ? '-Infinity' : 'Infinity';
  // Two leading ones mean a coefficient past 34 digits, which the standard reads as zero.
  const large = top >> 3 === 3;
  const biased = Number((bits >> (large ? 111n : 113n)) & 0x3fffn);
  const coefficient = large ? 0n : bits & coefficientMask;
  const canonical = coefficient > maxCoefficient ? 0n : coefficient;
  return { coefficient: negative ? -canonical : canonical, exponent: biased - bias };
}

/** The nearest decimal128, half to even, as MongoDB's arithmetic rounds. Overflow becomes an infinity. */
export function writeDecimal({ coefficient, exponent }: Exact): Decimal128 {
  const negative = coefficient < 0n;
  let { magnitude, scale } = rounded(negative ? -coefficient : coefficient, exponent);
  while (scale > maxBiased - bias && magnitude > 0n && magnitude * 10n <= maxCoefficient) {
    magnitude *= 10n;
    scale -= 1;
  }
  if (magnitude === 0n) scale = Math.min(Math.max(scale, -bias), maxBiased - bias);
  if (scale > maxBiased - bias) return special(negative ? 0xf8 : 0x78);
  return fromBits(((negative ? 1n : 0n) << 127n) | (BigInt(scale + bias) << 113n) | magnitude);
}

export const notANumber = (): Decimal128 => special(0x7c);

function rounded(magnitude: bigint, exponent: number): { magnitude: bigint; scale: number } {
  const excess = Math.max(magnitude.toString().length - digits, -bias - exponent, 0);
  if (excess === 0) return { magnitude, scale: exponent };
  const unit = 10n ** BigInt(excess);
  const quotient = magnitude / unit;
  const twice = (magnitude % unit) * 2n;
  const up = twice > unit || (twice === unit && quotient % 2n === 1n);
  const next = quotient + (up ? 1n : 0n);
  return next > maxCoefficient
    ? { magnitude: next / 10n, scale: exponent + excess + 1 }
    : { magnitude: next, scale: exponent + excess };
}

function fromBits(bits: bigint): Decimal128 {
  const bytes = Buffer.alloc(16);
  bytes.writeBigUInt64LE(bits & 0xffff_ffff_ffff_ffffn, 0);
  bytes.writeBigUInt64LE(bits >> 64n, 8);
  return new Decimal128(bytes);
}

function special(top: number): Decimal128 {
  const bytes = Buffer.alloc(16);
  bytes[15] = top;
  return new Decimal128(bytes);
}

/** A finite double as an exact decimal: every double is one, since 2^-n = 5^n × 10^-n. */
export function exactDouble(value: number): Exact {
  if (Number.isSafeInteger(value)) return { coefficient: BigInt(value), exponent: 0 };
  const view = Buffer.alloc(8);
  view.writeDoubleBE(value);
  const bits = view.readBigUInt64BE();
  const field = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xf_ffff_ffff_ffffn;
  const mantissa = field === 0 ? fraction : fraction | (1n << 52n);
  const power = (field === 0 ? 1 : field) - 1075;
  const signed = value < 0 ? -mantissa : mantissa;
  return power >= 0
    ? { coefficient: signed << BigInt(power), exponent: 0 }
    : { coefficient: signed * 5n ** BigInt(-power), exponent: power };
}

export function subtract(a: Exact, b: Exact): Exact {
  return add(a, { coefficient: -b.coefficient, exponent: b.exponent });
}

export function add(a: Exact, b: Exact): Exact {
  const exponent = Math.min(a.exponent, b.exponent);
  const scaled = (term: Exact): bigint => term.coefficient * 10n ** BigInt(term.exponent - exponent);
  return { coefficient: scaled(a) + scaled(b), exponent };
}

export const multiply = (a: Exact, b: Exact): Exact => ({
  coefficient: a.coefficient * b.coefficient,
  exponent: a.exponent + b.exponent,
});

/** The double nearest to an exact number; an overflow is an infinity. */
export const nearestDouble = ({ coefficient, exponent }: Exact): number => Number(`${coefficient}e${exponent}`);
