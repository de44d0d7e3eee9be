import { Fault } from '@siaga/contracts';
import { asExercise, currentContext } from '@siaga/service';
import { trusted, type Model, type QueryFilter, type UpdateQuery } from 'mongoose';
import { completed, type Change, type Changes } from './change.ts';
import type { CityDatabases } from './cities.ts';
import type { Collection } from './collection.ts';
import type { OnceKey, SentLater, Stored } from './kept.ts';
import { entriesOf, type Emission } from './outbox-entries.ts';
import { pageOf, type Page, type PageQuery } from './page.ts';
import { bringUpToDate } from './upgrade.ts';

/** Operations sent to the database at a time: a bound on one message, far above what makes it quick. */
const BULK = 500;

/** So often a turn is tried when others change the same document at the same moment. */
const TRIES = 5;

/** What a rule makes of a document; undefined: nothing. */
type Turning<Document> = Pick<Change<Document>, 'change' | 'events'> | undefined;

/** What became of a turn: the document as it then is, and whether the rule changed it. */
export interface Turned<Document> {
  readonly document: Stored<Document>;
  readonly isChanged: boolean;
}

/** Told after a document got an outbox, so that its events leave at once, or was made with its time come. */
export type Nudge = (city: string) => void;

/**
 * Documents of the context's city. Every command is one atomic operation on one document that also keeps the events it
 * causes; throws `unavailable` when the database does not answer, `conflict` when a unique key is taken.
 */
export class Store implements Changes {
  readonly #databases: CityDatabases;
  readonly #nudge: Nudge;

  constructor(databases: CityDatabases, nudge: Nudge = () => undefined) {
    this.#databases = databases;
    this.#nudge = nudge;
  }

  /** The mongoose model of a collection in the context's city. Operators in filters must be marked: `trusted({ $gte })`. */
  of<Document>(collection: Collection<Document>): Model<Stored<Document>> {
    return this.#databases.of(collection);
  }

  /** The document, or a fault `not-found` that names it. */
  async get<Document>(collection: Collection<Document>, id: string): Promise<Stored<Document>> {
    const found = await this.find(collection, id);
    if (found === undefined)
      throw new Fault('not-found', `${collection.called ?? collection.name} ${id} tidak ada · ${id} does not exist`);
    return found;
  }

  /** The document, or undefined. */
  async find<Document>(collection: Collection<Document>, id: string): Promise<Stored<Document> | undefined> {
    const found = await this.of(collection)
      .findOne({ _id: id } as unknown as QueryFilter<Stored<Document>>)
      .lean();
    return (found as Stored<Document> | null) ?? undefined;
  }

  /** One page of a list in the order of one field; see {@link PageQuery}. */
  page<Document>(collection: Collection<Document>, query: PageQuery<Document>): Promise<Page<Document>> {
    return pageOf(this.of(collection), query);
  }

  /**
   * Inserts a document at version 1 with its events. Throws `conflict` when its id or a unique key is taken; with `once`
   * a repeat answers the document that the first one made.
   */
  async create<Document>(
    collection: Collection<Document>,
    document: Document & { _id: string; wakeAtMs?: number },
    options: { events?: readonly Emission[]; once?: OnceKey } = {},
  ): Promise<Stored<Document>> {
    const outbox = entriesOf(collection, options.events ?? []);
    const given = {
      ...document,
      version: 1,
      schemaVersion: collection.schemaVersion,
      ...waiting(outbox),
      ...(options.once === undefined ? {} : { onceKeys: [options.once] }),
    };
    try {
      await this.of(collection).insertOne(given as never);
    } catch (error) {
      const made = options.once && (await this.#doneBefore(collection, document._id, options.once));
      if (made === undefined) throw error;
      return made;
    }
    const isDue = document.wakeAtMs !== undefined && document.wakeAtMs <= Date.now();
    if (outbox.length > 0 || isDue) this.#nudge(currentContext().city);
    return { ...document, version: 1 };
  }

  /**
   * Inserts many documents as {@link create} does one, a few hundred at a time and in the order given. Throws `conflict`
   * when one is taken; those before it are there.
   */
  async createAll<Document>(
    collection: Collection<Document>,
    documents: readonly (Document & { _id: string })[],
  ): Promise<void> {
    const kept = { version: 1, schemaVersion: collection.schemaVersion };
    await this.#inBulk(collection, documents, (document) => ({
      insertOne: { document: { ...document, ...kept, ...waiting(entriesOf(collection, [])) } },
    }));
  }

  /**
   * Changes many documents as {@link change} does one; each guard names its `_id`. Answers how many guards matched: fewer
   * than given means that somebody was faster somewhere. Not for collections with an `upgrade`, whose old documents are
   * brought up to date one by one.
   */
  async changeAll<Document>(
    collection: Collection<Document>,
    wanted: readonly Pick<Change<Document>, 'where' | 'change'>[],
  ): Promise<number> {
    if (collection.upgrade !== undefined) throw new Error(`${collection.name} has an upgrade: change one by one`);
    return this.#inBulk(collection, wanted, ({ where, change }) => ({
      updateOne: {
        filter: collection.state === undefined ? where : { ...where, removedAtMs: null },
        update: completed(change, entriesOf(collection, []), undefined),
      },
    }));
  }

  /** Takes many documents out as {@link remove} does one; answers how many guards matched. */
  async removeAll<Document>(
    collection: Collection<Document>,
    guards: readonly QueryFilter<Stored<Document>>[],
  ): Promise<number> {
    if (collection.state === undefined)
      return this.#inBulk(collection, guards, (where) => ({ deleteOne: { filter: where } }));
    const change = { $set: { removedAtMs: Date.now() } } as unknown as UpdateQuery<Stored<Document>>;
    return this.changeAll(
      collection,
      guards.map((where) => ({ where, change })),
    );
  }

  /** Like {@link create}; undefined when somebody was faster: its id or a unique key is taken. */
  async createIfFree<Document>(
    collection: Collection<Document>,
    document: Document & { _id: string; wakeAtMs?: number },
  ): Promise<Stored<Document> | undefined> {
    try {
      return await this.create(collection, document);
    } catch (error) {
      if (error instanceof Fault && error.kind === 'conflict') return undefined;
      throw error;
    }
  }

  /** Changes one document and returns it as it then is, or undefined when the guard matched none. */
  async change<Document>(
    collection: Collection<Document>,
    wanted: Change<Document>,
  ): Promise<Stored<Document> | undefined> {
    const { where, change, once } = wanted;
    const id = (where as { _id?: unknown })._id;
    if (once !== undefined) {
      if (typeof id !== 'string') throw new Error('a change that counts once must name its _id');
      const done = await this.#doneBefore(collection, id, once);
      if (done !== undefined) return done;
    }
    const model = this.of(collection);
    if (typeof id === 'string') await bringUpToDate(model, collection, id);
    const outbox = entriesOf(collection, wanted.events ?? []);
    const update = completed(change, outbox, once) as UpdateQuery<Stored<Document>>;
    const guard = once === undefined ? where : { ...where, 'onceKeys.key': trusted({ $ne: once.key }) };
    const after = await model
      .findOneAndUpdate(guard, update, {
        returnDocument: 'after',
        runValidators: true,
      })
      .lean();
    if (after === null) return undefined;
    if (outbox.length > 0) this.#nudge(currentContext().city);
    return after;
  }

  /**
   * Changes a document by a rule of what it is now, however many others change it at the same moment: the rule runs again
   * on what they left. With `once` a repeat of the same press finds the document as it is, and no rule runs. Where it answers undefined the document stays as it is; what it throws is thrown. Events and state
   * of a simulated document are an exercise. Throws `not-found`, and `unavailable`, to be tried again, when others never let it through `tries` times.
   */
  async turn<Document>(
    collection: Collection<Document>,
    id: string,
    rule: (document: Stored<Document>) => Turning<Document> | Promise<Turning<Document>>,
    { tries = TRIES, once }: { tries?: number; once?: OnceKey } = {},
  ): Promise<Turned<Document>> {
    const counted = once === undefined ? {} : { once };
    for (let tried = 0; tried < tries; tried += 1) {
      const before = once && (await this.#doneBefore(collection, id, once));
      if (before !== undefined) return { document: before, isChanged: false };
      const document = await this.get(collection, id);
      const made = await rule(document);
      if (made === undefined) return { document, isChanged: false };
      const { exercise = currentContext().exercise } = document as { exercise?: boolean };
      const where = { _id: id, version: document.version } as QueryFilter<Stored<Document>>;
      const done = await asExercise(exercise, () => this.change(collection, { where, ...made, ...counted }));
      if (done !== undefined) return { document: done, isChanged: true };
    }
    const what = `${collection.called ?? collection.name} ${id}`;
    throw new Fault('unavailable', `${what} sedang diubah, coba lagi · many change it, try again`);
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
    const change = { $set: { removedAtMs: Date.now() } } as unknown as UpdateQuery<Stored<Document>>;
    if (collection.state !== undefined) return this.change(collection, { where, change, events });
    if (events.length > 0) throw new Error(`${collection.name} has no state: its removal cannot carry events`);
    const gone = await this.of(collection).findOneAndDelete(where).lean();
    return (gone as Stored<Document> | null) ?? undefined;
  }

  async #inBulk<Document, One>(
    collection: Collection<Document>,
    all: readonly One[],
    operationOf: (one: One) => unknown,
  ): Promise<number> {
    let matched = 0;
    for (let from = 0; from < all.length; from += BULK) {
      const operations = all.slice(from, from + BULK).map(operationOf);
      const done = await this.of(collection).bulkWrite(operations as never, { ordered: true });
      matched += done.matchedCount + done.deletedCount;
      if (collection.state !== undefined) this.#nudge(currentContext().city);
    }
    return matched;
  }

  async #doneBefore<Document>(
    collection: Collection<Document>,
    id: string,
    once: OnceKey,
  ): Promise<Stored<Document> | undefined> {
    const found = (await this.of(collection)
      .findOne({ _id: id, 'onceKeys.key': once.key } as never)
      .select('+onceKeys')
      .lean()) as (Stored<Document> & { onceKeys: OnceKey[] }) | null;
    if (found === null) return undefined;
    const { onceKeys, ...document } = found;
    if (onceKeys.some(({ key, bodyHash }) => key === once.key && bodyHash === once.bodyHash))
      return document as unknown as Stored<Document>;
    throw new Fault('conflict', 'this Idempotency-Key was used for something else');
  }
}

const waiting = (outbox: readonly SentLater[]) => (outbox.length === 0 ? {} : { outbox, outboxAtMs: Date.now() });
