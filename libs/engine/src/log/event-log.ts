import type { StorageReport } from '@siaga/contracts';

/** What a writer hands over. `key` decides the partition and, on `latest` topics, what it supersedes; at most 512 bytes. */
export interface NewRecord {
  key: string;
  /** `null` on a `latest` topic: the key is gone. */
  value: Buffer | null;
  /** Names begin with a letter; Kafka's client would lose one called `__proto__`. */
  headers: Record<string, string>;
}

/** A record as it lies in the log. Offsets grow within a partition and are never used twice; gaps are normal. */
export interface LogRecord extends NewRecord {
  partition: number;
  offset: number;
  /** The log's clock at append, epoch ms; never falls within a partition. */
  timeMs: number;
}

/** How a topic is kept: `latest` holds the newest record of each key, `every` all records for so many days. */
export interface TopicSettings {
  topic: string;
  delivery: 'latest' | 'every';
  partitions: number;
  keepForDays: number;
}

/** Where a topic starts and ends: `first` is its oldest record, `next` the offset the next append will get. */
export interface TopicEnds {
  /** Changes when the log is restored or made anew: positions of another log mean nothing. */
  logId: string;
  partitions: readonly { partition: number; first: number; next: number }[];
}

/** Where reading starts: everything, what was appended at or after a time, or the offset to read next per partition. */
export type From = 'start' | { sinceMs: number } | { offsets: ReadonlyMap<number, number> };

/** Records of one partition, in order, never empty. */
export interface Batch {
  topic: string;
  partition: number;
  records: readonly LogRecord[];
  /** Aborts when the reader is closed or its group has given the partition to another member. */
  signal: AbortSignal;
}

export interface FollowOptions {
  topics: readonly { topic: string; from: From }[];
  /** The next batch of the partition comes after this resolves. A rejection offers the same records again. */
  onBatch: (batch: Batch) => void | Promise<void>;
  /** The log turned out to be a new one: forget what was read of it; reading begins again at its start. */
  onReset?: (topic: string) => void;
}

/** A reader without a group. */
export interface Following {
  /** Resolves once everything that lay in the log when reading began has been handed over. */
  readonly caughtUp: Promise<void>;
  /** The offset each partition of a topic is read from next: all below was handed over, or is no longer in the log. */
  positions(topic: string): ReadonlyMap<number, number>;
  close(): Promise<void>;
}

export interface JoinOptions {
  /** Members of one group share the work: each record goes to one of them. A new group starts at the beginning. */
  group: string;
  topics: readonly string[];
  /**
   * Resolving commits the batch. A rejection offers the same records again, after its `retryInMs` when it is a
   * {@link Hold}, else after a second; other partitions go on meanwhile.
   */
  onBatch: (batch: Batch) => Promise<void>;
}

export interface Membership {
  /** Partitions this member works on now; empty while it stands by. */
  assigned(): readonly { topic: string; partition: number }[];
  close(): Promise<void>;
}

/** Rejecting `onBatch` with it holds that partition for a while, then offers the same records again. */
export class Hold extends Error {
  override readonly name = 'Hold';
  readonly retryInMs: number;

  constructor(retryInMs: number, cause: unknown) {
    super(`held for ${String(retryInMs)} ms`, { cause });
    this.retryInMs = retryInMs;
  }
}

/** The durable event log. Two adapters keep it, the engine and Kafka; one conformance suite holds for both. */
export interface EventLog {
  /** Creates what is missing. Settings of a topic that exists are brought up to date; partitions never change. */
  ensure(topics: readonly TopicSettings[]): Promise<void>;
  /**
   * Resolves only when every record is durable; `Fault('unavailable')` otherwise, and then a record may still have been
   * written: repeats are harmless by their id. Partition = hash of the key.
   */
  append(topic: string, records: readonly NewRecord[]): Promise<void>;
  ends(topic: string): Promise<TopicEnds>;
  /** Reads on for ever, by itself across reconnects: in order per partition, no gap, no offset twice. */
  follow(options: FollowOptions): Promise<Following>;
  /** Works as a member of a group with committed positions. */
  join(options: JoinOptions): Promise<Membership>;
  /** The offset each partition of a topic will be read from next by a group; 0 where nothing was committed. */
  positions(group: string, topic: string): Promise<ReadonlyMap<number, number>>;
  /** Removes matching records and answers how many. Kafka cannot: `Fault('unavailable')`. */
  purge(topic: string, remove: (record: LogRecord) => boolean): Promise<number>;
  /** The disk it lives on and its last backup. Kafka has none: its own tools tell. */
  storage?(): Promise<StorageReport>;
  close(): Promise<void>;
}
