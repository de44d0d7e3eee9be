import { compare } from '../bson/compare.ts';
import { calculate, type Numeric } from '../bson/numbers.ts';
import {
  DateTime,
  Decimal128,
  Int32,
  isDocument,
  isNumber,
  Timestamp,
  type Document,
  type Value,
} from '../bson/values.ts';
import { Refusal } from '../errors.ts';
import { show } from '../bson/show.ts';
import { typeName } from './types.ts';
import { read, remove, write } from './update-paths.ts';
import type { UpdateOperator } from './update-operator.ts';

const set: UpdateOperator = (operand) => (document, path) => {
  write(document, path, structured(operand));
};

/** A fresh copy of what has insides, so that two fields or documents never share one. */
function structured(value: Value): Value {
  if (isDocument(value)) return new Map(Array.from(value, ([name, field]) => [name, structured(field)]));
  return Array.isArray(value) ? value.map(structured) : value;
}

const unset: UpdateOperator = () => (document, path) => {
  remove(document, path);
};

const arithmetic =
  (name: '$inc' | '$mul'): UpdateOperator =>
  (operand) => {
    if (!isNumber(operand))
      throw new Refusal(
        'TypeMismatch',
        `Cannot ${name === '$inc' ? 'increment' : 'multiply'} with non-numeric argument: ${show(operand)}`,
      );
    return (document, path) => {
      const present = read(document, path);
      if (present === undefined) write(document, path, name === '$inc' ? operand : zeroOf(operand));
      else if (isNumber(present)) write(document, path, calculated({ name, document, present, operand }));
      else throw notNumeric(name, document, path);
    };
  };

interface Calculation {
  readonly name: '$inc' | '$mul';
  readonly document: Document;
  readonly present: Numeric;
  readonly operand: Numeric;
}

function calculated({ name, document, present, operand }: Calculation): Numeric {
  const result = calculate(name === '$inc' ? 'add' : 'multiply', present, operand);
  if (result !== undefined) return result;
  throw new Refusal(
    'BadValue',
    `Failed to apply ${name} operations to current value ((NumberLong)${show(present)}) for document {_id: ${show(document.get('_id'))}}`,
  );
}

const notNumeric = (name: string, document: Document, path: readonly string[]): Refusal =>
  new Refusal(
    'TypeMismatch',
    `Cannot apply ${name} to a value of non-numeric type. {_id: ${show(document.get('_id'))}} has the field '${path.at(-1) ?? ''}' of non-numeric type ${typeName(read(document, path))}`,
  );

/** Zero in the type of a number: `$mul` on a missing field. */
function zeroOf(operand: Numeric): Numeric {
  if (operand instanceof Int32) return new Int32(0);
  if (typeof operand === 'bigint') return 0n;
  return operand instanceof Decimal128 ? (calculate('multiply', operand, new Int32(0)) ?? operand) : 0;
}

/** `$min` (direction -1) and `$max` (1) by the order of all values, so any type may stand against any. */
const extreme =
  (direction: 1 | -1): UpdateOperator =>
  (operand) =>
  (document, path) => {
    const present = read(document, path);
    if (present === undefined || compare(operand, present) * direction > 0) write(document, path, structured(operand));
  };

const currentDate: UpdateOperator = (operand) => {
  const type = isDocument(operand) ? operand.get('$type') : operand;
  if (typeof type !== 'boolean' && type !== 'date' && type !== 'timestamp')
    throw new Refusal(
      'BadValue',
      `${show(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
    );
  return (document, path) => {
    const now = BigInt(Date.now());
    write(document, path, type === 'timestamp' ? new Timestamp(((now / 1000n) << 32n) | 1n) : new DateTime(now));
  };
};

/** Operators that set, count or compare one field. `$setOnInsert` is `$set`; when it runs is the caller's business. */
export const fieldOperators: readonly (readonly [string, UpdateOperator])[] = [
  ['$set', set],
  ['$setOnInsert', set],
  ['$unset', unset],
  ['$inc', arithmetic('$inc')],
  ['$mul', arithmetic('$mul')],
  ['$min', extreme(-1)],
  ['$max', extreme(1)],
  ['$currentDate', currentDate],
];
