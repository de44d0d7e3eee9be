import { setTimeout as delay } from 'node:timers/promises';
import { Fault } from '@siaga/contracts';
import { Hold, type Batch } from './event-log.ts';
import type { Link, Request } from './link.ts';
import type { Push } from './protocol.ts';
import { logRecord } from './stored-record.ts';

/** How reading a topic is asked for and what becomes of it; {@link Reader} does the rest. */
export interface ReaderMode {
  topic: string;
  /** The request that begins reading over a fresh connection. */
  ask(sub: number): Request;
  /** The engine's answer, before any batch. */
  begun(answer: unknown): void;
  /** Asked before each batch: false drops the connection. */
  mayWork(): boolean;
  onBatch(batch: Batch): void | Promise<void>;
  /** A batch was worked off, or nothing was left to work on below this offset. */
  worked(partition: number, next: number): void;
  caughtUp?(): void;
  seated?(partitions: readonly number[]): void;
}

/** Reading over one connection. */
interface Session {
  sub: number;
  abort: AbortController;
  /** Settles when the engine has answered. */
  begun: Promise<void>;
  /** Per partition, the end of the work handed over so far. */
  lines: Map<number, Promise<void>>;
}

const RETRY_MS = 1000;

/**
 * The client's side of a reading: works each partition's batches off in order, offers a refused one again, and begins
 * anew over each new connection, never before the work of the old one has ended.
 */
export class Reader {
  readonly #link: Link;
  readonly #mode: ReaderMode;
  readonly #nextSub: () => number;
  #session: Session | undefined;
  #ended: Promise<unknown> = Promise.resolve();
  #closed = false;
  readonly #agreed: Promise<void>;
  #agree!: () => void;
  #refuse!: (error: unknown) => void;

  constructor(link: Link, mode: ReaderMode, nextSub: () => number) {
    this.#link = link;
    this.#mode = mode;
    this.#nextSub = nextSub;
    this.#agreed = new Promise((resolve, reject) => {
      this.#agree = resolve;
      this.#refuse = reject;
    });
    this.#agreed.catch(() => undefined);
    if (link.ready) void this.begin();
  }

  /** Resolves when the engine first agreed; rejects when it refused (no such topic). */
  get begun(): Promise<void> {
    return this.#agreed;
  }

  /** Begins over the connection that stands now. */
  async begin(): Promise<void> {
    this.interrupt();
    await this.#ended;
    if (this.#closed || this.#session !== undefined || !this.#link.ready) return;
    const sub = this.#nextSub();
    const session: Session = { sub, abort: new AbortController(), begun: Promise.resolve(), lines: new Map() };
    this.#session = session;
    session.begun = this.#link.requestHere(this.#mode.ask(sub)).then((answer) => {
      this.#mode.begun(answer);
    });
    try {
      await session.begun;
      this.#agree();
    } catch (error) {
      if (session.abort.signal.aborted) return; // the next connection begins again
      this.interrupt();
      if (!(error instanceof Fault) || error.kind !== 'unavailable') this.#refuse(error); // nobody hears it once agreed
      await delay(RETRY_MS, undefined, { ref: false });
      await this.begin();
    }
  }

  /** The connection is gone: what was handed over and not yet begun is dropped; it will be read again. */
  interrupt(): void {
    const session = this.#session;
    if (session === undefined) return;
    this.#session = undefined;
    session.abort.abort();
    this.#ended = Promise.allSettled([this.#ended, session.begun, ...session.lines.values()]);
    this.#mode.seated?.([]);
  }

  take(push: Push): void {
    const session = this.#session;
    if (session?.sub !== push.sub) return;
    if ('seated' in push) this.#mode.seated?.(push.seated);
    else if ('caughtUp' in push) void this.#announce(session);
    else this.#line(session, push);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const sub = this.#session?.sub;
    this.interrupt();
    this.#refuse(new Fault('unavailable', 'the log was closed'));
    await this.#ended;
    if (sub !== undefined) await this.#link.requestHere({ op: 'leave', sub }).catch(() => undefined);
  }

  #line(session: Session, push: Extract<Push, { partition: number }>): void {
    const before = session.lines.get(push.partition) ?? session.begun;
    const line = before.then(() => ('passed' in push ? this.#pass(session, push) : this.#work(session, push)));
    line.catch(() => undefined);
    session.lines.set(push.partition, line);
  }

  #pass(session: Session, { partition, passed }: Extract<Push, { passed: number }>): void {
    if (!session.abort.signal.aborted) this.#mode.worked(partition, passed);
  }

  async #work(session: Session, { partition, records: stored }: Extract<Push, { records: unknown }>): Promise<void> {
    const { signal } = session.abort;
    const records = stored.map(([offset, bytes]) => logRecord(bytes, partition, offset));
    const next = (records.at(-1)?.offset ?? -1) + 1;
    while (!signal.aborted) {
      if (!this.#mode.mayWork()) {
        this.#link.reset();
        return;
      }
      try {
        await this.#mode.onBatch({ topic: this.#mode.topic, partition, records, signal });
      } catch (error) {
        const waitMs = error instanceof Hold ? error.retryInMs : RETRY_MS;
        await delay(waitMs, undefined, { signal }).catch(() => undefined);
        continue;
      }
      this.#mode.worked(partition, next);
      if (this.#session === session) this.#link.tell({ op: 'done', sub: session.sub, partition, next });
      return;
    }
  }

  async #announce(session: Session): Promise<void> {
    await Promise.allSettled([session.begun, ...session.lines.values()]);
    if (!session.abort.signal.aborted) this.#mode.caughtUp?.();
  }
}
