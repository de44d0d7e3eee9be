/**
 * How an operation ended. `ok`: acknowledged, so it must have happened. `refused`: told that it did not and will not.
 * `unknown`: no answer, a 5xx, a broken connection: it may have happened or not.
 */
export type Ending = 'ok' | 'refused' | 'unknown';

/** One answer to one attempt; `later`: turned away for now, nothing happened. */
export type Answer = Ending | 'later';

/** Something asked of the city through a public door, once or several times under the same identity. */
export interface Operation {
  /** For findings: `fix of F1-0 at 1795000000000`. */
  readonly says: string;
  /** Facts its `every` events carry, as {@link Driver.factOf} names them; in order per key of the event. */
  readonly every: readonly string[];
  /** Facts of the `latest` values it brings; the next one may overtake them. */
  readonly latest: readonly string[];
  /** Facts it leaves in the documents, as {@link Driver.dump} names them. */
  readonly documents: readonly string[];
  /** One attempt at the city that answers at `url`. A repeat carries the same identity. Rejects when there is no answer. */
  readonly send: (url: string, signal: AbortSignal) => Promise<Answer>;
}

/** An operation that has ended. Times are epoch ms of the test's clock. */
export interface Entry {
  /** Counts from 1 through the whole ledger. */
  readonly number: number;
  readonly driver: string;
  /** Who asked: one lane asks for one thing after the other. */
  readonly lane: string;
  readonly operation: Omit<Operation, 'send'>;
  readonly ending: Ending;
  readonly attempts: number;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
}
