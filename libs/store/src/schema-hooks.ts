import type { Query, Schema } from 'mongoose';
import type { Collection } from './collection.ts';
import type { Stored } from './kept.ts';
import { translated } from './mongo-faults.ts';
import { upgraded } from './upgrade.ts';
import { without } from './without.ts';

/** Reads and changes through a model neither see nor touch a document that is on its way out. */
const lookUps = [
  'find',
  'findOne',
  'findOneAndUpdate',
  'findOneAndReplace',
  'countDocuments',
  'distinct',
  'updateOne',
  'updateMany',
] as const;

/** Reads whose results may be of an older shape. */
const reads = ['find', 'findOne', 'findOneAndUpdate', 'findOneAndDelete'] as const;

/** A look-up that also sees documents on their way out says so with this option. */
export const ALSO_REMOVED = 'alsoRemoved';

/** Hydrating is synchronous and cannot fail for want of a database. */
const everyOperation = /^(?!init$)/;

/** The collection's schema with what every model does: hide removed documents, upgrade old ones, translate errors. */
export function prepared<Document>(collection: Collection<Document>): Schema<Stored<Document>> {
  const schema = collection.schema.clone();
  if (collection.state !== undefined) hideRemoved(schema);
  if (collection.upgrade !== undefined) upgradeOnRead(schema, collection);
  const translate = (error: unknown, _result: unknown, next: (error: Error) => void) => {
    next(translated(error) as Error);
  };
  schema.post(everyOperation, { errorHandler: true }, translate);
  // mongoose tries a pattern on operations of documents and queries only
  schema.post('bulkWrite', { errorHandler: true }, translate as never);
  schema.post('insertMany', { errorHandler: true }, translate as never);
  return schema;
}

function hideRemoved<Document>(schema: Schema<Stored<Document>>): void {
  schema.pre([...lookUps], function (this: Query<unknown, unknown>) {
    if (this.getOptions()[ALSO_REMOVED] !== true) void this.where({ removedAtMs: null });
  });
}

function upgradeOnRead<Document>(schema: Schema<Stored<Document>>, collection: Collection<Document>): void {
  schema.pre([...reads], function (this: Query<unknown, unknown>) {
    void this.select('+schemaVersion');
  });
  schema.pre('init', (raw: Record<string, unknown>) => {
    become(raw, upgraded(collection, raw));
  });
  schema.post([...reads], function (this: Query<unknown, unknown>, result: unknown) {
    if (this.mongooseOptions().lean !== true) return;
    for (const raw of [result].flat()) {
      if (typeof raw !== 'object' || raw === null) continue;
      const document = upgraded(collection, raw as Record<string, unknown>);
      become(raw as Record<string, unknown>, without(document, 'schemaVersion'));
    }
  });
}

function become(target: Record<string, unknown>, source: Record<string, unknown>): void {
  for (const key of Object.keys(target)) if (!(key in source)) Reflect.deleteProperty(target, key);
  Object.assign(target, source);
}
