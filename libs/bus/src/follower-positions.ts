import type { TopicEnds } from './event-log.ts';

/** Where reading a topic begins: the first offset of each partition, and how far the log went at that time. */
export interface Beginning {
  starts: ReadonlyMap<number, number>;
  ends: TopicEnds;
}

interface Place {
  logId: string;
  next: Map<number, number>;
  /** Partitions not read yet as far as they went at the beginning. */
  ahead: Map<number, number>;
}

/** How far a follower is in its topics. */
export class FollowerPositions {
  /** Resolves once every partition was read as far as it went when reading its log began. */
  readonly caughtUp: Promise<void>;
  readonly #places: Map<string, Place>;
  #announce: () => void = () => undefined;

  constructor(beginnings: ReadonlyMap<string, Beginning>) {
    this.#places = new Map([...beginnings].map(([topic, beginning]) => [topic, placeAt(beginning)]));
    this.caughtUp = new Promise((resolve) => (this.#announce = resolve));
    this.#announceIfCaughtUp();
  }

  get topics(): readonly string[] {
    return [...this.#places.keys()];
  }

  /** Topics that were not read as far as they went at the beginning. */
  behind(): string[] {
    return [...this.#places].filter(([, { ahead }]) => ahead.size > 0).map(([topic]) => topic);
  }

  logIdOf(topic: string): string | undefined {
    return this.#places.get(topic)?.logId;
  }

  /** The offset each partition is read from next. */
  positions(topic: string): ReadonlyMap<number, number> {
    return new Map(this.#places.get(topic)?.next);
  }

  /** Everything of the partition below this offset was handed over, or is no longer in the log. */
  passed(topic: string, partition: number, next: number): void {
    const place = this.#places.get(topic);
    if (place === undefined) return;
    place.next.set(partition, Math.max(next, place.next.get(partition) ?? 0));
    if (next >= (place.ahead.get(partition) ?? Infinity)) place.ahead.delete(partition);
    this.#announceIfCaughtUp();
  }

  /**
   * What the log said of itself when it was asked after having been read up to `asked`. True when it is another one than
   * we read, or lost its end: reading begins again at its start. Otherwise what is gone from its start counts as passed.
   */
  learn(topic: string, ends: TopicEnds, asked: ReadonlyMap<number, number>): boolean {
    const lostItsEnd = ends.partitions.some(({ partition, next }) => next < (asked.get(partition) ?? 0));
    if (this.logIdOf(topic) === ends.logId && !lostItsEnd) {
      for (const { partition, first } of ends.partitions) this.passed(topic, partition, first);
      return false;
    }
    const starts = new Map(ends.partitions.map(({ partition, first }) => [partition, first]));
    this.#places.set(topic, placeAt({ starts, ends }));
    this.#announceIfCaughtUp();
    return true;
  }

  #announceIfCaughtUp(): void {
    if (this.behind().length === 0) this.#announce();
  }
}

function placeAt({ starts, ends: { logId, partitions } }: Beginning): Place {
  const behind = partitions.filter(({ partition, next }) => next > (starts.get(partition) ?? 0));
  return {
    logId,
    next: new Map(starts),
    ahead: new Map(behind.map(({ partition, next }) => [partition, next])),
  };
}
