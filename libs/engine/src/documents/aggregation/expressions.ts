import { compare } from '../bson/compare.ts';
import { calculate, toDouble, wholeNumber, type Numeric } from '../bson/numbers.ts';
import { Decimal128, Int32, isDocument, isNumber, type Document, type Value } from '../bson/values.ts';
import { Refusal } from '../errors.ts';
import { isTrue } from '../query/predicates.ts';
import { typeName } from '../query/types.ts';

/** Computes a value from a document; `undefined` is "missing". */
export type Expression = (document: Document) => Value | undefined;

/** Reads an aggregation expression: `'$path'`, `{ $operator: … }`, a document or list of expressions, a constant. */
export function expressionOf(source: Value): Expression {
  if (typeof source === 'string' && source.startsWith('$')) return pathExpression(source);
  if (Array.isArray(source)) {
    const items = source.map(expressionOf);
    return (document) => items.map((item) => item(document) ?? null);
  }
  if (!isDocument(source)) return () => source;
  const [first] = source.keys();
  return first?.startsWith('$') === true ? operatorExpression(source, first) : documentExpression(source);
}

function pathExpression(source: string): Expression {
  if (source === '$$ROOT') return (document) => document;
  if (source.startsWith('$$')) throw new Refusal('NotImplemented', `the variable ${source} is not supported`);
  const parts = source.slice(1).split('.');
  if (parts.includes('')) throw new Refusal('BadValue', `FieldPath '${source.slice(1)}' is not valid`);
  return (document) => along(document, parts);
}

/** Follows a path; an array on the way gives the list of what its documents hold there. */
function along(value: Value | undefined, parts: readonly string[]): Value | undefined {
  const [part, ...rest] = parts;
  if (part === undefined) return value;
  if (isDocument(value)) return along(value.get(part), rest);
  if (!Array.isArray(value)) return undefined;
  return value.map((item) => along(item, parts)).filter((item) => item !== undefined);
}

function documentExpression(source: Document): Expression {
  const fields = Array.from(source, ([name, value]) => [name, expressionOf(value)] as const);
  return (document) => {
    const made: Document = new Map();
    for (const [name, expression] of fields) {
      const value = expression(document);
      if (value !== undefined) made.set(name, value);
    }
    return made;
  };
}

type Operation = (values: (Value | undefined)[]) => Value | undefined;

function operatorExpression(source: Document, name: string): Expression {
  if (source.size !== 1)
    throw new Refusal('InvalidPipelineOperator', 'an object representing an expression must have exactly one field');
  const operand = source.get(name) ?? null;
  if (name === '$literal') return () => operand;
  const parameters = name === '$cond' && isDocument(operand) ? conditionParameters(operand) : listOf(operand);
  const operation = operations.get(name);
  if (operation === undefined) throw new Refusal('InvalidPipelineOperator', `Unrecognized expression '${name}'`);
  const [least, most] = operation.takes;
  if (parameters.length < least || parameters.length > most)
    throw new Refusal(
      'Location16764',
      `Expression ${name} takes ${least} to ${most} arguments. ${parameters.length} were passed in.`,
    );
  const expressions = parameters.map(expressionOf);
  return (document) => operation.run(expressions.map((expression) => expression(document)));
}

const listOf = (operand: Value): Value[] => (Array.isArray(operand) ? operand : [operand]);

const conditionParameters = (operand: Document): Value[] =>
  ['if', 'then', 'else'].map((name) => {
    const value = operand.get(name);
    if (value === undefined) throw new Refusal('FailedToParse', `Missing '${name}' parameter to $cond`);
    return value;
  });

interface Definition {
  readonly takes: readonly [least: number, most: number];
  readonly run: Operation;
}

const comparison = (verdict: (order: number) => boolean): Definition => ({
  takes: [2, 2],
  // A missing value stands below null here, unlike in a query.
  run: ([a, b]) => verdict(Number(a !== undefined) - Number(b !== undefined) || compare(a, b)),
});

const arithmetic = (name: string, takes: Definition['takes'], run: (a: Numeric, b: Numeric) => Value): Definition => ({
  takes,
  run: (values) => {
    if (values.some((value) => value === undefined || value === null)) return null;
    const [first, ...rest] = values.map((value) => numeric(name, value));
    return first === undefined
      ? new Int32(0)
      : rest.reduce<Value>((total, next) => run(numeric(name, total), next), first);
  },
});

function numeric(name: string, value: Value | undefined): Numeric {
  if (isNumber(value)) return value;
  throw new Refusal('TypeMismatch', `${name} only supports numeric types on this server, not ${typeName(value)}`);
}

/** The sum, as a double where an int64 would overflow. */
export const sumOf = (a: Numeric, b: Numeric): Numeric => calculate('add', a, b) ?? toDouble(a) + toDouble(b);

const productOf = (a: Numeric, b: Numeric): Numeric => calculate('multiply', a, b) ?? toDouble(a) * toDouble(b);

const negative = (value: Numeric): Numeric => productOf(value, new Int32(-1));

function quotientOf(a: Numeric, b: Numeric): Value {
  if (a instanceof Decimal128 || b instanceof Decimal128)
    throw new Refusal('NotImplemented', '$divide of decimal128 is not supported');
  if (toDouble(b) === 0) throw new Refusal('BadValue', "can't $divide by zero");
  return toDouble(a) / toDouble(b);
}

function floorOf([value]: (Value | undefined)[]): Value | undefined {
  if (value === undefined || value === null) return null;
  const number = numeric('$floor', value);
  if (number instanceof Decimal128) throw new Refusal('NotImplemented', '$floor of decimal128 is not supported');
  return typeof number === 'number' ? Math.floor(number) : number;
}

function sizeOf([value]: (Value | undefined)[]): Value {
  if (Array.isArray(value)) return new Int32(value.length);
  throw new Refusal('TypeMismatch', `The argument to $size must be an array, but was of type: ${typeName(value)}`);
}

function elementAt([items, position]: (Value | undefined)[]): Value | undefined {
  if (items === undefined || items === null) return null;
  const index = wholeNumber(position);
  if (!Array.isArray(items) || index === undefined)
    throw new Refusal('TypeMismatch', '$arrayElemAt needs an array and a whole number');
  return items.at(index);
}

const any = Number.MAX_SAFE_INTEGER;

const operations: ReadonlyMap<string, Definition> = new Map<string, Definition>([
  ['$eq', comparison((order) => order === 0)],
  ['$ne', comparison((order) => order !== 0)],
  ['$gt', comparison((order) => order > 0)],
  ['$gte', comparison((order) => order >= 0)],
  ['$lt', comparison((order) => order < 0)],
  ['$lte', comparison((order) => order <= 0)],
  ['$and', { takes: [0, any], run: (values) => values.every(isTrue) }],
  ['$or', { takes: [0, any], run: (values) => values.some(isTrue) }],
  ['$not', { takes: [1, 1], run: ([value]) => !isTrue(value) }],
  ['$cond', { takes: [3, 3], run: ([condition, then, otherwise]) => (isTrue(condition) ? then : otherwise) }],
  [
    '$ifNull',
    {
      takes: [2, any],
      run: (values) => values.find((value) => value !== undefined && value !== null) ?? values.at(-1),
    },
  ],
  ['$add', arithmetic('$add', [0, any], sumOf)],
  ['$multiply', arithmetic('$multiply', [0, any], productOf)],
  ['$subtract', arithmetic('$subtract', [2, 2], (a, b) => sumOf(a, negative(b)))],
  ['$divide', arithmetic('$divide', [2, 2], quotientOf)],
  ['$floor', { takes: [1, 1], run: floorOf }],
  ['$size', { takes: [1, 1], run: sizeOf }],
  ['$arrayElemAt', { takes: [2, 2], run: elementAt }],
]);
