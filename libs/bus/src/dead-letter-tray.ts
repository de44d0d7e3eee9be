import type { DeadLetterSummary } from '@siaga/contracts';
import { untilAvailable } from './attempts.ts';
import { deadLetterOf, deadLetterTopic } from './dead-letters.ts';
import type { EventLog, Following, LogRecord } from './event-log.ts';

/** So many are remembered, the newest; of those before them only the ids, so that each is counted once. */
const MOST_HELD = 10_000;

/**
 * The dead letters of a city as they come and go, without their data: how many there are, and the newest. It follows the
 * log, with about 150 bytes for each that is not among the newest, from {@link open} to {@link close}.
 */
export class DeadLetterTray {
  readonly #log: EventLog;
  readonly #city: string;
  readonly #mostHeld: number;
  readonly #held = new Map<string, DeadLetterSummary>();
  readonly #closing = new AbortController();
  /** Ids of letters that are not remembered: compaction keeps the end of one whose beginning was never read. */
  readonly #older = new Set<string>();
  #following: Promise<Following> | undefined;
  #caughtUp = false;

  constructor(log: EventLog, city: string, mostHeld = MOST_HELD) {
    this.#log = log;
    this.#city = city;
    this.#mostHeld = mostHeld;
  }

  /** Begins to follow, as soon as the log is there. */
  open(): void {
    this.#following = untilAvailable(() => this.#follow(), this.#closing.signal);
    this.#following
      .then(({ caughtUp }) => caughtUp)
      .then(
        () => (this.#caughtUp = true),
        () => undefined, // closed before
      );
  }

  /** How many there are; undefined until everything that lay in the log at the start has been read. */
  get count(): number | undefined {
    return this.#caughtUp ? this.#held.size + this.#older.size : undefined;
  }

  /** The newest, newest first. */
  newest(most: number): DeadLetterSummary[] {
    return [...this.#held.values()].slice(-most).reverse();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    const following = await this.#following?.catch(() => undefined);
    await following?.close();
  }

  async #follow(): Promise<Following> {
    const settings = deadLetterTopic(this.#city);
    await this.#log.ensure([settings]);
    return this.#log.follow({
      topics: [{ topic: settings.topic, from: 'start' }],
      onBatch: ({ records }) => {
        for (const record of records) this.#take(record);
      },
      onReset: () => {
        this.#held.clear();
        this.#older.clear();
      },
    });
  }

  #take(record: LogRecord): void {
    const letter = deadLetterOf(record);
    this.#held.delete(record.key);
    this.#older.delete(record.key);
    if (letter === undefined) return;
    const { deadLetterId, group, fault, attempts, origin, givenUpAtMs, leftOut } = letter;
    const about = { deadLetterId, group, attempts, origin, givenUpAtMs, leftOut };
    this.#held.set(record.key, { ...about, ...(fault === undefined ? {} : { fault }) });
    const [oldest] = this.#held.keys();
    if (this.#held.size <= this.#mostHeld || oldest === undefined) return;
    this.#held.delete(oldest);
    this.#older.add(oldest);
  }
}
