import { wholeNumber } from '../bson/numbers.ts';
import { isDocument, type Document, type Value } from '../bson/values.ts';
import { Refusal } from '../errors.ts';
import { isTrue } from '../query/predicates.ts';

/** What every command may carry and nothing here depends on: every write is durable and every read the latest. */
const common = new Set([
  '$db',
  'lsid',
  '$readPreference',
  '$clusterTime',
  'readConcern',
  'writeConcern',
  'maxTimeMS',
  'comment',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  'allowDiskUse',
  'bypassDocumentValidation',
]);

/** Real options of MongoDB that would change the answer, and that this server does not have. */
const unsupported = new Set([
  'collation',
  'hint',
  'let',
  'min',
  'max',
  'returnKey',
  'showRecordId',
  'tailable',
  'awaitData',
  'noCursorTimeout',
  'allowPartialResults',
  'oplogReplay',
  'explain',
  'capped',
  'size',
  'timeseries',
  'viewOn',
  'pipeline',
  'validator',
  'validationLevel',
  'validationAction',
  'clusteredIndex',
  'changeStreamPreAndPostImages',
  'encryptedFields',
  'expireAfterSeconds',
  'storageEngine',
  'indexOptionDefaults',
  'commitQuorum',
  'sampleRate',
  'term',
  'ntoreturn',
]);

/**
 * Refuses an option that the command does not know, so that nobody believes it was heard.
 * @throws Refusal NotImplemented, UnknownField, or IllegalOperation inside a transaction
 */
export function assertOptions(command: string, options: Document, known: readonly string[]): void {
  for (const [name, value] of options) {
    if (name === command || common.has(name) || known.includes(name)) continue;
    if (['txnNumber', 'autocommit', 'startTransaction'].includes(name))
      throw new Refusal('IllegalOperation', 'Transaction numbers are only allowed on a replica set member or mongos');
    if (!unsupported.has(name))
      throw new Refusal('UnknownField', `BSON field '${command}.${name}' is an unknown field.`);
    if (value !== null && value !== false)
      throw new Refusal('NotImplemented', `the option '${name}' of ${command} is not supported by this server`);
  }
}

export function text(options: Document, name: string): string {
  const value = options.get(name);
  if (typeof value === 'string' && value !== '') return value;
  throw value === undefined ? missing(name) : mistyped(name, 'string');
}

export function document(options: Document, name: string): Document {
  const value = options.get(name);
  if (value === undefined || value === null) return new Map();
  if (isDocument(value)) return value;
  throw mistyped(name, 'object');
}

export function documents(options: Document, name: string): Document[] {
  const value = options.get(name);
  if (value === undefined) throw missing(name);
  if (Array.isArray(value) && value.every(isDocument) && value.length > 0) return value;
  throw Array.isArray(value) && value.length === 0
    ? new Refusal('BadValue', `Write batch sizes must be between 1 and 100000. Got 0 operations.`)
    : mistyped(name, 'array of objects');
}

/** A whole number from zero up, or `undefined` when it is not there. */
export function count(options: Document, name: string): number | undefined {
  const value = options.get(name);
  if (value === undefined || value === null) return undefined;
  const whole = wholeNumber(value);
  if (whole === undefined) throw mistyped(name, 'whole number');
  if (whole < 0) throw new Refusal('BadValue', `BSON field '${name}' value must be >= 0, actual value '${whole}'`);
  return whole;
}

export const flag = (options: Document, name: string, otherwise = false): boolean => {
  const value: Value | undefined = options.get(name);
  return value === undefined ? otherwise : isTrue(value);
};

const missing = (name: string): Refusal =>
  new Refusal('MissingField', `BSON field '${name}' is missing but a required field`);

const mistyped = (name: string, wanted: string): Refusal =>
  new Refusal('TypeMismatch', `BSON field '${name}' is the wrong type, expected ${wanted}`);
