import type { Model } from 'mongoose';
import type { Collection } from './collection.ts';
import type { Stored } from './kept.ts';
import { without } from './without.ts';

/** A document as it was written, perhaps by an older release, in today's shape. The given one is left alone. */
export function upgraded<Document>(
  collection: Pick<Collection<Document>, 'schemaVersion' | 'upgrade'>,
  raw: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const { schemaVersion, upgrade } = collection;
  const written = typeof raw['schemaVersion'] === 'number' ? raw['schemaVersion'] : 1;
  if (upgrade === undefined || written >= schemaVersion) return { ...raw };
  return { ...upgrade(raw, written), _id: raw['_id'], version: raw['version'], schemaVersion };
}

/** Writes an old document in today's shape before it is changed: an update of half the fields would mix two shapes. */
export async function bringUpToDate<Document>(
  model: Model<Stored<Document>>,
  collection: Collection<Document>,
  id: string,
): Promise<void> {
  if (collection.upgrade === undefined) return;
  const old = await model.collection.findOne({ _id: id as never, schemaVersion: { $lt: collection.schemaVersion } });
  if (old === null) return;
  const next = without(upgraded(collection, old as Record<string, unknown>), '_id');
  // who changed it meanwhile has brought it up to date, too
  const asRead = { _id: id as never, version: old['version'] as number, schemaVersion: old['schemaVersion'] as number };
  await model.collection.replaceOne(asRead, next);
}
