import { compare } from '../bson/compare.ts';
import { keyOf } from '../bson/key.ts';
import { toDouble, type Numeric } from '../bson/numbers.ts';
import { Decimal128, Int32, isDocument, isNumber, type Document, type Value } from '../bson/values.ts';
import { Refusal } from '../errors.ts';
import { expressionOf, sumOf, type Expression } from './expressions.ts';
import { MadeRow, type Row, type Stage } from './rows.ts';

/** Takes the values of one group, one by one, and tells its result. */
interface Accumulator {
  add(value: Value | undefined): void;
  result(): Value;
}

/** `$group`: `{ _id: expression, field: { $accumulator: expression } }`. */
export function grouping(specification: Value): Stage {
  if (!isDocument(specification))
    throw new Refusal('StageObjectRequired', "a group's fields must be specified in an object");
  const idSource = specification.get('_id');
  if (idSource === undefined) throw new Refusal('GroupNeedsId', 'a group specification must include an _id');
  const id = groupId(idSource);
  const fields = Array.from(specification, ([name, source]) => ({ name, source }))
    .filter(({ name }) => name !== '_id')
    .map(({ name, source }) => fieldOf(name, source));
  return async function* (rows) {
    const groups = new Map<string, { id: Value; accumulators: Accumulator[] }>();
    for await (const chunk of rows)
      for (const row of chunk) {
        const value = id(row);
        const key = keyOf(value).toString('latin1');
        let group = groups.get(key);
        if (group === undefined)
          groups.set(key, (group = { id: value, accumulators: fields.map(({ start }) => start()) }));
        for (const [at, { input }] of fields.entries())
          group.accumulators[at]?.add(input === undefined ? undefined : input(row.document));
      }
    yield Array.from(groups.values(), ({ id: value, accumulators }) => {
      const document: Document = new Map([['_id', value]]);
      for (const [at, { name }] of fields.entries()) document.set(name, accumulators[at]?.result() ?? null);
      return new MadeRow(document);
    });
  };
}

/** The group of a row. A constant is not computed, so that counting never decodes a document. */
function groupId(source: Value): (row: Row) => Value {
  if (typeof source !== 'string' && !isDocument(source) && !Array.isArray(source)) return () => source;
  const expression = expressionOf(source);
  return (row) => expression(row.document) ?? null;
}

interface GroupField {
  readonly name: string;
  readonly start: () => Accumulator;
  /** Absent when it is a constant, so that counting never decodes a document. */
  readonly input: Expression | undefined;
}

function fieldOf(name: string, source: Value): GroupField {
  if (name.includes('.')) throw new Refusal('BadValue', `The field name '${name}' cannot contain '.'`);
  const [operator] = isDocument(source) ? source.keys() : [];
  if (!isDocument(source) || source.size !== 1 || operator === undefined)
    throw new Refusal('BadValue', `The field '${name}' must be an accumulator object`);
  const operand = source.get(operator) ?? null;
  if (operator === '$count') return { name, start: counter(new Int32(1)), input: undefined };
  const accumulator = accumulators.get(operator);
  if (accumulator === undefined) throw new Refusal('UnknownGroupOperator', `unknown group operator '${operator}'`);
  if (operator === '$sum' && isNumber(operand)) return { name, start: counter(operand), input: undefined };
  return { name, start: accumulator, input: expressionOf(operand) };
}

/** Adds a constant for each document. */
const counter = (step: Numeric) => (): Accumulator => {
  let total: Numeric = new Int32(0);
  return { add: () => (total = sumOf(total, step)), result: () => total };
};

function sum(): Accumulator {
  let total: Numeric = new Int32(0);
  return {
    add(value) {
      if (isNumber(value)) total = sumOf(total, value);
    },
    result: () => total,
  };
}

function average(): Accumulator {
  let total: Numeric = 0;
  let count = 0;
  return {
    add(value) {
      if (value instanceof Decimal128) throw new Refusal('NotImplemented', '$avg of decimal128 is not supported');
      if (!isNumber(value)) return;
      total = sumOf(total, value);
      count += 1;
    },
    result: () => (count === 0 ? null : toDouble(total) / count),
  };
}

const extreme = (direction: 1 | -1) => (): Accumulator => {
  let best: Value | undefined;
  return {
    add(value) {
      if (value === undefined || value === null) return;
      if (best === undefined || compare(value, best) * direction > 0) best = value;
    },
    result: () => best ?? null,
  };
};

function first(): Accumulator {
  let kept: Value | undefined;
  return {
    add(value) {
      if (kept === undefined) kept = value ?? null;
    },
    result: () => kept ?? null,
  };
}

function last(): Accumulator {
  let kept: Value = null;
  return { add: (value) => (kept = value ?? null), result: () => kept };
}

function list(): Accumulator {
  const items: Value[] = [];
  return {
    add(value) {
      if (value !== undefined) items.push(value);
    },
    result: () => items,
  };
}

function set(): Accumulator {
  const items = new Map<string, Value>();
  return {
    add(value) {
      const key = value === undefined ? undefined : keyOf(value).toString('latin1');
      if (value !== undefined && key !== undefined && !items.has(key)) items.set(key, value);
    },
    result: () => [...items.values()],
  };
}

const accumulators: ReadonlyMap<string, () => Accumulator> = new Map<string, () => Accumulator>([
  ['$sum', sum],
  ['$avg', average],
  ['$min', extreme(-1)],
  ['$max', extreme(1)],
  ['$first', first],
  ['$last', last],
  ['$push', list],
  ['$addToSet', set],
]);
