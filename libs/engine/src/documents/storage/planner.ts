import { equal } from '../bson/compare.ts';
import { isDocument, type Document } from '../bson/values.ts';
import { conditionsOf, type Condition } from '../query/filter.ts';
import type { SortField } from '../query/sort.ts';
import { boundsOf, nullKey, type Bounds } from './bounds.ts';
import type { Collection, Index } from './catalog.ts';
import { complement } from '../bson/key.ts';
import { rangeUnder, type KeyRange } from './tables.ts';

/** Ranges of one index, or of the records themselves, which are in the order of `_id`. */
export interface Scan {
  readonly index: Index | undefined;
  readonly ranges: readonly KeyRange[];
  readonly reverse: boolean;
  /** Each range is one whole `_id`: a look-up instead of a walk. */
  readonly exact: boolean;
}

/** How to come by every document that may match; the query itself is still tested on each. */
export interface Plan {
  readonly scans: readonly Scan[];
  /** The documents come in the asked order. */
  readonly sorted: boolean;
}

/** Chooses the index that narrows most: equalities first, then a range, then the order. */
export function planOf(collection: Collection, query: Document, sort: readonly SortField[] = []): Plan {
  const best = bestOf(collection, query, sort);
  if (best.narrowness > 0) return { scans: [best.scan], sorted: best.sorted };
  const inOrder = sort.length > 0 && best.sorted;
  const union = inOrder ? undefined : unionOf(collection, query);
  if (union !== undefined) return { scans: union, sorted: sort.length === 0 };
  return { scans: [best.scan], sorted: best.sorted };
}

interface Candidate {
  readonly scan: Scan;
  readonly sorted: boolean;
  /** How much of the query the ranges answer; 0 is a walk over everything. */
  readonly narrowness: number;
}

function bestOf(collection: Collection, query: Document, sort: readonly SortField[]): Candidate {
  const conditions = conditionsOf(query);
  let best = candidateOf(recordsAccess(collection), conditions, sort);
  for (const index of collection.indexes) {
    if (!index.ready || !covers(index, conditions)) continue;
    const candidate = candidateOf(indexAccess(index), conditions, sort);
    const keepsMissing = !index.definition.sparse || candidate.present;
    if (keepsMissing && scoreOf(candidate) > scoreOf(best)) best = candidate;
  }
  return best;
}

const scoreOf = ({ narrowness, sorted }: Candidate): number => narrowness * 2 + Number(sorted);

/** A partial index serves only queries that repeat each of its conditions. */
function covers({ definition }: Index, conditions: readonly Condition[]): boolean {
  const needed = definition.partial === undefined ? [] : conditionsOf(definition.partial.query);
  if (definition.partial !== undefined && [...definition.partial.query.keys()].some((name) => name.startsWith('$')))
    return false;
  return needed.every(({ path, operator, operand }) =>
    conditions.some((other) => other.path === path && other.operator === operator && equal(other.operand, operand)),
  );
}

interface Access {
  readonly index: Index | undefined;
  readonly number: number;
  readonly fields: readonly SortField[];
  readonly unique: boolean;
  readonly multikey: boolean;
}

const recordsAccess = ({ number }: Collection): Access => ({
  index: undefined,
  number,
  fields: [{ path: '_id', direction: 1 }],
  unique: true,
  multikey: false,
});

const indexAccess = (index: Index): Access => ({
  index,
  number: index.number,
  fields: index.definition.fields,
  unique: index.definition.unique,
  multikey: index.multikey,
});

/** More look-ups than this are a walk. */
const maxRanges = 2_000;

function candidateOf(
  access: Access,
  conditions: readonly Condition[],
  sort: readonly SortField[],
): Candidate & { present: boolean } {
  let prefixes: Bounds['pairs'] = [{ low: Buffer.alloc(0), high: Buffer.alloc(0) }];
  let equalities = 0;
  let narrowness = 0;
  let present = false;
  for (const { path, direction } of access.fields) {
    const bounds = boundsOf(
      conditions.filter((condition) => condition.path === path),
      access.multikey,
    );
    if (bounds === undefined || prefixes.length * bounds.pairs.length > maxRanges) break;
    prefixes = prefixes.flatMap((prefix) => bounds.pairs.map((pair) => extended(prefix, pair, direction)));
    present ||= !bounds.pairs.some(({ low }) => low.equals(nullKey));
    narrowness += bounds.points ? 10 : 5;
    if (!bounds.points) break;
    equalities += 1;
  }
  if (access.unique && equalities === access.fields.length) narrowness += 1_000;
  const single = prefixes.length === 1 ? equalities : -1;
  const reverse = orderOf(access, single, sort);
  const ranges = prefixes.map(({ low, high }) => rangeUnder(access.number, low, high));
  return {
    narrowness,
    present,
    sorted: reverse !== undefined,
    scan: {
      index: access.index,
      ranges: distinct(ranges),
      reverse: reverse ?? false,
      exact: access.index === undefined && equalities === 1,
    },
  };
}

function extended(prefix: Bounds['pairs'][number], pair: Bounds['pairs'][number], direction: 1 | -1): typeof prefix {
  const [low, high] = direction === 1 ? [pair.low, pair.high] : [complement(pair.high), complement(pair.low)];
  return { low: Buffer.concat([prefix.low, low]), high: Buffer.concat([prefix.high, high]) };
}

/** In key order, each once: `$in` may name a value twice. */
function distinct(ranges: KeyRange[]): KeyRange[] {
  if (ranges.length < 2) return ranges;
  const sorted = ranges.sort((a, b) => Buffer.compare(a.start, b.start));
  return sorted.filter((range, at) => at === 0 || sorted[at - 1]?.start.equals(range.start) !== true);
}

/** Whether a walk gives the asked order: forward (false), backward (true) or not at all (undefined). */
function orderOf(access: Access, equalities: number, sort: readonly SortField[]): boolean | undefined {
  if (sort.length === 0) return false;
  if (equalities < 0) return undefined;
  // an array is sorted by another element than the one it was found by; only an `_id` is never one
  if (access.multikey && !(sort.length === 1 && sort[0]?.path === '_id')) return undefined;
  const fixed = new Set(access.fields.slice(0, equalities).map(({ path }) => path));
  const wanted = sort.filter(({ path }) => !fixed.has(path));
  const offered = access.fields.slice(equalities);
  if (access.unique && fixed.size === access.fields.length) return false;
  if (wanted.length > offered.length) return undefined;
  const turns = wanted.map(({ path, direction }, at) => {
    const field = offered[at];
    return field?.path === path ? field.direction * direction : 0;
  });
  if (turns.every((turn) => turn === 1)) return false;
  return turns.every((turn) => turn === -1) ? true : undefined;
}

/** `$or` whose every branch has an index of its own. */
function unionOf(collection: Collection, query: Document): Scan[] | undefined {
  const branches = query.get('$or');
  if (!Array.isArray(branches)) return undefined;
  const candidates = branches.map((branch) => (isDocument(branch) ? bestOf(collection, branch, []) : undefined));
  const narrow = candidates.filter((candidate) => candidate !== undefined && candidate.narrowness > 0);
  return narrow.length === candidates.length ? narrow.flatMap((candidate) => candidate?.scan ?? []) : undefined;
}
