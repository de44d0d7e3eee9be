import { Fault } from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import type { Model, QueryFilter, UpdateQuery } from 'mongoose';
import type { CityDatabases } from './cities.ts';
import type { Collection, Hidden, Stored } from './collection.ts';
import { entriesOf, type Emission } from './outbox-entries.ts';

/** One guarded change of one document. */
export interface Change<Document> {
  /** The guard: id together with version or predicate, for example `{ _id: callId, status: 'ringing' }`. */
  readonly where: QueryFilter<Stored<Document>>;
  /** Mongo update operators; the store adds version and outbox. */
  readonly change: UpdateQuery<Stored<Document>>;
  /** Events that leave with the change, beside the collection's state. */
  readonly events?: readonly Emission[];
}

/** What the process does after a document got an outbox; the relay sets it to publish at once. */
export type Nudge = (city: string) => void;

/**
 * Documents of the context's city. Every command is one atomic operation on one document that also keeps the events it
 * causes; throws `unavailable` when the database does not answer, `conflict` when a unique key is taken.
 */
export class Store {
  readonly #databases: CityDatabases;
  nudge: Nudge = () => undefined;

  constructor(databases: CityDatabases) {
    this.#databases = databases;
  }

  /** The mongoose model of a collection in the context's city. Operators in filters must be marked: `trusted({ $gte })`. */
  of<Document>(collection: Collection<Document>): Model<Stored<Document>> {
    return this.#databases.of(collection);
  }

  /** Inserts a document at version 1 with its events. Throws `conflict` when its id or a unique key is taken. */
  async create<Document>(
    collection: Collection<Document>,
    document: Document & { _id: string },
    events: readonly Emission[] = [],
  ): Promise<Stored<Document>> {
    const outbox = entriesOf(collection, events);
    const kept: Partial<Hidden> = outbox.length === 0 ? {} : { outbox, outboxAtMs: Date.now() };
    const given = { ...document, version: 1, schemaVersion: collection.schemaVersion };
    await this.of(collection).insertOne({ ...given, ...kept } as never);
    this.#left(outbox);
    return { ...document, version: 1 } as Stored<Document>;
  }

  /** Changes one document and returns it as it then is, or undefined when the guard matched none. */
  async change<Document>(
    collection: Collection<Document>,
    change: Change<Document>,
  ): Promise<Stored<Document> | undefined> {
    const outbox = entriesOf(collection, change.events ?? []);
    const update = withOutbox(change.change as UpdateQuery<Hidden>, outbox) as UpdateQuery<Stored<Document>>;
    const after = await this.of(collection)
      .findOneAndUpdate(change.where, update, { returnDocument: 'after', runValidators: true })
      .lean();
    if (after === null) return undefined;
    this.#left(outbox);
    return after as Stored<Document>;
  }

  /**
   * Takes one document out, or returns undefined when the guard matched none. With a state the document is invisible at
   * once and leaves when its tombstone is in the log; its id and unique keys are free after that.
   */
  async remove<Document>(
    collection: Collection<Document>,
    where: QueryFilter<Stored<Document>>,
    events: readonly Emission[] = [],
  ): Promise<Stored<Document> | undefined> {
    if (collection.state !== undefined || events.length > 0) {
      const change = { $set: { removedAtMs: Date.now() } } as unknown as UpdateQuery<Stored<Document>>;
      return this.change(collection, { where, change, events });
    }
    const gone = await this.of(collection).findOneAndDelete(where).lean();
    return gone === null ? undefined : (gone as Stored<Document>);
  }

  /** The document, or a fault `not-found` that names it. */
  async get<Document>(collection: Collection<Document>, id: string): Promise<Stored<Document>> {
    const found = await this.of(collection)
      .findOne({ _id: id } as unknown as QueryFilter<Stored<Document>>)
      .lean();
    if (found === null) throw new Fault('not-found', `${collection.name}: ${id} tidak ada`);
    return found as Stored<Document>;
  }

  #left(outbox: readonly unknown[]): void {
    if (outbox.length > 0) this.nudge(currentContext().city);
  }
}

function withOutbox(change: UpdateQuery<Hidden>, outbox: readonly unknown[]): UpdateQuery<Hidden> {
  const counted = { ...change, $inc: { ...change.$inc, version: 1 } } as UpdateQuery<Hidden>;
  if (outbox.length === 0) return counted;
  return {
    ...counted,
    $push: { ...change.$push, outbox: { $each: outbox } },
    $set: { ...change.$set, outboxAtMs: Date.now() },
  } as UpdateQuery<Hidden>;
}
