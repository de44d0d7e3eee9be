import { decode } from '../bson/decode.ts';
import { doc, docOf, Int32, type Document, type Value } from '../bson/values.ts';
import { Refusal } from '../errors.ts';
import { filterOf } from '../query/filter.ts';
import { projectionOf } from '../query/projection.ts';
import { sortOf } from '../query/sort.ts';
import { arrayFiltersOf } from '../query/update-paths.ts';
import { updateOf } from '../query/update.ts';
import { change, select, upsert } from '../storage/changes.ts';
import type { Collection } from '../storage/catalog.ts';
import type { StoredDocument } from '../storage/records.ts';
import { document, flag, text } from './arguments.ts';
import type { Command, Context } from './command.ts';

/** One document found and changed, or removed, in one transaction; nobody can come between. */
async function findAndModify(context: Context): Promise<Document> {
  const { store, database, body } = context;
  const name = text(body, body.has('findAndModify') ? 'findAndModify' : 'findandmodify');
  const query = document(body, 'query');
  const sort = sortOf(document(body, 'sort'));
  const projection = projectionOf(document(body, 'fields'));
  filterOf(query);
  const removes = flag(body, 'remove');
  const run = removes ? removal(context) : modification(context, query);
  return store[removes ? 'write' : 'grow'](() => {
    const present = store.catalog.find(database, name);
    const [stored] = present === undefined ? [] : select(store, present, { query, sort, limit: 1 });
    const { value, lastErrorObject } = run(stored, () => present ?? store.catalog.ensure(database, name));
    const shown = value === undefined ? null : (projection?.(value) ?? value);
    return doc(['lastErrorObject', lastErrorObject], ['value', shown], ['ok', 1]);
  });
}

interface Outcome {
  readonly value: Document | undefined;
  readonly lastErrorObject: Document;
}

type Run = (stored: StoredDocument | undefined, collection: () => Collection) => Outcome;

function removal({ store, body }: Context): Run {
  if (body.has('update')) throw new Refusal('FailedToParse', "Cannot specify both an 'update' and 'remove'=true");
  if (flag(body, 'upsert')) throw new Refusal('FailedToParse', "Cannot specify both 'upsert'=true and 'remove'=true");
  if (flag(body, 'new'))
    throw new Refusal(
      'FailedToParse',
      "Cannot specify both 'new'=true and 'remove'=true; 'remove' always returns the deleted document",
    );
  return (stored, collection) => {
    if (stored !== undefined) store.records.remove(collection(), stored);
    return { value: stored?.document, lastErrorObject: lastError(stored === undefined ? 0 : 1) };
  };
}

function modification({ store, body }: Context, query: Document): Run {
  if (!body.has('update')) throw new Refusal('FailedToParse', 'Either an update or remove=true must be specified');
  const update = updateOf(body.get('update'), arrayFiltersOf(body.get('arrayFilters')));
  const wantsNew = flag(body, 'new');
  const upserts = flag(body, 'upsert');
  return (stored, collection) => {
    if (stored !== undefined) {
      change(store, collection(), { stored, query, update });
      return {
        value: wantsNew ? stored.document : decode(stored.bytes),
        lastErrorObject: lastError(1, { updatedExisting: true }),
      };
    }
    if (!upserts) return { value: undefined, lastErrorObject: lastError(0, { updatedExisting: false }) };
    const made = upsert(store, collection(), { query, update });
    return {
      value: wantsNew ? made : undefined,
      lastErrorObject: lastError(1, { updatedExisting: false, upserted: made.get('_id') }),
    };
  };
}

const lastError = (count: number, more: Record<string, Value | undefined> = {}): Document =>
  docOf({ n: new Int32(count), ...more });

const command: Command = {
  options: ['query', 'sort', 'fields', 'update', 'remove', 'new', 'upsert', 'arrayFilters'],
  run: findAndModify,
};

/** Under both spellings that drivers use. */
export const findAndModifyCommands: readonly (readonly [string, Command])[] = [
  ['findAndModify', command],
  ['findandmodify', command],
];
