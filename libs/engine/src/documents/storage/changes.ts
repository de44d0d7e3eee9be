import { randomBytes } from 'node:crypto';
import { encode } from '../bson/encode.ts';
import { show } from '../bson/show.ts';
import { isDocument, ObjectId, RegularExpression, type Document, type Value } from '../bson/values.ts';
import { Refusal } from '../errors.ts';
import { conditionsOf, filterOf } from '../query/filter.ts';
import { matchedIndexOf } from '../query/positional.ts';
import { isOperators } from '../query/predicates.ts';
import { comparatorOf, type SortField } from '../query/sort.ts';
import type { Update } from '../query/update.ts';
import { write } from '../query/update-paths.ts';
import type { Collection } from './catalog.ts';
import { planOf } from './planner.ts';
import { idKeyOf, type StoredDocument } from './records.ts';
import type { Store } from './store.ts';
import { walk } from './walk.ts';

/** What to look for and how many of it; `sort` decides which comes first. */
export interface Selection {
  readonly query: Document;
  readonly sort?: readonly SortField[];
  readonly limit: number;
}

/** The documents to change, all found before the first is changed, so that none is met twice. Inside a write. */
export function select(store: Store, collection: Collection, { query, sort = [], limit }: Selection): StoredDocument[] {
  const filter = filterOf(query);
  const plan = planOf(collection, query, sort);
  const found: StoredDocument[] = [];
  for (const chunk of walk(store.tables, collection, plan, store.touched))
    for (const stored of chunk) {
      if (!filter(stored.document)) continue;
      found.push(stored);
      if (plan.sorted && found.length === limit) return found;
    }
  if (plan.sorted) return found;
  const compare = comparatorOf(sort);
  return found.sort((a, b) => compare(a.document, b.document)).slice(0, limit);
}

/** Adds a document, giving it an `_id`, as its first field, when it has none. Inside a write. */
export function insert(store: Store, collection: Collection, document: Document): Document {
  const complete = withId(document);
  store.records.insert(collection, complete);
  return complete;
}

function withId(document: Document): Document {
  const id = document.get('_id') ?? (document.has('_id') ? null : newObjectId());
  if (document.keys().next().value === '_id') return document;
  return new Map([['_id', id], ...[...document].filter(([name]) => name !== '_id')]);
}

const machine = randomBytes(5);
let counter = randomBytes(3).readUIntBE(0, 3);

/** Seconds, this process, a counter: the layout of MongoDB's ObjectId. */
function newObjectId(): ObjectId {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(Math.floor(Date.now() / 1000));
  machine.copy(bytes, 4);
  counter = (counter + 1) & 0xff_ffff;
  bytes.writeUIntBE(counter, 9, 3);
  return new ObjectId(bytes);
}

/** The document after the update, or `undefined` when the update changes nothing. Inside a write. */
export function change(
  store: Store,
  collection: Collection,
  { stored, query, update }: { stored: StoredDocument; query: Document; update: Update },
): Document | undefined {
  const { document, idKey, bytes } = stored;
  update.apply(document, { inserting: false, matchedIndex: matchedIndexOf(query, document) });
  const id = document.get('_id');
  if (id === undefined || !idKeyOf(id).equals(idKey)) throw immutableId(id, update);
  if (encode(document).equals(bytes)) return undefined;
  store.records.replace(collection, stored, document);
  return document;
}

const immutableId = (id: Value | undefined, { replacement }: Update): Refusal =>
  new Refusal(
    'ImmutableField',
    replacement === undefined
      ? "Performing an update on the path '_id' would modify the immutable field '_id'"
      : `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${show(id)}`,
  );

/** Inserts what an upsert did not find: the query's equalities, then the update. Inside a write. */
export function upsert(
  store: Store,
  collection: Collection,
  { query, update }: { query: Document; update: Update },
): Document {
  const document: Document = new Map();
  for (const [path, value] of equalitiesOf(query))
    if (update.replacement === undefined || path === '_id') write(document, path.split('.'), value);
  const asked = document.get('_id');
  update.apply(document, { inserting: true, matchedIndex: undefined });
  const id = document.get('_id');
  if (asked !== undefined && (id === undefined || !idKeyOf(id).equals(idKeyOf(asked)))) throw immutableId(id, update);
  return insert(store, collection, document);
}

function equalitiesOf(query: Document): [path: string, value: Value][] {
  const equalities: [string, Value][] = [];
  for (const { path, operator, operand } of conditionsOf(query)) {
    if (operator === '$eq' && !(operand instanceof RegularExpression)) equalities.push([path, operand]);
    const [only, ...others] = operator === '$all' && Array.isArray(operand) ? operand : [];
    if (only !== undefined && others.length === 0 && !(isDocument(only) && isOperators(only)))
      equalities.push([path, only]);
  }
  return equalities;
}
