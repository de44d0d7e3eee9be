import type { Document, Value } from '../bson/values.ts';

/** An array position in a dotted path: "0", "12", never "01". */
export const isIndex = (part: string): boolean => /^(0|[1-9]\d*)$/.test(part);

/**
 * The values at the end of a dotted path, as a query sees them: an array on the way stands for each document in it
 * and, under a number, for that element. `undefined` once for a path that is missing; nothing at all for an array on
 * the way that leads nowhere. An array at the end is one value: `elements` opens it.
 */
export function* leaves(document: Document, path: readonly string[], from = 0): Generator<Value | undefined> {
  const part = path[from];
  if (part === undefined) return;
  const value = document.get(part);
  if (from === path.length - 1) yield value;
  else if (value instanceof Map) yield* leaves(value, path, from + 1);
  else if (Array.isArray(value)) yield* leavesInArray(value, path, from + 1);
  else yield undefined;
}

function* leavesInArray(items: Value[], path: readonly string[], from: number): Generator<Value | undefined> {
  const part = path[from] ?? '';
  for (const item of items) if (item instanceof Map) yield* leaves(item, path, from);
  if (!isIndex(part)) return;
  const item = items[Number(part)];
  if (item === undefined) return;
  if (from === path.length - 1) yield item;
  else if (item instanceof Map) yield* leaves(item, path, from + 1);
  else if (Array.isArray(item)) yield* leavesInArray(item, path, from + 1);
}

/** The value at a path with no array on the way, as `_id` and index keys of an error message show it. */
export function plainValue(document: Document, path: readonly string[]): Value | undefined {
  let value: Value | undefined = document;
  for (const part of path) value = value instanceof Map ? value.get(part) : undefined;
  return value;
}
