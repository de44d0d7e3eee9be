import type { Query, Schema } from 'mongoose';
import type { Collection, Stored } from './collection.ts';
import { translated } from './mongo-faults.ts';

/** Reads and changes through a model: they neither see nor touch a document that is on its way out. */
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

/** A look-up that also sees documents on their way out says so with this option. */
export const ALSO_REMOVED = 'alsoRemoved';

/** The collection's schema with what every model does: hide removed documents, upgrade old ones, translate errors. */
export function prepared<Document>(collection: Collection<Document>): Schema<Stored<Document>> {
  const schema = collection.schema.clone();
  if (collection.state !== undefined) {
    schema.pre([...lookUps], function (this: Query<unknown, unknown>) {
      if (this.getOptions()[ALSO_REMOVED] !== true) void this.where({ removedAtMs: null });
    });
  }
  schema.post(everyOperation, { errorHandler: true }, (error: unknown, _result: unknown, next: (e: Error) => void) => {
    next(translated(error) as Error);
  });
  return schema;
}

const everyOperation = /.*/;
