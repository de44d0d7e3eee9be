import { wholeNumber } from '../bson/numbers.ts';
import { Int32, isDocument, isNumber, type Document, type Value } from '../bson/values.ts';
import { Refusal } from '../errors.ts';
import { isTrue } from '../query/predicates.ts';
import { projectionOf } from '../query/projection.ts';
import { expressionOf, type Expression } from './expressions.ts';
import { MadeRow, mapped, type Stage } from './rows.ts';

const isFlag = (value: Value): boolean => isNumber(value) || typeof value === 'boolean';

/** `$project`: fields kept or left out as in a query, and fields computed by expressions. */
export function projecting(specification: Value): Stage {
  const source = objectOf('$project', specification);
  if (source.size === 0) throw new Refusal('BadValue', '$project specification must have at least one field');
  const flags: Document = new Map([...source].filter(([, value]) => isFlag(value)));
  const computed = computedFields(new Map([...source].filter(([, value]) => !isFlag(value))));
  if (computed.length > 0) {
    for (const [name, flag] of flags)
      if (name !== '_id' && !isTrue(flag))
        throw new Refusal(
          'BadValue',
          `Invalid $project :: caused by :: Cannot do exclusion on field ${name} in inclusion projection`,
        );
    // Computed fields alone make the projection inclusive: of the document itself only `_id` stays.
    if (!flags.has('_id')) flags.set('_id', true);
  }
  const keepsNothing = computed.length > 0 && flags.size === 1 && !isTrue(flags.get('_id'));
  const projection = keepsNothing ? () => new Map<string, Value>() : projectionOf(flags);
  return mapped((chunk) =>
    chunk.map(({ document }) => new MadeRow(extended(projection?.(document) ?? document, document, computed))),
  );
}

/** `$addFields` and `$set`. */
export function addingFields(specification: Value): Stage {
  const computed = computedFields(objectOf('$addFields', specification));
  return mapped((chunk) => chunk.map(({ document }) => new MadeRow(extended(new Map(document), document, computed))));
}

type Computed = readonly (readonly [name: string, expression: Expression])[];

function computedFields(source: Document): Computed {
  return Array.from(source, ([name, value]) => {
    if (name.includes('.') || name.startsWith('$') || name === '')
      throw new Refusal('NotImplemented', `computing the nested field '${name}' is not supported`);
    if (isDocument(value) && [...value.keys()][0]?.startsWith('$') !== true)
      throw new Refusal('NotImplemented', `computing fields inside '${name}' is not supported`);
    return [name, expressionOf(value)] as const;
  });
}

function extended(target: Document, source: Document, computed: Computed): Document {
  for (const [name, expression] of computed) {
    const value = expression(source);
    if (value === undefined) target.delete(name);
    else target.set(name, value);
  }
  return target;
}

/** `$unwind`: one row per element of the array at the path. */
export function unwinding(specification: Value): Stage {
  const options = isDocument(specification) ? specification : new Map<string, Value>([['path', specification]]);
  for (const name of options.keys())
    if (!['path', 'preserveNullAndEmptyArrays', 'includeArrayIndex'].includes(name))
      throw new Refusal('BadValue', `unrecognized option to $unwind stage: ${name}`);
  const path = options.get('path');
  if (typeof path !== 'string' || !path.startsWith('$') || path.includes('..') || path === '$')
    throw new Refusal('UnwindPath', 'path option to $unwind stage should be prefixed with a $');
  const parts = path.slice(1).split('.');
  const keeps = isTrue(options.get('preserveNullAndEmptyArrays'));
  const indexName = options.get('includeArrayIndex');
  if (indexName !== undefined && (typeof indexName !== 'string' || indexName.includes('.')))
    throw new Refusal('NotImplemented', 'includeArrayIndex must be the name of a top-level field');
  return mapped((chunk) =>
    chunk.flatMap(({ document }) =>
      unwound(document, parts, keeps).map(([row, index]) => {
        if (indexName !== undefined) row.set(indexName, index);
        return new MadeRow(row);
      }),
    ),
  );
}

function unwound(document: Document, parts: readonly string[], keeps: boolean): [Document, Value][] {
  const value = parts.reduce<Value | undefined>((at, part) => (isDocument(at) ? at.get(part) : undefined), document);
  if (Array.isArray(value) && value.length > 0)
    return value.map((item, index) => [withValue(document, parts, item), BigInt(index)]);
  if (value === undefined || value === null || Array.isArray(value))
    return keeps ? [[withValue(document, parts, value === null ? null : undefined), null]] : [];
  return [[new Map(document), null]];
}

/** A copy of the document with another value at the path; `undefined` takes the field away. */
function withValue(document: Document, parts: readonly string[], value: Value | undefined): Document {
  const [part = '', ...rest] = parts;
  const copy: Document = new Map(document);
  const inner = document.get(part);
  if (rest.length > 0) {
    if (isDocument(inner)) copy.set(part, withValue(inner, rest, value));
  } else if (value === undefined) copy.delete(part);
  else copy.set(part, value);
  return copy;
}

/** `$count`: one row with the number of rows, none when there are none. */
export function counting(name: Value): Stage {
  if (typeof name !== 'string' || name === '' || name.startsWith('$') || name.includes('.'))
    throw new Refusal('CountFieldName', 'the count field must be a non-empty string without $ or .');
  return async function* (rows) {
    let count = 0;
    for await (const chunk of rows) count += chunk.length;
    if (count > 0) yield [new MadeRow(new Map([[name, new Int32(count)]]))];
  };
}

function objectOf(stage: string, specification: Value): Document {
  if (isDocument(specification)) return specification;
  throw new Refusal('StageObjectRequired', `${stage} specification must be an object`);
}

/** The operand of `$limit` and `$skip`. */
export function countOf(stage: string, operand: Value, least: number): number {
  const count = wholeNumber(operand);
  if (count === undefined || count < least)
    throw new Refusal(
      least > 0 ? 'LimitNotPositive' : 'BadValue',
      `invalid argument to ${stage} stage: it must be a whole number of at least ${least}`,
    );
  return count;
}
