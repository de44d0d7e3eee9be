import { DateTime, type Document } from './bson/values.ts';
import { select } from './storage/changes.ts';
import type { Collection, Index } from './storage/catalog.ts';
import type { Store } from './storage/store.ts';

/** Documents removed in one transaction, so that a large sweep does not hold up other writes. */
const sweepSize = 500;

/** Removes what TTL indexes say is over: a date, or the first of a list of dates, older than `expireAfterSeconds`. */
export async function sweepExpired(store: Store, nowMs: number): Promise<void> {
  for (const collection of store.catalog.all())
    for (const index of collection.indexes) {
      const query = expiredQuery(index, nowMs);
      if (query !== undefined) while ((await removeSome(store, collection, query)) === sweepSize);
    }
}

function expiredQuery({ definition }: Index, nowMs: number): Document | undefined {
  const [field] = definition.fields;
  if (definition.expireAfterSeconds === undefined || field === undefined) return undefined;
  const cutoff = new DateTime(BigInt(nowMs - definition.expireAfterSeconds * 1000));
  const old: Document = new Map([[field.path, new Map([['$lte', cutoff]])]]);
  return definition.partial === undefined ? old : new Map([['$and', [old, definition.partial.query]]]);
}

const removeSome = (store: Store, collection: Collection, query: Document): Promise<number> =>
  store.write(() => {
    if (store.catalog.find(collection.database, collection.name) !== collection) return 0;
    const expired = select(store, collection, { query, limit: sweepSize });
    for (const stored of expired) store.records.remove(collection, stored);
    return expired.length;
  });
