import { doc, docOf, Int32, type Document, type Value } from '../bson/values.ts';
import { DuplicateKey, Refusal } from '../errors.ts';
import { filterOf } from '../query/filter.ts';
import { arrayFiltersOf } from '../query/update-paths.ts';
import { updateOf, type Update } from '../query/update.ts';
import { change, insert, select, upsert } from '../storage/changes.ts';
import { wholeNumber } from '../bson/numbers.ts';
import { assertOptions, document, documents, flag, text } from './arguments.ts';
import type { Command, Context } from './command.ts';

/** Runs statements in order; a refused one becomes a write error, and ends the run when it is ordered. */
function runStatements<Statement>(
  statements: readonly Statement[],
  ordered: boolean,
  run: (statement: Statement, index: number) => void,
): Document[] {
  const errors: Document[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      errors.push(writeError(index, error));
      if (ordered) break;
    }
  }
  return errors;
}

const writeError = (index: number, error: Refusal): Document =>
  docOf({
    index: new Int32(index),
    code: new Int32(error.code),
    errmsg: error.message,
    keyPattern: error instanceof DuplicateKey ? error.keyPattern : undefined,
    keyValue: error instanceof DuplicateKey ? error.keyValue : undefined,
  });

const written = (fields: Record<string, Value | undefined>, errors: Document[]): Document =>
  docOf({ ...fields, writeErrors: errors.length > 0 ? errors : undefined, ok: 1 });

async function insertAll({ store, database, body }: Context): Promise<Document> {
  const name = text(body, 'insert');
  const statements = documents(body, 'documents');
  return store.grow(() => {
    const collection = store.catalog.ensure(database, name);
    let inserted = 0;
    const errors = runStatements(statements, flag(body, 'ordered', true), (statement) => {
      insert(store, collection, statement);
      inserted += 1;
    });
    return written({ n: new Int32(inserted) }, errors);
  });
}

interface UpdateStatement {
  readonly query: Document;
  readonly update: Update;
  readonly limit: number;
  readonly upserts: boolean;
}

function updateStatement(statement: Document): UpdateStatement {
  assertOptions('update.updates', statement, ['q', 'u', 'multi', 'upsert', 'arrayFilters']);
  const query = document(statement, 'q');
  filterOf(query);
  const update = updateOf(statement.get('u'), arrayFiltersOf(statement.get('arrayFilters')));
  const multi = flag(statement, 'multi');
  if (multi && update.replacement !== undefined)
    throw new Refusal('FailedToParse', 'multi update is not supported for replacement-style update');
  return { query, update, limit: multi ? Infinity : 1, upserts: flag(statement, 'upsert') };
}

async function updateAll({ store, database, body }: Context): Promise<Document> {
  const name = text(body, 'update');
  const sources = documents(body, 'updates');
  return store.grow(() => {
    let [matched, modified] = [0, 0];
    const upserted: Document[] = [];
    const errors = runStatements(sources, flag(body, 'ordered', true), (source, index) => {
      const { query, update, limit, upserts } = updateStatement(source);
      const present = store.catalog.find(database, name);
      const found = present === undefined ? [] : select(store, present, { query, limit });
      const collection = present ?? (upserts ? store.catalog.ensure(database, name) : undefined);
      if (collection === undefined) return;
      if (found.length === 0 && upserts) {
        const made = upsert(store, collection, { query, update });
        upserted.push(doc(['index', new Int32(index)], ['_id', made.get('_id') ?? null]));
        matched += 1;
      }
      for (const stored of found) {
        const changed = change(store, collection, { stored, query, update });
        matched += 1;
        modified += changed === undefined ? 0 : 1;
      }
    });
    return written(
      { n: new Int32(matched), nModified: new Int32(modified), upserted: upserted.length > 0 ? upserted : undefined },
      errors,
    );
  });
}

async function deleteAll({ store, database, body }: Context): Promise<Document> {
  const name = text(body, 'delete');
  const sources = documents(body, 'deletes');
  return store.write(() => {
    let removed = 0;
    const errors = runStatements(sources, flag(body, 'ordered', true), (source) => {
      assertOptions('delete.deletes', source, ['q', 'limit']);
      const limit = wholeNumber(source.get('limit'));
      if (limit !== 0 && limit !== 1)
        throw new Refusal('FailedToParse', `The limit field in delete objects must be 0 or 1.`);
      const query = document(source, 'q');
      filterOf(query);
      const collection = store.catalog.find(database, name);
      if (collection === undefined) return;
      for (const stored of select(store, collection, { query, limit: limit === 0 ? Infinity : 1 })) {
        store.records.remove(collection, stored);
        removed += 1;
      }
    });
    return written({ n: new Int32(removed) }, errors);
  });
}

/** Commands that write documents, many statements each. */
export const writingCommands: readonly (readonly [string, Command])[] = [
  ['insert', { options: ['documents', 'ordered'], run: insertAll }],
  ['update', { options: ['updates', 'ordered'], run: updateAll }],
  ['delete', { options: ['deletes', 'ordered'], run: deleteAll }],
];
