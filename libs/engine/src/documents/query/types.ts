import { compare } from '../bson/compare.ts';
import { wholeNumber } from '../bson/numbers.ts';
import {
  Binary,
  Code,
  DateTime,
  Decimal128,
  Edge,
  Int32,
  isNumber,
  ObjectId,
  RegularExpression,
  Timestamp,
  type Value,
} from '../bson/values.ts';
import { Refusal } from '../errors.ts';

const types: readonly (readonly [code: number, alias: string, is: (value: Value) => boolean])[] = [
  [1, 'double', (value) => typeof value === 'number'],
  [2, 'string', (value) => typeof value === 'string'],
  [3, 'object', (value) => value instanceof Map],
  [4, 'array', (value) => Array.isArray(value)],
  [5, 'binData', (value) => value instanceof Binary],
  [7, 'objectId', (value) => value instanceof ObjectId],
  [8, 'bool', (value) => typeof value === 'boolean'],
  [9, 'date', (value) => value instanceof DateTime],
  [10, 'null', (value) => value === null],
  [11, 'regex', (value) => value instanceof RegularExpression],
  [13, 'javascript', (value) => value instanceof Code],
  [16, 'int', (value) => value instanceof Int32],
  [17, 'timestamp', (value) => value instanceof Timestamp],
  [18, 'long', (value) => typeof value === 'bigint'],
  [19, 'decimal', (value) => value instanceof Decimal128],
  [-1, 'minKey', (value) => value instanceof Edge && compare(value, null) < 0],
  [127, 'maxKey', (value) => value instanceof Edge && compare(value, null) > 0],
];

/** The alias MongoDB gives to a value's type in its messages. */
export const typeName = (value: Value | undefined): string =>
  value === undefined ? 'missing' : (types.find(([, , is]) => is(value))?.[1] ?? 'object');

/** `$type`: one code or alias, or a list of them; "number" is every numeric type. */
export function typeTest(operand: Value): (value: Value) => boolean {
  const tests = (Array.isArray(operand) ? operand : [operand]).map(single);
  if (tests.length === 0) throw new Refusal('FailedToParse', '$type must match at least one type');
  return (value) => tests.some((test) => test(value));
}

function single(operand: Value): (value: Value) => boolean {
  if (operand === 'number') return isNumber;
  const whole = wholeNumber(operand);
  const found = types.find(([code, alias]) => alias === operand || code === whole);
  if (found !== undefined) return found[2];
  throw typeof operand === 'string'
    ? new Refusal('BadValue', `Unknown type name alias: ${operand}`)
    : whole !== undefined
      ? new Refusal('BadValue', `Invalid numerical type code: ${whole}`)
      : new Refusal('TypeMismatch', 'type must be represented as a number or a string');
}
