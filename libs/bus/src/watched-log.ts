import type { Batch, EventLog, Following, FollowOptions, JoinOptions, NewRecord, TopicEnds, TopicSettings } from './event-log.ts'; // prettier-ignore
import { StallWatch, type Lag } from './stall-watch.ts';

/**
 * An event log whose followers are watched. Members of a group commit what they did, so that anybody sees them stand
 * still; of a follower nobody would know: its table or screen would only grow old.
 */
export class WatchedLog implements EventLog {
  readonly #log: EventLog;
  readonly #readings = new Set<Reading>();

  /** Absent where the log itself cannot tell. */
  readonly storage?: NonNullable<EventLog['storage']>;

  constructor(log: EventLog) {
    this.#log = log;
    const storage = log.storage?.bind(log);
    if (storage !== undefined) this.storage = storage;
  }

  async follow(options: FollowOptions): Promise<Following> {
    const readings = new Map(options.topics.map(({ topic }) => [topic, new Reading(topic)]));
    const following = await this.#log.follow({
      ...options,
      onBatch: async (batch) => {
        await options.onBatch(batch);
        readings.get(batch.topic)?.took(batch);
      },
      onReset: (topic) => {
        readings.get(topic)?.begin();
        options.onReset?.(topic);
      },
    });
    for (const reading of readings.values()) this.#readings.add(reading);
    return {
      caughtUp: following.caughtUp,
      close: () => {
        for (const reading of readings.values()) this.#readings.delete(reading);
        return following.close();
      },
    };
  }

  /**
   * Followed partitions that were handed nothing for so long although there is something, and topics that became
   * another log unnoticed. What lay in a log when it was first looked at does not count: that is for `caughtUp` to tell.
   */
  async stuckFollowers(forMs: number): Promise<string[]> {
    const readings = [...this.#readings];
    try {
      const topics = [...new Set(readings.map(({ topic }) => topic))];
      const ends = new Map(await Promise.all(topics.map(async (topic) => [topic, await this.#log.ends(topic)] as const))); // prettier-ignore
      return readings.flatMap((reading) => reading.look(ends.get(reading.topic), forMs));
    } catch (error) {
      for (const reading of readings) reading.blinded();
      throw error;
    }
  }

  ensure(topics: readonly TopicSettings[]): Promise<void> {
    return this.#log.ensure(topics);
  }

  append(topic: string, records: readonly NewRecord[]): Promise<void> {
    return this.#log.append(topic, records);
  }

  ends(topic: string): Promise<TopicEnds> {
    return this.#log.ends(topic);
  }

  join(options: JoinOptions) {
    return this.#log.join(options);
  }

  positions(group: string, topic: string): Promise<ReadonlyMap<number, number>> {
    return this.#log.positions(group, topic);
  }

  purge(...args: Parameters<EventLog['purge']>): Promise<number> {
    return this.#log.purge(...args);
  }

  close(): Promise<void> {
    return this.#log.close();
  }
}

/** How far a follower is in one topic. */
class Reading {
  readonly #watch = new StallWatch();
  readonly #next = new Map<number, number>();
  #logId: string | undefined;
  readonly topic: string;

  constructor(topic: string) {
    this.topic = topic;
  }

  /** What was read means nothing any more. */
  begin(): void {
    this.#logId = undefined;
    this.#next.clear();
  }

  took({ partition, records }: Batch): void {
    const next = (records.at(-1)?.offset ?? -1) + 1;
    this.#next.set(partition, Math.max(next, this.#next.get(partition) ?? 0));
    this.#watch.moved(this.#nameOf(partition));
  }

  look(ends: TopicEnds | undefined, forMs: number): string[] {
    if (ends === undefined) return [];
    this.#logId ??= ends.logId;
    if (ends.logId !== this.#logId)
      return this.#watch.stalled([{ name: `${this.topic}, now another log`, position: 0, end: 1 }], forMs);
    const lags = ends.partitions.map(({ partition, next }): Lag => {
      const position = this.#next.get(partition) ?? next;
      this.#next.set(partition, position);
      return { name: this.#nameOf(partition), position, end: next };
    });
    return this.#watch.stalled(lags, forMs);
  }

  blinded(): void {
    this.#watch.blinded();
  }

  #nameOf(partition: number): string {
    return `${this.topic}/${String(partition)}`;
  }
}
