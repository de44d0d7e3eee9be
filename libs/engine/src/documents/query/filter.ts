import type { Document, Value } from '../bson/values.ts';
import { isDocument } from '../bson/values.ts';
import { Refusal } from '../errors.ts';
import { fieldTest, isOperators, whole, type Filter, type Test } from './predicates.ts';

/**
 * Reads a query once into a test. Operators are an allow-list; every other gets MongoDB's error, never a wrong answer.
 * @throws Refusal BadValue for an unknown operator or a wrong operand.
 */
export function filterOf(query: Document): Filter {
  const parts: Filter[] = [];
  for (const [name, operand] of query) {
    if (name === '$comment') continue;
    parts.push(name.startsWith('$') ? logical(name, operand) : fieldTest(name, operand, filterOf));
  }
  if (parts.length === 1 && parts[0] !== undefined) return parts[0];
  return (document) => parts.every((part) => part(document));
}

function logical(name: string, operand: Value): Filter {
  if (name !== '$and' && name !== '$or' && name !== '$nor')
    throw new Refusal(
      'BadValue',
      `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
    );
  const clauses = clausesOf(name, operand).map(filterOf);
  if (name === '$and') return (document) => clauses.every((clause) => clause(document));
  if (name === '$or') return (document) => clauses.some((clause) => clause(document));
  return (document) => !clauses.some((clause) => clause(document));
}

function clausesOf(name: string, operand: Value): Document[] {
  if (!Array.isArray(operand)) throw new Refusal('BadValue', `${name} must be an array`);
  if (operand.length === 0) throw new Refusal('BadValue', `${name} argument must be a non-empty array`);
  return operand.map((clause) => {
    if (isDocument(clause)) return clause;
    throw new Refusal('BadValue', `${name} argument's entries must be objects`);
  });
}

/** One condition every matching document meets: a path, an operator and its operand. */
export interface Condition {
  readonly path: string;
  readonly operator: string;
  readonly operand: Value;
}

/** The conditions joined by "and" at the top of a query, which is what an index can answer and an upsert can take. */
export function conditionsOf(query: Document): Condition[] {
  const conditions: Condition[] = [];
  for (const [path, operand] of query) {
    if (path === '$and' && Array.isArray(operand)) {
      for (const clause of operand) if (isDocument(clause)) conditions.push(...conditionsOf(clause));
    } else if (path.startsWith('$')) continue;
    else if (isOperators(operand))
      for (const [operator, value] of operand) conditions.push({ path, operator, operand: value });
    else conditions.push({ path, operator: '$eq', operand });
  }
  return conditions;
}

/** Tests one value as `$pull` and array filters do: operators, a query on a document's fields, or equality. */
export function valueTest(condition: Value): Test {
  if (isDocument(condition) && !isOperators(condition)) {
    const filter = filterOf(condition);
    return (value) => isDocument(value) && filter(value);
  }
  const filter = fieldTest('value', condition, filterOf, whole);
  return (value) => filter(new Map(value === undefined ? [] : [['value', value]]));
}
