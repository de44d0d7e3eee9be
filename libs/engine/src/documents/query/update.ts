import { compareText } from '../bson/compare.ts';
import { isDocument, type Document, type Value } from '../bson/values.ts';
import { Refusal } from '../errors.ts';
import { arrayOperators } from './update-arrays.ts';
import type { Change, UpdateOperator } from './update-operator.ts';
import { expand, type ArrayFilters } from './update-paths.ts';
import { fieldOperators } from './update-fields.ts';

/** An update ready to run on any document. */
export interface Update {
  /** Changes the document in place. `matchedIndex` is where the query met an array, for the positional `$`. */
  apply(document: Document, situation: { inserting: boolean; matchedIndex: string | undefined }): void;
  /** The document replaces the whole of the old one. */
  readonly replacement: Document | undefined;
}

const operators: ReadonlyMap<string, UpdateOperator> = new Map([...fieldOperators, ...arrayOperators]);

interface Step {
  readonly path: string;
  readonly change: Change;
  readonly onInsertOnly: boolean;
}

/** Reads `u` of an update: operators or a replacement. Operators outside the allow-list are refused. */
export function updateOf(update: Value | undefined, arrayFilters: ArrayFilters): Update {
  if (Array.isArray(update))
    throw new Refusal('NotImplemented', 'aggregation pipelines as updates are not supported by this server');
  if (!isDocument(update)) throw new Refusal('FailedToParse', 'Update argument must be either an object or an array');
  const first = update.keys().next();
  if (first.done === true || !first.value.startsWith('$')) return replacementOf(update);
  const steps = Array.from(update, ([name, fields]) => stepsOf(name, fields)).flat();
  steps.sort((a, b) => comparePaths(a.path, b.path));
  refuseConflicts(steps);
  return {
    replacement: undefined,
    apply(document, { inserting, matchedIndex }) {
      for (const { path, change, onInsertOnly } of steps) {
        if (onInsertOnly && !inserting) continue;
        for (const concrete of expand(document, path, { arrayFilters, matchedIndex })) change(document, concrete);
      }
    },
  };
}

function replacementOf(replacement: Document): Update {
  for (const name of replacement.keys())
    if (name.startsWith('$'))
      throw new Refusal(
        'DollarPrefixedFieldName',
        `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an update's replacement document.`,
      );
  return {
    replacement,
    apply(document) {
      const id = document.get('_id');
      document.clear();
      if (id !== undefined) document.set('_id', id);
      for (const [name, value] of replacement) document.set(name, value);
    },
  };
}

function stepsOf(name: string, fields: Value): Step[] {
  const operator = operators.get(name);
  if (operator === undefined)
    throw new Refusal(
      'FailedToParse',
      `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
    );
  if (!isDocument(fields))
    throw new Refusal(
      'FailedToParse',
      `Modifiers operate on fields but we found another type instead. For example: {$mod: {<field>: ...}} not {${name}: ...}`,
    );
  return Array.from(fields, ([path, operand]) => {
    assertPath(path);
    return { path, change: operator(operand), onInsertOnly: name === '$setOnInsert' };
  });
}

function assertPath(path: string): void {
  if (path === '') throw new Refusal('BadValue', 'An empty update path is not valid.');
  if (path.split('.').includes(''))
    throw new Refusal('BadValue', `The update path '${path}' contains an empty field name, which is not allowed.`);
}

/** MongoDB applies changes in the order of their paths, numbers by their value. */
function comparePaths(a: string, b: string): number {
  const [left, right] = [a.split('.'), b.split('.')];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const [x = '', y = ''] = [left[at], right[at]];
    const bothNumbers = /^\d+$/.test(x) && /^\d+$/.test(y);
    const order = bothNumbers ? Number(x) - Number(y) : compareText(x, y);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function refuseConflicts(sorted: readonly Step[]): void {
  for (const [index, { path }] of sorted.entries()) {
    const next = sorted[index + 1]?.path;
    if (next === path || next?.startsWith(`${path}.`) === true)
      throw new Refusal(
        'ConflictingUpdateOperators',
        `Updating the path '${next}' would create a conflict at '${path}'`,
      );
  }
}
