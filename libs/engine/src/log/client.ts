import type { StorageReport } from '@siaga/contracts';
import type {
  EventLog,
  Following,
  FollowOptions,
  From,
  JoinOptions,
  LogRecord,
  Membership,
  NewRecord,
  TopicEnds,
  TopicSettings,
} from './event-log.ts';
import { Link, type LinkEvents, type Patience } from './link.ts';
import type { FollowAnswer, Push, StartingPoint } from './protocol.ts';
import { Reader, type ReaderMode } from './reader.ts';
import { refuseOversized, wireRecord, type WireRecord } from './stored-record.ts';

/** Bytes of records per append request. */
const APPEND_BYTES = 1024 * 1024;

/** The event log of the engine at a socket. Connects by itself, again and again, until closed. */
export function connectLog(socketPath: string, patience?: Patience): EventLog {
  return new LogClient(socketPath, patience);
}

class LogClient implements EventLog {
  readonly #link: Link;
  readonly #readers = new Set<Reader>();
  readonly #ensured = new Map<string, TopicSettings>();
  #logId: string | undefined;
  #lastSub = 0;

  constructor(socketPath: string, patience: Patience | undefined) {
    const events: LinkEvents = {
      connected: (logId) => this.#greeted(logId),
      ready: () => {
        for (const reader of this.#readers) void reader.begin();
      },
      disconnected: () => {
        for (const reader of this.#readers) reader.interrupt();
      },
      push: (push: Push) => {
        for (const reader of this.#readers) reader.take(push);
      },
    };
    this.#link = new Link(socketPath, events, patience);
  }

  async ensure(topics: readonly TopicSettings[]): Promise<void> {
    await this.#link.request({ op: 'ensure', topics: [...topics] });
    for (const settings of topics) this.#ensured.set(settings.topic, settings);
  }

  async append(topic: string, records: readonly NewRecord[]): Promise<void> {
    const wire = records.map(wireRecord);
    for (const record of wire) refuseOversized(record);
    await Promise.all(inRequests(wire).map((part) => this.#link.request({ op: 'append', topic, records: part })));
  }

  async ends(topic: string): Promise<TopicEnds> {
    return (await this.#link.request({ op: 'ends', topic })) as TopicEnds;
  }

  async positions(group: string, topic: string): Promise<ReadonlyMap<number, number>> {
    return new Map((await this.#link.request({ op: 'positions', group, topic })) as [number, number][]);
  }

  async follow(options: FollowOptions): Promise<Following> {
    const followed = options.topics.map((topic) => this.#followTopic(topic, options));
    const close = () => this.#closeAll(followed.map(({ reader }) => reader));
    await this.#allBegun(followed.map(({ reader }) => reader));
    const positions = new Map(followed.map(({ topic, next }) => [topic, next]));
    return {
      caughtUp: Promise.all(followed.map(({ caughtUp }) => caughtUp)).then(() => undefined),
      positions: (topic) => new Map(positions.get(topic)),
      close,
    };
  }

  async join({ group, topics, onBatch }: JoinOptions): Promise<Membership> {
    const seats = new Map<string, readonly number[]>();
    const readers = topics.map((topic) =>
      this.#read({
        topic,
        ask: (sub) => ({ op: 'join', sub, group, topic }),
        begun: () => undefined,
        mayWork: () => this.#link.leaseHolds,
        onBatch,
        worked: () => undefined,
        seated: (partitions) => seats.set(topic, partitions),
      }),
    );
    await this.#allBegun(readers);
    return {
      assigned: () =>
        [...seats].flatMap(([topic, partitions]) => partitions.map((partition) => ({ topic, partition }))),
      close: () => this.#closeAll(readers),
    };
  }

  async purge(topic: string, remove: (record: LogRecord) => boolean): Promise<number> {
    let removed = 0;
    const following = await this.follow({
      topics: [{ topic, from: 'start' }],
      onBatch: async ({ partition, records }) => {
        const offsets = records.filter(remove).map(({ offset }) => offset);
        if (offsets.length === 0) return;
        removed += (await this.#link.request({ op: 'remove', topic, partition, offsets })) as number;
      },
    });
    await following.caughtUp;
    await following.close();
    return removed;
  }

  async storage(): Promise<StorageReport> {
    return (await this.#link.request({ op: 'storage' })) as StorageReport;
  }

  async close(): Promise<void> {
    await this.#closeAll([...this.#readers]);
    this.#link.close();
  }

  /** A log made anew does not know the topics we rely on. */
  async #greeted(logId: string): Promise<void> {
    const anew = this.#logId !== undefined && this.#logId !== logId;
    if (anew) await this.#link.requestHere({ op: 'ensure', topics: [...this.#ensured.values()] });
    this.#logId = logId;
  }

  #followTopic(
    { topic, from }: FollowOptions['topics'][number],
    options: FollowOptions,
  ): { topic: string; next: ReadonlyMap<number, number>; reader: Reader; caughtUp: Promise<void> } {
    let announce: () => void = () => undefined;
    const caughtUp = new Promise<void>((resolve) => (announce = resolve));
    const next = new Map<number, number>();
    return {
      topic,
      next,
      reader: this.#read(followMode({ topic, from, options, next, caughtUp: announce })),
      caughtUp,
    };
  }

  #read(mode: ReaderMode): Reader {
    const reader = new Reader(this.#link, mode, () => ++this.#lastSub);
    this.#readers.add(reader);
    return reader;
  }

  async #allBegun(readers: readonly Reader[]): Promise<void> {
    try {
      await Promise.all(readers.map(({ begun }) => begun));
    } catch (error) {
      await this.#closeAll(readers);
      throw error;
    }
  }

  async #closeAll(readers: readonly Reader[]): Promise<void> {
    await Promise.all(readers.map((reader) => reader.close()));
    for (const reader of readers) this.#readers.delete(reader);
  }
}

/** Reading without a group: the client itself remembers in `next` how far it is. */
function followMode(follow: {
  topic: string;
  from: From;
  options: FollowOptions;
  next: Map<number, number>;
  caughtUp: () => void;
}): ReaderMode {
  const { topic, options, next } = follow;
  let from = startingPoint(follow.from);
  let logId: string | undefined;
  return {
    topic,
    ask: (sub) => {
      if (logId !== undefined) from = { offsets: [...next], logId };
      return { op: 'follow', sub, topic, from };
    },
    begun: (answer) => {
      const { offsets, reset, ...log } = answer as FollowAnswer;
      logId = log.logId;
      for (const [partition, offset] of offsets) next.set(partition, offset);
      if (reset) options.onReset?.(topic);
    },
    mayWork: () => true,
    onBatch: (batch) => options.onBatch(batch),
    worked: (partition, offset) => next.set(partition, offset),
    caughtUp: follow.caughtUp,
  };
}

function startingPoint(from: From): StartingPoint {
  return typeof from === 'object' && 'offsets' in from ? { offsets: [...from.offsets] } : from;
}

function inRequests(records: readonly WireRecord[]): WireRecord[][] {
  const requests: WireRecord[][] = [];
  let bytes = Infinity;
  for (const record of records) {
    bytes += record[2].length;
    if (bytes > APPEND_BYTES) {
      requests.push([]);
      bytes = record[2].length;
    }
    requests.at(-1)?.push(record);
  }
  return requests;
}
