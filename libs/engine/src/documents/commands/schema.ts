import { equal } from '../bson/compare.ts';
import { show } from '../bson/show.ts';
import { doc, docOf, Int32, isDocument, type Document, type Value } from '../bson/values.ts';
import { Refusal } from '../errors.ts';
import { filterOf } from '../query/filter.ts';
import {
  indexDefinitionOf,
  keyPattern,
  sameDefinition,
  sameFields,
  specificationOf,
  type IndexDefinition,
} from '../storage/index-definition.ts';
import { namespaceOf, type Collection, type Index } from '../storage/catalog.ts';
import type { Store } from '../storage/store.ts';
import { planOf } from '../storage/planner.ts';
import { walk } from '../storage/walk.ts';
import { document, documents, flag, text } from './arguments.ts';
import type { Command, Context } from './command.ts';
import { wholeResult } from './cursors.ts';

const idIndex: Document = doc(['v', new Int32(2)], ['key', doc(['_id', new Int32(1)])], ['name', '_id_']);

async function create({ store, database, body }: Context): Promise<Document> {
  const name = text(body, 'create');
  return store.write(() => {
    if (store.catalog.find(database, name) !== undefined)
      throw new Refusal('NamespaceExists', `Collection ${database}.${name} already exists.`);
    store.catalog.ensure(database, name);
    return doc(['ok', 1]);
  });
}

async function drop({ store, database, body }: Context): Promise<Document> {
  const name = text(body, 'drop');
  return store.write(() => {
    const collection = store.catalog.find(database, name);
    if (collection === undefined) return doc(['ok', 1]);
    store.catalog.drop(collection);
    return doc(['nIndexesWas', new Int32(collection.indexes.length + 1)], ['ns', namespaceOf(collection)], ['ok', 1]);
  });
}

async function dropDatabase({ store, database }: Context): Promise<Document> {
  return store.write(() => {
    for (const collection of store.catalog.in(database)) store.catalog.drop(collection);
    return doc(['dropped', database], ['ok', 1]);
  });
}

async function createIndexes({ store, database, body }: Context): Promise<Document> {
  const name = text(body, 'createIndexes');
  const definitions = documents(body, 'indexes').map(indexDefinitionOf);
  const made: Index[] = [];
  const reply = await store.write(() => {
    const existed = store.catalog.find(database, name) !== undefined;
    const collection = store.catalog.ensure(database, name);
    const before = collection.indexes.length + 1;
    for (const definition of definitions)
      if (!isIdIndex(definition) && !exists(collection, definition)) made.push(build(store, collection, definition));
    return docOf({
      numIndexesBefore: new Int32(before),
      numIndexesAfter: new Int32(collection.indexes.length + 1),
      createdCollectionAutomatically: !existed,
      note: made.length === 0 ? 'all indexes already exist' : undefined,
      ok: 1,
    });
  });
  for (const index of made) index.ready = true;
  return reply;
}

const isIdIndex = (definition: IndexDefinition): boolean => equal(keyPattern(definition), doc(['_id', new Int32(1)]));

/** Whether the same index is there. @throws Refusal when one of the same name or fields is there and differs. */
function exists(collection: Collection, definition: IndexDefinition): boolean {
  for (const { definition: present } of collection.indexes) {
    if (sameDefinition(present, definition)) return true;
    if (
      present.name === definition.name &&
      !sameDefinition({ ...present, expireAfterSeconds: undefined }, { ...definition, expireAfterSeconds: undefined })
    )
      throw new Refusal(
        'IndexKeySpecsConflict',
        `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${show(specificationOf(definition))}, existing index: ${show(specificationOf(present))}`,
      );
    if (present.name === definition.name || sameFields(present, definition))
      throw new Refusal(
        'IndexOptionsConflict',
        `An equivalent index already exists with a different name or options. Requested index: ${show(specificationOf(definition))}, existing index: ${show(specificationOf(present))}`,
      );
  }
  return false;
}

function build(store: Store, collection: Collection, definition: IndexDefinition): Index {
  const index = store.catalog.addIndex(collection, definition);
  for (const chunk of walk(store.tables, collection, planOf(collection, new Map()), store.touched))
    for (const stored of chunk) store.records.enter(collection, index, stored);
  store.catalog.save(collection);
  return index;
}

async function dropIndexes({ store, database, body }: Context): Promise<Document> {
  const name = text(body, 'dropIndexes');
  const asked = body.get('index');
  return store.write(() => {
    const collection = existing(store, database, name);
    const before = collection.indexes.length + 1;
    for (const index of chosen(collection, asked)) store.catalog.dropIndex(collection, index);
    return doc(['nIndexesWas', new Int32(before)], ['ok', 1]);
  });
}

function chosen(collection: Collection, asked: Value | undefined): Index[] {
  if (asked === '*') return [...collection.indexes];
  if (Array.isArray(asked)) return asked.flatMap((one) => chosen(collection, one));
  if (asked === '_id_') throw new Refusal('InvalidOptions', 'cannot drop _id index');
  const found = collection.indexes.find(({ definition }) =>
    isDocument(asked) ? equal(keyPattern(definition), asked) : definition.name === asked,
  );
  if (found !== undefined) return [found];
  throw new Refusal('IndexNotFound', `index not found with name [${typeof asked === 'string' ? asked : 'by its key'}]`);
}

function existing(store: Store, database: string, name: string): Collection {
  const collection = store.catalog.find(database, name);
  if (collection === undefined) throw new Refusal('NamespaceNotFound', `ns does not exist: ${database}.${name}`);
  return collection;
}

function listIndexes({ store, database, body }: Context): Document {
  const collection = existing(store, database, text(body, 'listIndexes'));
  return wholeResult(namespaceOf(collection), [
    idIndex,
    ...collection.indexes.map(({ definition }) => specificationOf(definition)),
  ]);
}

function listCollections({ store, database, body }: Context): Document {
  const filter = filterOf(document(body, 'filter'));
  const described = store.catalog
    .in(database)
    .map(({ name }) =>
      doc(
        ['name', name],
        ['type', 'collection'],
        ['options', new Map()],
        ['info', doc(['readOnly', false])],
        ['idIndex', idIndex],
      ),
    );
  const found = described.filter(filter);
  const shown = flag(body, 'nameOnly')
    ? found.map((one) => doc(['name', one.get('name') ?? null], ['type', 'collection']))
    : found;
  return wholeResult(`${database}.$cmd.listCollections`, shown);
}

function listDatabases({ store, body }: Context): Document {
  const names = [...new Set(store.catalog.all().map(({ database }) => database))].sort();
  const found = names
    .map((name) => doc(['name', name], ['sizeOnDisk', 0n], ['empty', false]))
    .filter(filterOf(document(body, 'filter')));
  const shown = flag(body, 'nameOnly') ? found.map((one) => doc(['name', one.get('name') ?? null])) : found;
  return docOf({ databases: shown, totalSize: flag(body, 'nameOnly') ? undefined : 0n, ok: 1 });
}

/** Commands about databases, collections and indexes. */
export const schemaCommands: readonly (readonly [string, Command])[] = [
  ['create', { options: ['autoIndexId'], run: create }],
  ['drop', { options: [], run: drop }],
  ['dropDatabase', { options: [], run: dropDatabase }],
  ['createIndexes', { options: ['indexes'], run: createIndexes }],
  ['dropIndexes', { options: ['index'], run: dropIndexes }],
  ['listIndexes', { options: ['cursor'], run: listIndexes }],
  ['listCollections', { options: ['filter', 'nameOnly', 'cursor', 'authorizedCollections'], run: listCollections }],
  ['listDatabases', { options: ['filter', 'nameOnly', 'authorizedDatabases'], run: listDatabases }],
];
