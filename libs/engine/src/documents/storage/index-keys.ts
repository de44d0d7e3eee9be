import { assertKeyFits, complement, emptyArrayKey, keyOf } from '../bson/key.ts';
import type { Document, Value } from '../bson/values.ts';
import { Refusal } from '../errors.ts';
import { leaves } from '../query/paths.ts';
import type { IndexDefinition } from './index-definition.ts';

/** The keys a document has in an index, each once, and whether an array made them. */
export interface IndexKeys {
  readonly keys: readonly Buffer[];
  readonly multikey: boolean;
}

const none: IndexKeys = { keys: [], multikey: false };

/** A document with arrays may not become more entries than this in one index. */
const maxKeys = 10_000;

/**
 * What a document is found under. An array stands for each of its elements; a missing field is null, except that a
 * sparse index leaves out documents with none of its fields.
 */
export function indexKeysOf(definition: IndexDefinition, document: Document): IndexKeys {
  if (definition.partial?.filter(document) === false) return none;
  const fields = definition.fields.map(({ path, direction }) => fieldKeys(document, path, direction));
  if (definition.sparse && fields.every((field) => field.missing)) return none;
  assertNotParallel(definition, fields);
  let keys: Buffer[] = [Buffer.alloc(0)];
  for (const field of fields) {
    if (keys.length * field.keys.length > maxKeys)
      throw new Refusal(
        'CannotIndexParallelArrays',
        `index ${definition.name}: more than ${maxKeys} keys in one document`,
      );
    keys = keys.flatMap((key) => field.keys.map((next) => Buffer.concat([key, next])));
  }
  for (const key of keys) assertKeyFits(key, `index ${definition.name}`);
  return { keys, multikey: fields.some((field) => field.array !== undefined) };
}

interface FieldKeys {
  readonly keys: readonly Buffer[];
  readonly missing: boolean;
  /** The path of the array that was opened, if one was. */
  readonly array: string | undefined;
}

function fieldKeys(document: Document, path: string, direction: 1 | -1): FieldKeys {
  const parts = path.split('.');
  const keys = new Map<string, Buffer>();
  const add = (key: Buffer): void => void keys.set(key.toString('latin1'), direction === 1 ? key : complement(key));
  let missing = true;
  for (const value of leaves(document, parts)) {
    if (value !== undefined) missing = false;
    if (!Array.isArray(value)) add(keyOf(value ?? null));
    else if (value.length === 0) add(emptyArrayKey);
    else for (const item of value) add(keyOf(item));
  }
  if (keys.size === 0) add(emptyArrayKey);
  return { keys: [...keys.values()], missing, array: firstArray(document, parts) };
}

function firstArray(document: Document, parts: readonly string[]): string | undefined {
  let value: Value | undefined = document;
  for (const [depth, part] of parts.entries()) {
    value = value instanceof Map ? value.get(part) : undefined;
    if (Array.isArray(value)) return parts.slice(0, depth + 1).join('.');
  }
  return undefined;
}

/**
 * Two fields may not each open an array of their own; in a unique index not even the same one, because the pairs that
 * must be unique would be lost here.
 */
function assertNotParallel({ name, unique }: IndexDefinition, fields: readonly FieldKeys[]): void {
  const arrays = fields.map((field) => field.array).filter((array) => array !== undefined);
  if (new Set(arrays).size > 1 || (unique && arrays.length > 1))
    throw new Refusal('CannotIndexParallelArrays', `cannot index parallel arrays ${arrays.join(' ')} in index ${name}`);
}
