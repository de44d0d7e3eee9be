import type { EventLog, Following, FollowOptions, JoinOptions, NewRecord, TopicEnds, TopicSettings } from './event-log.ts'; // prettier-ignore
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
    const readings: Reading[] = [];
    const following = await this.#log.follow({
      ...options,
      onReset: (topic) => {
        for (const reading of readings) if (reading.topic === topic) reading.begin();
        options.onReset?.(topic);
      },
    });
    readings.push(...options.topics.map(({ topic }) => new Reading(topic, following)));
    for (const reading of readings) this.#readings.add(reading);
    return {
      ...following,
      close: () => {
        for (const reading of readings) this.#readings.delete(reading);
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

/** A follower in one topic. */
class Reading {
  readonly #watch = new StallWatch();
  readonly #following: Following;
  /** Where each partition ended when it was first looked at. */
  readonly #base = new Map<number, number>();
  #logId: string | undefined;
  readonly topic: string;

  constructor(topic: string, following: Following) {
    this.topic = topic;
    this.#following = following;
  }

  /** It reads another log from now on. */
  begin(): void {
    this.#logId = undefined;
    this.#base.clear();
  }

  look(ends: TopicEnds | undefined, forMs: number): string[] {
    if (ends === undefined) return [];
    this.#logId ??= ends.logId;
    if (ends.logId !== this.#logId)
      return this.#watch.stalled([{ name: `${this.topic}, now another log`, position: 0, end: 1 }], forMs);
    const positions = this.#following.positions(this.topic);
    const lags = ends.partitions.map(({ partition, first, next }): Lag => {
      const base = this.#base.get(partition) ?? next;
      this.#base.set(partition, base);
      const position = next === base ? next : Math.max(positions.get(partition) ?? 0, first);
      return { name: `${this.topic}/${String(partition)}`, position, end: next };
    });
    return this.#watch.stalled(lags, forMs);
  }

  blinded(): void {
    this.#watch.blinded();
  }
}
