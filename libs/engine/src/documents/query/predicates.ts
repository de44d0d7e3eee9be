import { compare, equal, typeRank } from '../bson/compare.ts';
import { magnitude, toDouble, wholeNumber } from '../bson/numbers.ts';
import { Edge, isDocument, isNumber, RegularExpression, type Document, type Value } from '../bson/values.ts';
import { Refusal } from '../errors.ts';
import { leaves } from './paths.ts';
import { regexTest } from './regex.ts';
import { typeTest } from './types.ts';

/** Says whether a document matches. */
export type Filter = (document: Document) => boolean;

/** Tests one value; `undefined` is a missing field. */
export type Test = (value: Value | undefined) => boolean;

/** `{ $gt: 3 }` is operators; `{ a: 3 }` and `{}` are a document to be equal to. */
export function isOperators(operand: Value): operand is Document {
  if (!isDocument(operand)) return false;
  const first = operand.keys().next();
  return first.done !== true && first.value.startsWith('$') && !['$ref', '$id', '$db'].includes(first.value);
}

/** How a test meets the values at a path: `reaching` opens an array there, `whole` does not. */
type Reach = (parts: readonly string[], test: Test) => Filter;

/** The test of one field of a query: `{ path: operand }`. `filterOf` reads the queries inside `$elemMatch`. */
export function fieldTest(
  path: string,
  operand: Value,
  filterOf: (query: Document) => Filter,
  reach: Reach = reaching,
): Filter {
  const parts = path.split('.');
  if (!isOperators(operand)) return reach(parts, implicit(operand));
  const tests: Filter[] = [];
  for (const [name, value] of operand) {
    if (name === '$options') {
      if (!operand.has('$regex')) throw new Refusal('BadValue', '$options needs a $regex');
    } else tests.push(operatorTest({ path, parts, name, operand: value, siblings: operand, filterOf, reach }));
  }
  return (document) => tests.every((test) => test(document));
}

interface Operator {
  readonly path: string;
  readonly parts: readonly string[];
  readonly name: string;
  readonly operand: Value;
  readonly siblings: Document;
  readonly filterOf: (query: Document) => Filter;
  readonly reach: Reach;
}

/** True when any value at the path, or any element of an array there, passes. */
function reaching(parts: readonly string[], test: Test): Filter {
  return (document) => {
    for (const value of leaves(document, parts)) {
      if (test(value)) return true;
      if (Array.isArray(value) && value.some(test)) return true;
    }
    return false;
  };
}

/** Like `reaching`, for what asks about the value itself and never about the elements of an array. */
export function whole(parts: readonly string[], test: Test): Filter {
  return (document) => {
    for (const value of leaves(document, parts)) if (test(value)) return true;
    return false;
  };
}

const not =
  (filter: Filter): Filter =>
  (document) =>
    !filter(document);

const implicit = (operand: Value): Test =>
  operand instanceof RegularExpression ? regexTest(operand) : equality(operand);

const equality =
  (operand: Value): Test =>
  (value) =>
    equal(value, operand);

function operatorTest(operator: Operator): Filter {
  const { parts, operand, name, reach } = operator;
  switch (name) {
    case '$eq':
      return reach(parts, equality(operand));
    case '$ne':
      if (operand instanceof RegularExpression) throw new Refusal('BadValue', "Can't have regex as arg to $ne.");
      return not(reach(parts, equality(operand)));
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return reach(parts, comparison(name, operand));
    case '$in':
      return reach(parts, membership(name, operand));
    case '$nin':
      return not(reach(parts, membership(name, operand)));
    case '$exists': {
      const present = whole(parts, (value) => value !== undefined);
      return isTrue(operand) ? present : not(present);
    }
    case '$type': {
      const test = typeTest(operand);
      return reach(parts, (value) => value !== undefined && test(value));
    }
    case '$regex':
      return reach(parts, regexTest(regexOf(operand, operator.siblings.get('$options'))));
    case '$mod':
      return reach(parts, modulo(operand));
    case '$size':
      return whole(parts, sizeTest(operand));
    case '$not':
      return negation(operator);
    case '$all':
      return all(operator);
    case '$elemMatch':
      return whole(parts, elementTest(operator));
    default:
      throw new Refusal('BadValue', `unknown operator: ${name}`);
  }
}

/** MongoDB's truth: everything but false, null, a missing value and zero. */
export const isTrue = (value: Value | undefined): boolean =>
  isNumber(value) ? toDouble(value) !== 0 : value !== undefined && value !== null && value !== false;

const verdicts = {
  $gt: (order: number) => order > 0,
  $gte: (order: number) => order >= 0,
  $lt: (order: number) => order < 0,
  $lte: (order: number) => order <= 0,
};

/** Values of another type never compare, except with MinKey and MaxKey; NaN is only equal to itself. */
function comparison(name: keyof typeof verdicts, operand: Value): Test {
  if (operand instanceof RegularExpression)
    throw new Refusal('BadValue', `Can't have RegEx as arg to predicate over field.`);
  const verdict = verdicts[name];
  const rank = typeRank(operand);
  const edge = operand instanceof Edge;
  const isNan = isNumber(operand) && Number.isNaN(magnitude(operand));
  return (value) => {
    if (edge) return value !== undefined && verdict(compare(value, operand));
    if (typeRank(value) !== rank) return false;
    if (isNumber(value) && (isNan || Number.isNaN(magnitude(value))))
      return verdict(0) && compare(value, operand) === 0;
    return verdict(compare(value, operand));
  };
}

function membership(name: string, operand: Value): Test {
  if (!Array.isArray(operand)) throw new Refusal('BadValue', `${name} needs an array`);
  if (operand.some(isOperators)) throw new Refusal('BadValue', `cannot nest $ under ${name}`);
  const tests = operand.map(implicit);
  return (value) => tests.some((test) => test(value));
}

function regexOf(operand: Value, options: Value | undefined): RegularExpression {
  if (options !== undefined && typeof options !== 'string')
    throw new Refusal('BadValue', '$options has to be a string');
  if (typeof operand === 'string') return new RegularExpression(operand, options ?? '');
  if (!(operand instanceof RegularExpression)) throw new Refusal('BadValue', '$regex has to be a string');
  if (options !== undefined && operand.options !== '')
    throw new Refusal('InvalidRegex', 'options set in both $regex and $options');
  return new RegularExpression(operand.pattern, options ?? operand.options);
}

function modulo(operand: Value): Test {
  if (!Array.isArray(operand)) throw new Refusal('BadValue', 'malformed mod, needs to be an array');
  const [divisor, remainder] = operand.map(truncated);
  if (operand.length !== 2 || divisor === undefined || remainder === undefined)
    throw new Refusal('BadValue', 'malformed mod, needs two numbers');
  if (divisor === 0n) throw new Refusal('BadValue', 'divisor cannot be 0');
  return (value) => {
    const number = truncated(value);
    return number !== undefined && number % divisor === remainder;
  };
}

function truncated(value: Value | undefined): bigint | undefined {
  if (!isNumber(value)) return undefined;
  if (typeof value === 'bigint') return value;
  const double = toDouble(value);
  return Number.isFinite(double) ? BigInt(Math.trunc(double)) : undefined;
}

function sizeTest(operand: Value): Test {
  const size = wholeNumber(operand);
  if (size === undefined) throw new Refusal('FailedToParse', 'Failed to parse $size. Expected an integer');
  if (size < 0) throw new Refusal('BadValue', 'Failed to parse $size. Expected a non-negative number');
  return (value) => Array.isArray(value) && value.length === size;
}

function negation({ path, parts, operand, filterOf, reach }: Operator): Filter {
  if (operand instanceof RegularExpression) return not(reach(parts, regexTest(operand)));
  if (!isDocument(operand)) throw new Refusal('BadValue', '$not needs a regex or a document');
  if (!isOperators(operand)) throw new Refusal('BadValue', '$not cannot be empty');
  return not(fieldTest(path, operand, filterOf, reach));
}

function all({ path, parts, operand, filterOf, reach }: Operator): Filter {
  if (!Array.isArray(operand)) throw new Refusal('BadValue', '$all needs an array');
  const clauses = operand.map((item) => {
    if (!isOperators(item)) return reach(parts, implicit(item));
    if (item.size === 1 && item.has('$elemMatch')) return fieldTest(path, item, filterOf, reach);
    throw new Refusal('BadValue', 'no $ expressions in $all');
  });
  return (document) => clauses.length > 0 && clauses.every((clause) => clause(document));
}

function elementTest({ operand, filterOf }: Operator): Test {
  if (!isDocument(operand)) throw new Refusal('BadValue', '$elemMatch needs an Object');
  const isLogical = ['$and', '$or', '$nor'].some((name) => operand.has(name));
  if (isOperators(operand) && !isLogical) {
    // An element that is itself an array is one value: its own elements are not looked at.
    const filter = fieldTest('element', operand, filterOf, whole);
    return (value) => Array.isArray(value) && value.some((item) => filter(new Map([['element', item]])));
  }
  const filter = filterOf(operand);
  return (value) => Array.isArray(value) && value.some((item) => isDocument(item) && filter(item));
}
