import { compare, typeRank } from '../bson/compare.ts';
import { wholeNumber } from '../bson/numbers.ts';
import type { Document, Value } from '../bson/values.ts';
import { Refusal } from '../errors.ts';
import { leaves } from './paths.ts';

export interface SortField {
  readonly path: string;
  readonly direction: 1 | -1;
}

/** Reads `{ a: 1, b: -1 }`. */
export function sortOf(specification: Document): SortField[] {
  return Array.from(specification, ([path, value]) => {
    if (path.startsWith('$')) throw new Refusal('BadValue', `the sort key ${path} is not supported by this server`);
    const direction = wholeNumber(value);
    if (direction !== 1 && direction !== -1)
      throw new Refusal('BadValue', `Illegal key in $sort specification: ${path}: must be 1 or -1`);
    return { path, direction };
  });
}

/** Compares documents by sort fields. An array counts as its least element ascending and its greatest descending. */
export function comparatorOf(fields: readonly SortField[]): (a: Document, b: Document) => number {
  const keys = fields.map(({ path, direction }) => ({ parts: path.split('.'), direction }));
  return (a, b) => {
    for (const { parts, direction } of keys) {
      const order = compareKeys(sortKey(a, parts, direction), sortKey(b, parts, direction));
      if (order !== 0) return order * direction;
    }
    return 0;
  };
}

/** An array without elements stands below null and above MinKey, as in an index. */
const nothing = Symbol('nothing');
type Key = Value | typeof nothing;

function sortKey(document: Document, parts: readonly string[], direction: 1 | -1): Key {
  let best: Key | undefined;
  for (const candidate of candidates(document, parts))
    if (best === undefined || compareKeys(candidate, best) * direction < 0) best = candidate;
  return best ?? null;
}

function* candidates(document: Document, parts: readonly string[]): Generator<Key> {
  for (const value of leaves(document, parts)) {
    if (!Array.isArray(value)) yield value ?? null;
    else if (value.length === 0) yield nothing;
    else yield* value;
  }
}

function compareKeys(a: Key, b: Key): number {
  if (a !== nothing && b !== nothing) return compare(a, b);
  return rankOf(a) - rankOf(b);
}

const rankOf = (key: Key): number => (key === nothing ? 3 : typeRank(key));
