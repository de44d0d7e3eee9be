import { isDocument, type Document, type Value } from '../bson/values.ts';
import { Refusal } from '../errors.ts';
import { valueTest } from './filter.ts';
import { isIndex } from './paths.ts';
import type { Test } from './predicates.ts';
import { show } from '../bson/show.ts';
import { typeName } from './types.ts';

/** Tests for `$[name]`, by name. */
export type ArrayFilters = ReadonlyMap<string, Test>;

/** Reads `arrayFilters`: each entry tests one identifier, `{ 'item.kind': 'x' }` or `{ item: { $gt: 3 } }`. */
export function arrayFiltersOf(entries: Value | undefined): ArrayFilters {
  const filters = new Map<string, Test>();
  if (entries === undefined) return filters;
  if (!Array.isArray(entries)) throw new Refusal('TypeMismatch', 'arrayFilters must be an array');
  for (const entry of entries) {
    const names = isDocument(entry) ? new Set(Array.from(entry.keys(), (path) => path.split('.')[0] ?? '')) : new Set();
    const [name] = names;
    if (!isDocument(entry) || names.size !== 1 || typeof name !== 'string' || name.startsWith('$'))
      throw new Refusal('FailedToParse', 'Expected a single top-level field name in an array filter');
    if (filters.has(name))
      throw new Refusal('FailedToParse', `Found multiple array filters with the same top-level field name ${name}`);
    const whole = entry.get(name);
    filters.set(
      name,
      whole === undefined
        ? valueTest(new Map(Array.from(entry, ([path, value]) => [path.slice(name.length + 1), value])))
        : valueTest(whole),
    );
  }
  return filters;
}

/** The concrete paths a path stands for in this document: `$`, `$[]` and `$[name]` become positions of arrays. */
export function expand(
  document: Document,
  path: string,
  { arrayFilters, matchedIndex }: { arrayFilters: ArrayFilters; matchedIndex: string | undefined },
): string[][] {
  if (!path.includes('$')) return [path.split('.')];
  let paths: string[][] = [[]];
  for (const part of path.split('.')) {
    if (part === '$') {
      if (matchedIndex === undefined)
        throw new Refusal('BadValue', 'The positional operator did not find the match needed from the query.');
      for (const concrete of paths) concrete.push(matchedIndex);
    } else if (part.startsWith('$[')) {
      const test = elementsOf(part, arrayFilters);
      paths = paths.flatMap((concrete) => positions(document, concrete, test).map((index) => [...concrete, index]));
    } else if (part.startsWith('$'))
      throw new Refusal(
        'DollarPrefixedFieldName',
        `The dollar ($) prefixed field '${part}' in '${path}' is not valid for storage.`,
      );
    else for (const concrete of paths) concrete.push(part);
  }
  return paths;
}

function elementsOf(part: string, filters: ArrayFilters): Test {
  const name = part.slice(2, -1);
  if (name === '') return () => true;
  const test = filters.get(name);
  if (test === undefined) throw new Refusal('BadValue', `No array filter found for identifier '${name}' in path`);
  return test;
}

function positions(document: Document, path: readonly string[], test: Test): string[] {
  const items = read(document, path);
  if (!Array.isArray(items))
    throw new Refusal(
      'BadValue',
      `The path '${path.join('.')}' must exist in the document in order to apply array updates.`,
    );
  return [...items.keys()].filter((index) => test(items[index])).map(String);
}

/** The value at a concrete path, where a number under an array is a position. */
export function read(document: Document, path: readonly string[]): Value | undefined {
  let value: Value | undefined = document;
  for (const part of path) {
    if (isDocument(value)) value = value.get(part);
    else if (Array.isArray(value) && isIndex(part)) value = value[Number(part)];
    else return undefined;
  }
  return value;
}

/** MongoDB's bound on filling an array with nulls up to a position. */
const maxBackfill = 1_500_000;

/** Puts a value at a concrete path, making documents on the way and filling arrays with null up to a position. */
export function write(document: Document, path: readonly string[], value: Value): void {
  let container: Document | Value[] = document;
  for (const [depth, part] of path.entries()) {
    const last = depth === path.length - 1;
    const present: Value | undefined = Array.isArray(container)
      ? container[position(container, path, depth)]
      : container.get(part);
    if (!last && (isDocument(present) || Array.isArray(present))) {
      container = present;
      continue;
    }
    if (!last && present !== undefined) throw notViable(path, depth + 1, present);
    const next: Value = last ? value : new Map();
    if (Array.isArray(container)) put(container, Number(part), next);
    else container.set(part, next);
    if (isDocument(next)) container = next;
  }
}

function position(items: Value[], path: readonly string[], depth: number): number {
  const part = path[depth] ?? '';
  if (!isIndex(part)) throw notViable(path, depth, items);
  return Number(part);
}

function put(items: Value[], index: number, value: Value): void {
  if (index - items.length > maxBackfill)
    throw new Refusal('BadValue', `can't backfill more than ${maxBackfill} elements`);
  while (items.length < index) items.push(null);
  items[index] = value;
}

const notViable = (path: readonly string[], depth: number, element: Value): Refusal =>
  new Refusal(
    'PathNotViable',
    `Cannot create field '${path[depth] ?? ''}' in element {${path[depth - 1] ?? ''}: ${show(element)}}`,
  );

/** Takes away the value at a concrete path; an element of an array becomes null, as in MongoDB. */
export function remove(document: Document, path: readonly string[]): void {
  const container = read(document, path.slice(0, -1));
  const part = path.at(-1) ?? '';
  if (isDocument(container)) container.delete(part);
  else if (Array.isArray(container) && isIndex(part) && Number(part) < container.length) container[Number(part)] = null;
}

/** The array at a path, made when it is missing; `undefined` when missing and not asked for. */
export function arrayAt(document: Document, path: readonly string[]): Value[] | undefined {
  const value = read(document, path);
  if (value === undefined || Array.isArray(value)) return value;
  throw new Refusal(
    'BadValue',
    `The field '${path.join('.')}' must be an array but is of type ${typeName(value)} in document {_id: ${show(document.get('_id'))}}`,
  );
}
