import { Fault } from '@siaga/contracts';
import { createLogger, serviceContext, withContext } from '@siaga/service';
import { trusted, type UpdateQuery } from 'mongoose';
import type { CityDatabases } from './cities.ts';
import type { Changes } from './change.ts';
import type { Collection } from './collection.ts';
import type { Stored } from './kept.ts';
import type { Emission } from './outbox-entries.ts';

/** What a timer does to its document. Unless `change` sets `wakeAtMs` again, the document does not wake any more. */
export interface Due<Document> {
  readonly change?: UpdateQuery<Stored<Document>>;
  readonly events?: readonly Emission[];
}

/** Decides what is due; repeated when the process dies before the change, so what it does outside must be idempotent. */
export type DueHandler<Document> = (
  document: Stored<Document>,
) => Due<Document> | undefined | Promise<Due<Document> | undefined>;

/** A handler that fails is tried again after this long. */
const RETRY_MS = 10_000;
const BATCH = 100;

/**
 * Timers are state: `wakeAtMs` in the aggregate, looked at every second by the owner of the city's lease. The change is
 * guarded by the version and the time the handler saw, so whatever happened in between wins and is looked at again.
 */
export class Timers {
  readonly #databases: CityDatabases;
  readonly #changes: Changes;
  readonly #handlers = new Map<Collection<Record<string, unknown>>, DueHandler<Record<string, unknown>>>();
  readonly #logger = createLogger('timers');

  constructor(databases: CityDatabases, changes: Changes) {
    this.#databases = databases;
    this.#changes = changes;
  }

  /** One handler per collection; it runs in a service's context with the document's `exercise`. */
  onDue<Document>(collection: Collection<Document>, handler: DueHandler<Document>): void {
    const key = collection as unknown as Collection<Record<string, unknown>>;
    if (this.#handlers.has(key)) throw new Error(`${collection.name} has a timer handler already`);
    this.#handlers.set(key, handler as unknown as DueHandler<Record<string, unknown>>);
  }

  /**
   * Handles everything due now in a city; returns how many documents changed. One that cannot be handled now does not keep
   * the others waiting: its Fault, `unavailable`, is thrown at the end, and it stays due.
   */
  async sweep(city: string): Promise<number> {
    let changed = 0;
    let unavailable: Fault | undefined;
    for (const [collection, handler] of this.#handlers) {
      const due = await this.#databases
        .in(city, collection)
        .find({ wakeAtMs: trusted({ $lte: Date.now() }) } as never)
        .sort({ wakeAtMs: 1 })
        .limit(BATCH)
        .lean();
      for (const document of due as unknown as Stored<Record<string, unknown>>[]) {
        const context = serviceContext(city, { exercise: document['exercise'] === true });
        const outcome = await withContext(context, () => this.#wake(collection, handler, document));
        if (outcome === 'changed') changed += 1;
        if (outcome instanceof Fault) unavailable ??= outcome;
      }
    }
    if (unavailable !== undefined) throw unavailable;
    return changed;
  }

  async #wake(
    collection: Collection<Record<string, unknown>>,
    handler: DueHandler<Record<string, unknown>>,
    document: Stored<Record<string, unknown>>,
  ): Promise<'changed' | 'unchanged' | Fault> {
    // a handler that took the timer off itself, or set it again, has done all there is to do
    const { _id, version, wakeAtMs } = document;
    const where = { _id, version, wakeAtMs } as never;
    try {
      const { change, events } = (await handler(document)) ?? {};
      const after = await this.#changes.change(collection, {
        where,
        change: asleep(change ?? {}),
        events: events ?? [],
      });
      return after === undefined ? 'unchanged' : 'changed';
    } catch (error) {
      if (error instanceof Fault && error.retriable) return error;
      this.#logger.error({ err: error, document: `${collection.name}/${document._id}` }, 'a timer failed');
      const later = { $set: { wakeAtMs: Date.now() + RETRY_MS } };
      await this.#databases.of(collection).updateOne(where, later);
      return 'unchanged';
    }
  }
}

/** The change, with the timer taken off unless the change sets it again. */
function asleep(change: Record<string, unknown>): Record<string, unknown> {
  const set = change['$set'] as Record<string, unknown> | undefined;
  if (set?.['wakeAtMs'] !== undefined) return change;
  return { ...change, $unset: { ...(change['$unset'] as Record<string, unknown> | undefined), wakeAtMs: 1 } };
}
