import { keyOf } from '../bson/key.ts';
import { doc, Int32, type Document, type Value } from '../bson/values.ts';
import { Refusal } from '../errors.ts';
import { pipelineOf } from '../aggregation/pipeline.ts';
import {
  limiting,
  MadeRow,
  mapped,
  matching,
  paced,
  skipping,
  sorting,
  type Rows,
  type Stage,
} from '../aggregation/rows.ts';
import { filterOf } from '../query/filter.ts';
import { leaves } from '../query/paths.ts';
import { projectionOf } from '../query/projection.ts';
import { comparatorOf, sortOf, type SortField } from '../query/sort.ts';
import { planOf } from '../storage/planner.ts';
import { wholeRange } from '../storage/tables.ts';
import { walk } from '../storage/walk.ts';
import { count, document, flag, text } from './arguments.ts';
import type { Command, Context } from './command.ts';

interface Query {
  readonly query: Document;
  readonly sort: readonly SortField[];
  readonly stages: readonly Stage[];
}

/** The rows of a query in order, read as they are taken. */
function rowsOf({ store, database }: Context, name: string, { query, sort, stages }: Query): Rows {
  const filter = filterOf(query);
  const collection = store.catalog.find(database, name);
  const plan = collection && planOf(collection, query, sort);
  const chunks = collection && plan ? walk(store.tables, collection, plan, store.touched) : [];
  const all: Stage[] = query.size === 0 ? [] : [matching(filter)];
  if (sort.length > 0 && plan?.sorted !== true) all.push(sorting(comparatorOf(sort)));
  return [...all, ...stages].reduce<Rows>((rows, stage) => stage(rows), paced(chunks));
}

async function find(context: Context): Promise<Document> {
  const { body, database } = context;
  const name = text(body, 'find');
  const projection = projectionOf(document(body, 'projection'));
  const skip = count(body, 'skip') ?? 0;
  const limit = count(body, 'limit') ?? 0;
  const stages: Stage[] = [];
  if (skip > 0) stages.push(skipping(skip));
  if (limit > 0) stages.push(limiting(limit));
  if (projection !== undefined)
    stages.push(mapped((chunk) => chunk.map((row) => new MadeRow(projection(row.document)))));
  const rows = rowsOf(context, name, { query: document(body, 'filter'), sort: sortOf(document(body, 'sort')), stages });
  return context.cursors.begin(`${database}.${name}`, rows, {
    batchSize: count(body, 'batchSize'),
    single: flag(body, 'singleBatch'),
  });
}

async function aggregate(context: Context): Promise<Document> {
  const { body, database } = context;
  if (typeof body.get('aggregate') !== 'string')
    throw new Refusal('NotImplemented', 'aggregations that are not on a collection are not supported by this server');
  if (!body.has('cursor'))
    throw new Refusal(
      'FailedToParse',
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  const name = text(body, 'aggregate');
  const rows = rowsOf(context, name, pipelineOf(body.get('pipeline')));
  const batchSize = count(document(body, 'cursor'), 'batchSize');
  return context.cursors.begin(`${database}.${name}`, rows, { batchSize, single: false });
}

async function countDocuments(context: Context): Promise<Document> {
  const { body, store, database } = context;
  const name = text(body, 'count');
  const query = document(body, 'query');
  const skip = count(body, 'skip') ?? 0;
  const limit = count(body, 'limit') ?? 0;
  const collection = store.catalog.find(database, name);
  let total = 0;
  if (query.size === 0)
    total = collection === undefined ? 0 : store.tables.records.getKeysCount(wholeRange(collection.number));
  else for await (const chunk of rowsOf(context, name, { query, sort: [], stages: [] })) total += chunk.length;
  const rest = Math.max(0, total - skip);
  return doc(['n', new Int32(limit > 0 ? Math.min(rest, limit) : rest)], ['ok', 1]);
}

async function distinct(context: Context): Promise<Document> {
  const { body } = context;
  const parts = text(body, 'key').split('.');
  const values = new Map<string, Value>();
  const add = (value: Value): void => {
    const key = keyOf(value).toString('latin1');
    if (!values.has(key)) values.set(key, value);
  };
  const rows = rowsOf(context, text(body, 'distinct'), { query: document(body, 'query'), sort: [], stages: [] });
  for await (const chunk of rows)
    for (const row of chunk)
      for (const value of leaves(row.document, parts)) {
        if (Array.isArray(value)) value.forEach(add);
        else if (value !== undefined) add(value);
      }
  return doc(['values', [...values.values()]], ['ok', 1]);
}

async function getMore({ body, cursors, database }: Context): Promise<Document> {
  const id = body.get('getMore');
  if (typeof id !== 'bigint')
    throw new Refusal('TypeMismatch', "BSON field 'getMore.getMore' is the wrong type, expected long");
  return cursors.next(`${database}.${text(body, 'collection')}`, id, count(body, 'batchSize'));
}

function killCursors({ body, cursors }: Context): Document {
  const ids = body.get('cursors');
  if (!Array.isArray(ids)) throw new Refusal('TypeMismatch', "BSON field 'killCursors.cursors' must be an array");
  const killed: Value[] = [];
  const notFound: Value[] = [];
  for (const id of ids) (typeof id === 'bigint' && cursors.kill(id) ? killed : notFound).push(id);
  return doc(
    ['cursorsKilled', killed],
    ['cursorsNotFound', notFound],
    ['cursorsAlive', []],
    ['cursorsUnknown', []],
    ['ok', 1],
  );
}

/** Commands that read documents. */
export const readingCommands: readonly (readonly [string, Command])[] = [
  ['find', { options: ['filter', 'projection', 'sort', 'skip', 'limit', 'batchSize', 'singleBatch'], run: find }],
  ['aggregate', { options: ['pipeline', 'cursor'], run: aggregate }],
  ['count', { options: ['query', 'skip', 'limit', 'fields'], run: countDocuments }],
  ['distinct', { options: ['key', 'query'], run: distinct }],
  ['getMore', { options: ['collection', 'batchSize'], run: getMore }],
  ['killCursors', { options: ['cursors'], run: killCursors }],
];
