import type { Push } from './protocol.ts';
import type { LogStore } from './store.ts';

/** Bytes of records in one batch, about; small enough that a slow reader costs little. */
const BATCH_BYTES = 256 * 1024;

export interface ReadingOptions {
  store: LogStore;
  sub: number;
  topic: string;
  /** Where each partition is read from next. */
  offsets: readonly number[];
  /** Batches of one partition that may be under way unanswered. */
  window: number;
  /** False: the connection's buffer is full, `resume` will be called. */
  send(push: Push): boolean;
  /** Told when a batch is worked off. */
  onDone?(partition: number, next: number): void;
  /** Say once when what was there at the beginning has been sent. */
  announceCaughtUp: boolean;
}

interface Cursor {
  next: number;
  underWay: number;
  /** End of the partition when reading began. */
  target: number;
}

/** One topic read by one connection: sends a partition's next batch only when fewer than `window` are unanswered. */
export class Reading {
  readonly topic: string;
  readonly #options: ReadingOptions;
  readonly #cursors: Cursor[];
  #behind: boolean;

  constructor(options: ReadingOptions) {
    this.topic = options.topic;
    this.#options = options;
    this.#behind = options.announceCaughtUp;
    const ends = options.store.ends(options.topic).partitions;
    this.#cursors = options.offsets.map((next, partition) => ({
      next,
      underWay: 0,
      target: ends[partition]?.next ?? 0,
    }));
  }

  /** Sends what there is; false when the connection can take no more now. */
  pump(): boolean {
    for (const partition of this.#cursors.keys()) if (!this.#pumpPartition(partition)) return false;
    if (this.#behind && this.#cursors.every(({ next, target }) => next >= target)) {
      this.#behind = false;
      return this.#options.send({ sub: this.#options.sub, caughtUp: true });
    }
    return true;
  }

  /** The reader has worked off a batch. A number it was never given is not believed. */
  done(partition: number, next: number): void {
    const cursor = this.#cursors[partition];
    if (cursor === undefined || cursor.underWay === 0 || next > cursor.next) return;
    cursor.underWay--;
    this.#options.onDone?.(partition, next);
  }

  #pumpPartition(partition: number): boolean {
    const { store, sub, topic, window } = this.#options;
    const cursor = this.#cursors[partition];
    while (cursor !== undefined && cursor.underWay < window) {
      if (cursor.next >= store.end(topic, partition)) return true;
      const records = store.read(topic, partition, cursor.next, BATCH_BYTES);
      const last = records.at(-1);
      if (last === undefined) {
        return this.#skipGap(partition, cursor);
      }
      cursor.next = last[0] + 1;
      cursor.underWay++;
      if (!this.#options.send({ sub, partition, records })) return false;
    }
    return true;
  }

  /** Nothing is left below the end: purged or superseded records count as read. False as with {@link pump}. */
  #skipGap(partition: number, cursor: Cursor): boolean {
    const end = this.#options.store.end(this.topic, partition);
    cursor.next = end;
    if (cursor.underWay === 0) this.#options.onDone?.(partition, end);
    return this.#options.send({ sub: this.#options.sub, partition, passed: end });
  }
}
