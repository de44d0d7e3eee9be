import type { QueryFilter, UpdateQuery } from 'mongoose';
import type { Collection } from './collection.ts';
import type { OnceKey, Stored } from './kept.ts';
import type { Emission } from './outbox-entries.ts';

/** One guarded change of one document. */
export interface Change<Document> {
  /** The guard: id together with version or predicate, for example `{ _id: callId, status: 'ringing' }`. */
  readonly where: QueryFilter<Stored<Document>>;
  /** Mongo update operators; the store adds version and outbox. */
  readonly change: UpdateQuery<Stored<Document>>;
  /** Events that leave with the change, beside the collection's state. */
  readonly events?: readonly Emission[];
  /** From the request's Idempotency-Key: a repeat changes nothing and answers the document as it is. `where` must name `_id`. */
  readonly once?: OnceKey;
}

/** How many commands an aggregate remembers by their Idempotency-Key. */
const REMEMBERED = 20;

/** The update that also counts the version, leaves events in the outbox and remembers the command. */
export function completed(
  change: Readonly<Record<string, unknown>>,
  outbox: readonly unknown[],
  once: OnceKey | undefined,
): Record<string, unknown> {
  const operator = (name: string) => change[name] as Record<string, unknown> | undefined;
  const push = {
    ...operator('$push'),
    ...(outbox.length === 0 ? {} : { outbox: { $each: outbox } }),
    ...(once === undefined ? {} : { onceKeys: { $each: [once], $slice: -REMEMBERED } }),
  };
  const set = { ...operator('$set'), ...(outbox.length === 0 ? {} : { outboxAtMs: Date.now() }) };
  return {
    ...change,
    $inc: { ...operator('$inc'), version: 1 },
    ...(Object.keys(push).length === 0 ? {} : { $push: push }),
    ...(Object.keys(set).length === 0 ? {} : { $set: set }),
  };
}

/** What {@link Store} offers to who only changes documents. */
export interface Changes {
  change<Document>(collection: Collection<Document>, change: Change<Document>): Promise<Stored<Document> | undefined>;
}
