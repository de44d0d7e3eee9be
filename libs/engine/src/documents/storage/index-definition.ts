import { equal } from '../bson/compare.ts';
import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { toDouble, wholeNumber } from '../bson/numbers.ts';
import { docOf, Int32, isDocument, isNumber, type Document, type Value } from '../bson/values.ts';
import { Refusal } from '../errors.ts';
import { filterOf } from '../query/filter.ts';
import { isTrue, type Filter } from '../query/predicates.ts';
import type { SortField } from '../query/sort.ts';

/** What a client asked an index to be. */
export interface IndexDefinition {
  readonly name: string;
  readonly fields: readonly SortField[];
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly expireAfterSeconds: number | undefined;
  /** Only documents that match are in the index. */
  readonly partial: { readonly query: Document; readonly filter: Filter } | undefined;
}

const known = [
  'v',
  'key',
  'name',
  'ns',
  'unique',
  'sparse',
  'background',
  'expireAfterSeconds',
  'partialFilterExpression',
];

/** Reads one entry of `createIndexes`. @throws Refusal for kinds of indexes that this server does not have. */
export function indexDefinitionOf(specification: Value): IndexDefinition {
  if (!isDocument(specification)) throw new Refusal('TypeMismatch', 'an index specification must be an object');
  for (const name of specification.keys())
    if (!known.includes(name))
      throw new Refusal(
        'InvalidIndexSpecificationOption',
        `The field '${name}' is not valid for an index specification on this server`,
      );
  const name = specification.get('name');
  if (typeof name !== 'string' || name === '')
    throw new Refusal('FailedToParse', `The 'name' field is a required property of an index specification`);
  const fields = fieldsOf(specification.get('key'));
  const partial = specification.get('partialFilterExpression');
  const sparse = isTrue(specification.get('sparse'));
  if (partial !== undefined && !isDocument(partial))
    throw new Refusal('TypeMismatch', `The field 'partialFilterExpression' must be an object`);
  if (partial !== undefined && sparse)
    throw new Refusal('CannotCreateIndex', "cannot mix 'partialFilterExpression' and 'sparse' options");
  return {
    name,
    fields,
    unique: isTrue(specification.get('unique')),
    sparse,
    expireAfterSeconds: expiryOf(specification.get('expireAfterSeconds'), fields),
    partial: partial === undefined ? undefined : { query: partial, filter: filterOf(partial) },
  };
}

function fieldsOf(key: Value | undefined): SortField[] {
  if (!isDocument(key) || key.size === 0)
    throw new Refusal('CannotCreateIndex', 'Index keys cannot be an empty object');
  if (key.size > 32) throw new Refusal('CannotCreateIndex', 'An index may have at most 32 fields');
  return Array.from(key, ([path, value]) => {
    const sign = isNumber(value) ? Math.sign(toDouble(value)) : 0;
    if (sign !== 1 && sign !== -1)
      throw new Refusal(
        'CannotCreateIndex',
        `indexes of '${path}' other than 1 and -1 are not supported by this server`,
      );
    if (path.split('.').some((part) => part === '' || part.startsWith('$')))
      throw new Refusal('CannotCreateIndex', `'${path}' is not a field an index can be on`);
    return { path, direction: sign };
  });
}

function expiryOf(value: Value | undefined, fields: readonly SortField[]): number | undefined {
  if (value === undefined) return undefined;
  const seconds = wholeNumber(value);
  if (seconds === undefined || seconds < 0 || seconds > 2_147_483_647)
    throw new Refusal(
      'CannotCreateIndex',
      'TTL index expireAfterSeconds must be a whole number of seconds within int32',
    );
  if (fields.length !== 1) throw new Refusal('CannotCreateIndex', 'TTL indexes are single-field indexes');
  return seconds;
}

/** `{ truckId: 1, atMs: -1 }`, as answers and errors show it. */
export const keyPattern = ({ fields }: IndexDefinition): Document =>
  new Map(fields.map(({ path, direction }) => [path, new Int32(direction)]));

/** The index as `listIndexes` tells it, and as the catalog stores it. */
export const specificationOf = (definition: IndexDefinition): Document =>
  docOf({
    v: new Int32(2),
    key: keyPattern(definition),
    name: definition.name,
    unique: definition.unique ? true : undefined,
    sparse: definition.sparse ? true : undefined,
    expireAfterSeconds:
      definition.expireAfterSeconds === undefined ? undefined : new Int32(definition.expireAfterSeconds),
    partialFilterExpression: definition.partial?.query,
  });

export const storeDefinition = (definition: IndexDefinition): string =>
  encode(specificationOf(definition)).toString('base64');

export const readDefinition = (stored: string): IndexDefinition =>
  indexDefinitionOf(decode(Buffer.from(stored, 'base64')));

export const sameDefinition = (a: IndexDefinition, b: IndexDefinition): boolean =>
  equal(specificationOf(a), specificationOf(b));

export const sameFields = (a: IndexDefinition, b: IndexDefinition): boolean => equal(keyPattern(a), keyPattern(b));
