import { compare, equal } from '../bson/compare.ts';
import { wholeNumber } from '../bson/numbers.ts';
import { isDocument, type Document, type Value } from '../bson/values.ts';
import { Refusal } from '../errors.ts';
import { valueTest } from './filter.ts';
import type { Test } from './predicates.ts';
import { comparatorOf, sortOf } from './sort.ts';
import { arrayAt, write } from './update-paths.ts';
import type { Change, UpdateOperator } from './update-operator.ts';

const push: UpdateOperator = (operand) => {
  const { items, position, sort, slice } = pushed(operand);
  return (document, path) => {
    const array = arrayAt(document, path) ?? [];
    array.splice(position ?? array.length, 0, ...items);
    if (sort !== undefined) array.sort(sort);
    write(document, path, slice === undefined ? array : sliced(array, slice));
  };
};

interface Pushed {
  readonly items: Value[];
  readonly position: number | undefined;
  readonly sort: ((a: Value, b: Value) => number) | undefined;
  readonly slice: number | undefined;
}

function pushed(operand: Value): Pushed {
  const each = isDocument(operand) ? operand.get('$each') : undefined;
  if (!isDocument(operand) || each === undefined)
    return { items: [operand], position: undefined, sort: undefined, slice: undefined };
  for (const name of operand.keys())
    if (!['$each', '$position', '$sort', '$slice'].includes(name))
      throw new Refusal('BadValue', `Unrecognized clause in $push: ${name}`);
  const sort = operand.get('$sort');
  return {
    items: eachOf('$push', each),
    position: clause(operand, '$position'),
    sort: sort === undefined ? undefined : elementOrder(sort),
    slice: clause(operand, '$slice'),
  };
}

function eachOf(name: string, each: Value): Value[] {
  if (Array.isArray(each)) return each;
  throw new Refusal('TypeMismatch', `The argument to $each in ${name} must be an array`);
}

function clause(operand: Document, name: string): number | undefined {
  const value = operand.get(name);
  const whole = wholeNumber(value);
  if (value !== undefined && whole === undefined)
    throw new Refusal('BadValue', `The value for ${name} must be an integer value`);
  return whole;
}

function elementOrder(sort: Value): (a: Value, b: Value) => number {
  const direction = wholeNumber(sort);
  if (direction === 1 || direction === -1) return (a, b) => compare(a, b) * direction;
  if (!isDocument(sort)) throw new Refusal('BadValue', 'The $sort is invalid: use 1/-1 to sort the whole element');
  const fields = comparatorOf(sortOf(sort));
  return (a, b) => fields(asDocument(a), asDocument(b));
}

/** An element that is no document sorts as one without fields. */
const asDocument = (value: Value): Document => (isDocument(value) ? value : new Map<string, Value>());

/** The first `slice` elements, or the last when it is negative. */
const sliced = (array: Value[], slice: number): Value[] =>
  slice >= 0 ? array.slice(0, slice) : array.slice(Math.max(0, array.length + slice));

const addToSet: UpdateOperator = (operand) => {
  const each = isDocument(operand) ? operand.get('$each') : undefined;
  const items = each === undefined ? [operand] : eachOf('$addToSet', each);
  return (document, path) => {
    const array = arrayAt(document, path) ?? [];
    for (const item of items) if (!array.some((present) => equal(present, item))) array.push(item);
    write(document, path, array);
  };
};

/** A change that keeps only the elements that do not pass; a missing array stays missing. */
const without =
  (test: Test): Change =>
  (document, path) => {
    const array = arrayAt(document, path);
    if (array?.some(test) === true)
      write(
        document,
        path,
        array.filter((item) => !test(item)),
      );
  };

/** A plain value pulls what equals it; operators and, against documents, a query pull what matches. */
const pull: UpdateOperator = (operand) => without(valueTest(operand));

const pullAll: UpdateOperator = (operand) => {
  if (!Array.isArray(operand)) throw new Refusal('BadValue', '$pullAll requires an array argument');
  return without((item) => operand.some((unwanted) => equal(item, unwanted)));
};

const pop: UpdateOperator = (operand) => {
  const end = wholeNumber(operand);
  if (end !== 1 && end !== -1) throw new Refusal('FailedToParse', '$pop expects 1 or -1');
  return (document, path) => {
    const array = arrayAt(document, path);
    if (array !== undefined) write(document, path, end === 1 ? array.slice(0, -1) : array.slice(1));
  };
};

/** Operators on arrays. */
export const arrayOperators: readonly (readonly [string, UpdateOperator])[] = [
  ['$push', push],
  ['$addToSet', addToSet],
  ['$pull', pull],
  ['$pullAll', pullAll],
  ['$pop', pop],
];
