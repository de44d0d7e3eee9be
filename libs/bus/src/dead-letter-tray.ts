import type { DeadLetterSummary } from '@siaga/contracts';
import { untilAvailable } from './attempts.ts';
import { deadLetterOf, deadLetterTopic } from './dead-letters.ts';
import type { EventLog, Following, LogRecord } from './event-log.ts';

/** So many are remembered, the newest; those before them are only counted. */
const MOST_HELD = 10_000;
/** A cause is for a person's eye; the whole of it is in the log. */
const MOST_CAUSE_CHARACTERS = 300;

/**
 * The dead letters of a city as they come and go, without their data: how many there are, and the newest. It follows the
 * log, in bounded memory, from {@link open} to {@link close}.
 */
export class DeadLetterTray {
  readonly #log: EventLog;
  readonly #city: string;
  readonly #mostHeld: number;
  readonly #held = new Map<string, DeadLetterSummary>();
  readonly #closing = new AbortController();
  /** Letters that are not remembered. */
  #older = 0;
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
    return this.#caughtUp ? this.#held.size + this.#older : undefined;
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
        this.#older = 0;
      },
    });
  }

  #take(record: LogRecord): void {
    const letter = deadLetterOf(record);
    const known = this.#held.delete(record.key);
    if (letter === undefined) {
      if (!known && this.#older > 0) this.#older -= 1;
      return;
    }
    const { deadLetterId, group, cause, attempts, origin, givenUpAtMs, leftOut } = letter;
    const about = { deadLetterId, group, attempts, origin, givenUpAtMs, leftOut };
    this.#held.set(record.key, { ...about, cause: cause.slice(0, MOST_CAUSE_CHARACTERS) });
    const [oldest] = this.#held.keys();
    if (this.#held.size <= this.#mostHeld || oldest === undefined) return;
    this.#held.delete(oldest);
    this.#older += 1;
  }
}
