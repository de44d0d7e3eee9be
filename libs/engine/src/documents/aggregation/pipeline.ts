import { isDocument, type Document, type Value } from '../bson/values.ts';
import { Refusal } from '../errors.ts';
import { filterOf } from '../query/filter.ts';
import { comparatorOf, sortOf, type SortField } from '../query/sort.ts';
import { grouping } from './group.ts';
import { limiting, matching, skipping, sorting, type Stage } from './rows.ts';
import { addingFields, countOf, counting, projecting, unwinding } from './shaping.ts';

/** A pipeline: what an index may answer first, then the stages. */
export interface Pipeline {
  readonly query: Document;
  readonly sort: readonly SortField[];
  readonly stages: readonly Stage[];
}

const stages: ReadonlyMap<string, (specification: Value) => Stage> = new Map<string, (specification: Value) => Stage>([
  ['$match', (query) => matching(filterOf(objectOf('$match', query)))],
  ['$sort', (fields) => sorting(comparatorOf(sortOf(objectOf('$sort', fields))))],
  ['$limit', (count) => limiting(countOf('$limit', count, 1))],
  ['$skip', (count) => skipping(countOf('$skip', count, 0))],
  ['$project', projecting],
  ['$addFields', addingFields],
  ['$set', addingFields],
  ['$group', grouping],
  ['$unwind', unwinding],
  ['$count', counting],
]);

/** Reads a pipeline; stages outside the allow-list get MongoDB's error. A first `$match` and `$sort` go to an index. */
export function pipelineOf(source: Value | undefined): Pipeline {
  if (!Array.isArray(source)) throw new Refusal('TypeMismatch', "'pipeline' option must be specified as an array");
  const parts = source.map(partOf);
  const query =
    parts[0]?.name === '$match' ? objectOf('$match', parts.shift()?.specification) : new Map<string, Value>();
  const sort = parts[0]?.name === '$sort' ? sortOf(objectOf('$sort', parts.shift()?.specification)) : [];
  return { query, sort, stages: parts.map(({ name, specification }) => stageOf(name)(specification)) };
}

function partOf(part: Value): { name: string; specification: Value } {
  const [name] = isDocument(part) ? part.keys() : [];
  if (!isDocument(part) || part.size !== 1 || name === undefined)
    throw new Refusal('StageObjectRequired', 'A pipeline stage specification object must contain exactly one field.');
  stageOf(name);
  return { name, specification: part.get(name) ?? null };
}

function stageOf(name: string): (specification: Value) => Stage {
  const stage = stages.get(name);
  if (stage === undefined) throw new Refusal('UnrecognizedStage', `Unrecognized pipeline stage name: '${name}'`);
  return stage;
}

function objectOf(stage: string, specification: Value | undefined): Document {
  if (isDocument(specification)) return specification;
  throw new Refusal('StageObjectRequired', `the ${stage} filter must be an object`);
}
