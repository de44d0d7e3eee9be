import { isDeepStrictEqual } from 'node:util';
import { topicOf, topicSettings, type EventLog, type NewRecord } from '@siaga/bus';
import { Fault, type Stream } from '@siaga/contracts';
import { createLogger } from '@siaga/service';
import { trusted } from 'mongoose';
import type { CityDatabases } from './cities.ts';
import type { Lease } from './lease.ts';
import { metaOf, recordsOf, stateRecord, type Outboxed, type Sender, type Waiting } from './outbox-records.ts';
import { ALSO_REMOVED } from './schema-hooks.ts';

/** Documents taken in one pass: a bound on memory, far above what one second of commands leaves. */
const BATCH = 200;

/** A document whose outbox cannot be sent is tried again after this long, so that it does not hold up the others. */
const POISON_PAUSE_MS = 60_000;

const alsoRemoved = { [ALSO_REMOVED]: true };

export interface RelayOptions {
  databases: CityDatabases;
  log: Pick<EventLog, 'ensure' | 'append'>;
  lease: Pick<Lease, 'held' | 'stillHeld'>;
  sender: Sender;
  collections: readonly Outboxed[];
}

/** A document as it was read when its state was sent. */
interface Told {
  collection: Outboxed;
  document: Waiting;
}

/**
 * Sends what waits in the outboxes of one service in one city, in order per document, and removes it afterwards. A crash
 * in between sends it again under the same ids. If the removal finds the entries gone, another relay was faster and this
 * one may just have published an old state: then the document's current state is published once more. So it is where the
 * removal was never come to, because the lease was lost, the log did not answer or the database was away: whose state may
 * be in the log is remembered until it is known to be the last word ({@link Relay.settle}). What is not kept: an old state
 * of a process that dies just then, and a `latest` event other than the state, which no document can say again.
 */
export class Relay {
  readonly #options: RelayOptions;
  readonly #ensured = new Set<string>();
  /** By collection and id. No more than one pass sent: what is here is settled before the next. */
  readonly #unsettled = new Map<string, Told>();
  readonly #logger = createLogger('outbox');

  constructor(options: RelayOptions) {
    this.#options = options;
  }

  /** Sends everything that waits now; returns how many documents were sent. Stops when the lease is lost. */
  async sweep(): Promise<number> {
    let sent = 0;
    for (const collection of this.#options.collections) {
      for (;;) {
        const waiting = await this.#waiting(collection);
        if (waiting.length === 0 || !this.#options.lease.held) break;
        sent += await this.#send(collection, waiting);
      }
    }
    return sent;
  }

  /**
   * Publishes what those documents say now whose state was sent without seeing what became of it. Not only where the sent
   * entries are gone: another relay may have sent a newer state and be about to remove them. Called whoever has the lease.
   */
  async settle(): Promise<void> {
    await Promise.all(
      [...this.#unsettled].map(async ([key, { collection, document }]) => {
        try {
          await this.#publishAgain(collection, document);
        } catch (error) {
          if (error instanceof Fault && error.retriable) throw error;
          // for ever so: it must not keep the others from being sent
          this.#logger.error({ err: error, document: key }, 'a state cannot be published again');
        }
        this.#unsettled.delete(key);
      }),
    );
  }

  async #waiting(collection: Outboxed): Promise<Waiting[]> {
    const found = await this.#model(collection)
      .find({ outboxAtMs: trusted({ $lte: Date.now() }) } as never, null, alsoRemoved)
      .select('+outbox +removedAtMs')
      .sort({ outboxAtMs: 1 })
      .limit(BATCH)
      .lean();
    return found;
  }

  async #send(collection: Outboxed, waiting: readonly Waiting[]): Promise<number> {
    const byStream = new Map<Stream, NewRecord[]>();
    const sendable: Waiting[] = [];
    for (const document of waiting) {
      const sendings = await this.#sendings(collection, document);
      if (sendings === undefined) continue;
      sendable.push(document);
      for (const { stream, record } of sendings) byStream.set(stream, [...(byStream.get(stream) ?? []), record]);
    }
    for (const [stream, records] of byStream) {
      if (!(await this.#options.lease.stillHeld())) {
        await this.settle();
        return 0;
      }
      if (stream === collection.state?.event.stream)
        for (const document of sendable) this.#unsettled.set(keyOf(collection, document), { collection, document });
      await this.#append(stream, records);
    }
    await this.#removeSent(collection, sendable);
    for (const document of sendable) this.#unsettled.delete(keyOf(collection, document));
    return sendable.length;
  }

  /** What to send of a document, or undefined when it does not fit its contract: that is logged and tried later. */
  async #sendings(collection: Outboxed, document: Waiting) {
    try {
      return recordsOf(collection, document, this.#options.sender);
    } catch (error) {
      this.#logger.error({ err: error, document: keyOf(collection, document) }, 'an outbox cannot be sent');
      await this.#update(collection, { _id: document._id }, { $set: { outboxAtMs: Date.now() + POISON_PAUSE_MS } });
      return undefined;
    }
  }

  async #append(stream: Stream, records: readonly NewRecord[]): Promise<void> {
    const { log, sender } = this.#options;
    const topic = topicOf(sender.city, stream);
    if (!this.#ensured.has(topic)) {
      await log.ensure([topicSettings(sender.city, stream)]);
      this.#ensured.add(topic);
    }
    await log.append(topic, records);
  }

  /** In one go. Of what did not go, either a change came in between, and its events are still there, or another relay. */
  async #removeSent(collection: Outboxed, sent: readonly Waiting[]): Promise<void> {
    if (sent.length === 0) return;
    const model = this.#model(collection);
    const operations = sent.map((document) => {
      const filter = { ...asSent(document), version: document.version };
      if (document.removedAtMs !== undefined) return { deleteOne: { filter } };
      return { updateOne: { filter, update: { $unset: { outbox: 1, outboxAtMs: 1 } } } };
    });
    const done = await model.bulkWrite(operations, { ordered: false });
    const gone = done.matchedCount + done.deletedCount;
    if (gone === sent.length) return;
    const lasts = sent.map(({ outbox }) => outbox?.at(-1)?.id);
    const where = { _id: trusted({ $in: sent.map(({ _id }) => _id) }), 'outbox.id': trusted({ $in: lasts }) };
    const found = await model.find(where as never, null, alsoRemoved).lean<Waiting[]>();
    const left = new Set(found.map(({ _id }) => _id));
    // all accounted for: only those that were changed are left
    const again = gone + left.size === sent.length ? sent.filter(({ _id }) => left.has(_id)) : sent;
    await Promise.all(again.map((document) => this.#remove(collection, document)));
  }

  async #remove(collection: Outboxed, sent: Waiting): Promise<void> {
    const ids = (sent.outbox ?? []).map((entry) => entry.id);
    const mine = asSent(sent);
    if (await this.#removeAll(collection, { ...mine, version: sent.version }, sent.removedAtMs !== undefined)) return;
    // changed since it was read: what came later stays for the next pass
    if (await this.#update(collection, mine, { $pull: { outbox: { id: { $in: ids } } } })) return;
    await this.#publishAgain(collection, sent);
  }

  async #removeAll(collection: Outboxed, where: Record<string, unknown>, leaving: boolean): Promise<boolean> {
    if (!leaving) return this.#update(collection, where, { $unset: { outbox: 1, outboxAtMs: 1 } });
    return (await this.#model(collection).deleteOne(where as never)).deletedCount === 1;
  }

  async #update(collection: Outboxed, where: Record<string, unknown>, change: Record<string, unknown>) {
    const { matchedCount } = await this.#model(collection).updateOne(where as never, change, alsoRemoved as never);
    return matchedCount === 1;
  }

  /**
   * Publishes what the document says now, or its tombstone when it is gone, until that stayed the same while it was sent.
   * Compared by what is said: a document that was removed and made anew counts its versions from 1 again.
   */
  async #publishAgain(collection: Outboxed, sent: Waiting): Promise<void> {
    const origin = sent.outbox?.at(-1);
    if (origin === undefined || collection.state === undefined) return;
    const meta = metaOf({ ...origin, atMs: Date.now() }, this.#options.sender);
    for (let published: NewRecord | undefined; ;) {
      const current = (await this.#current(collection, sent._id)) ?? { ...sent, removedAtMs: Date.now() };
      const { stream, record } = stateRecord(collection.state, current, { ...meta, timeMs: Date.now() });
      if (published !== undefined && isDeepStrictEqual(record.value, published.value)) return;
      await this.#append(stream, [record]);
      published = record;
    }
  }

  async #current(collection: Outboxed, id: string): Promise<Waiting | undefined> {
    const found = await this.#model(collection)
      .findOne({ _id: id } as never, null, alsoRemoved)
      .select('+removedAtMs')
      .lean();
    return (found as unknown as Waiting | null) ?? undefined;
  }

  #model(collection: Outboxed) {
    return this.#options.databases.in(this.#options.sender.city, collection);
  }
}

const keyOf = ({ name }: Outboxed, { _id }: Waiting) => `${name}/${_id}`;

/** A document with the last of the events that were sent still in its outbox. */
function asSent({ _id, outbox }: Waiting): Record<string, unknown> {
  const last = outbox?.at(-1)?.id;
  return { _id, ...(last === undefined ? {} : { 'outbox.id': last }) };
}
