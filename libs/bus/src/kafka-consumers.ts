import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createLogger } from '@siaga/service';
import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import { Hold, type Following, type FollowOptions, type JoinOptions, type LogRecord, type Membership, type TopicEnds } from './event-log.ts'; // prettier-ignore

const log = createLogger('kafka');
const SESSION_MS = 8000;
const HEARTBEAT_MS = 2000;
const RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;
/** Records handed over and committed at once: a slow handler must get through them before its group grows impatient. */
const RECORDS_AT_ONCE = 200;

/** How often a follower asks whether its topics are still those it began with. */
const LOOK_MS = 5000;

/** A consumer that runs, and starts again whatever happens, until it is stopped. */
interface Running {
  consumer: Consumer;
  stop(): Promise<void>;
}

interface RunOptions {
  group: string;
  topics: readonly string[];
  onJoined: (consumer: Consumer, assignment: Readonly<Record<string, number[]>>) => void;
  onLost: () => void;
  eachBatch: (hand: BatchInHand, consumer: Consumer) => Promise<void>;
}

/** What kafkajs hands over with a batch: nothing of it is committed or passed by unless we say so. */
interface BatchInHand {
  batch: EachBatchPayload['batch'];
  resolveOffset: (offset: string) => void;
  heartbeat: () => Promise<void>;
  pause: () => () => void;
  isStale: () => boolean;
}

/** Reading without a group: a consumer alone in a group of its own, told after each join where to go on. */
export async function followKafka(
  source: {
    kafka: Kafka;
    endsOf: (topic: string) => Promise<TopicEnds>;
    logIdsOf: (topics: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  },
  options: FollowOptions & {
    starts: ReadonlyMap<string, ReadonlyMap<number, number>>;
    ends: ReadonlyMap<string, TopicEnds>;
  },
): Promise<Following> {
  const abort = new AbortController();
  const logIds = new Map([...options.ends].map(([topic, { logId }]) => [topic, logId]));
  const next = new Map([...options.starts].map(([topic, offsets]) => [topic, new Map(offsets)]));
  const ahead = new Map<string, number>();
  for (const [topic, { partitions }] of options.ends)
    for (const { partition, next: end } of partitions)
      if (end > (next.get(topic)?.get(partition) ?? 0)) ahead.set(`${topic}/${String(partition)}`, end);
  let announce: () => void = () => undefined;
  const caughtUp = new Promise<void>((resolve) => (announce = resolve));
  const announceIfCaughtUp = () => {
    if (ahead.size === 0) announce();
  };

  const seekTo = (consumer: Consumer, topic: string) => {
    for (const [partition, offset] of next.get(topic) ?? [])
      consumer.seek({ topic, partition, offset: String(offset) });
  };

  const resetIfAnew = async (consumer: Consumer, topic: string): Promise<void> => {
    const { logId, partitions } = await source.endsOf(topic);
    if (logId === logIds.get(topic)) return;
    logIds.set(topic, logId);
    next.set(topic, new Map(partitions.map(({ partition, first }) => [partition, first])));
    options.onReset?.(topic);
    seekTo(consumer, topic);
  };

  const running = await run(source.kafka, {
    group: `siaga-follow-${randomUUID()}`,
    topics: options.topics.map(({ topic }) => topic),
    onJoined: (consumer) => {
      for (const { topic } of options.topics) {
        seekTo(consumer, topic);
        // a join may follow the loss of a topic; while Kafka is away the next join or batch asks again
        resetIfAnew(consumer, topic).catch(() => undefined);
      }
    },
    onLost: () => undefined,
    eachBatch: async ({ batch, resolveOffset, heartbeat, pause, isStale }, consumer) => {
      const { topic, partition } = batch;
      const from = next.get(topic)?.get(partition) ?? 0;
      if (isStale()) return;
      // the metadata names no topic id: a topic deleted and made anew shows only by offsets that go backwards
      if (Number(batch.firstOffset() ?? from) < from) {
        await resetIfAnew(consumer, topic);
        seekTo(consumer, topic);
        return;
      }
      const records = batch.messages.map((message) => logRecord(message, partition));
      try {
        const work = () => options.onBatch({ topic, partition, records, signal: abort.signal });
        await withHeartbeats(heartbeat, work);
      } catch (error) {
        hold(pause, error);
        return;
      }
      const end = Number(batch.lastOffset()) + 1;
      next.get(topic)?.set(partition, end);
      resolveOffset(batch.lastOffset());
      if (end >= (ahead.get(`${topic}/${String(partition)}`) ?? Infinity))
        ahead.delete(`${topic}/${String(partition)}`);
      announceIfCaughtUp();
    },
  });
  announceIfCaughtUp();
  const looking = every(LOOK_MS, abort.signal, async () => {
    for (const [topic, logId] of await source.logIdsOf([...logIds.keys()]))
      if (logId !== logIds.get(topic)) await resetIfAnew(running.consumer, topic);
  });
  return {
    caughtUp,
    positions: (topic) => new Map(next.get(topic)),
    close: async () => {
      abort.abort();
      await looking;
      await running.stop();
    },
  };
}

/** Works as a member of a consumer group; a batch is committed before the next is handed over. */
export async function joinKafka(kafka: Kafka, options: JoinOptions): Promise<Membership> {
  let seat = new AbortController();
  let assignment: Readonly<Record<string, number[]>> = {};
  const running = await run(kafka, {
    group: options.group,
    topics: options.topics,
    onJoined: (_, assigned) => {
      seat.abort();
      seat = new AbortController();
      assignment = assigned;
    },
    onLost: () => {
      seat.abort(); // what was assigned stays known: the watchdog is to see it stand still if nobody comes back for it
    },
    eachBatch: async ({ batch, resolveOffset, heartbeat, pause, isStale }, consumer) => {
      const { topic, partition } = batch;
      const { signal } = seat;
      const all = batch.messages.map((message) => logRecord(message, partition));
      for (let at = 0; at < all.length && !isStale() && !signal.aborted; at += RECORDS_AT_ONCE) {
        const records = all.slice(at, at + RECORDS_AT_ONCE);
        const last = String(records.at(-1)?.offset ?? 0);
        await heartbeat(); // one that was frozen learns here, before it is handed anything, that it was replaced
        try {
          await withHeartbeats(heartbeat, () => options.onBatch({ topic, partition, records, signal }));
        } catch (error) {
          hold(pause, error);
          return;
        }
        await consumer.commitOffsets([{ topic, partition, offset: String(Number(last) + 1) }]);
        resolveOffset(last);
      }
    },
  });
  return {
    assigned: () =>
      Object.entries(assignment).flatMap(([topic, partitions]) =>
        partitions.map((partition) => ({ topic, partition })),
      ),
    close: async () => {
      seat.abort();
      await running.stop();
    },
  };
}

async function run(kafka: Kafka, options: RunOptions): Promise<Running> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const consumer = kafka.consumer({
    groupId: options.group,
    sessionTimeout: SESSION_MS,
    heartbeatInterval: HEARTBEAT_MS,
    rebalanceTimeout: 15_000,
    maxWaitTimeInMs: 500,
    metadataMaxAge: 30_000,
    allowAutoTopicCreation: false,
    retry: {
      initialRetryTime: 100,
      maxRetryTime: 2000,
      retries: 5,
      restartOnFailure: () => Promise.resolve(!signal.aborted),
    },
  });
  const begin = async () => {
    await consumer.connect();
    await consumer.subscribe({ topics: [...options.topics], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 16,
      eachBatch: (payload) => options.eachBatch(payload, consumer),
    });
  };
  let failed = 0;
  const pause = async (error: unknown) => {
    log.warn({ err: error, group: options.group }, 'reading from Kafka failed; trying again');
    const pauseMs = Math.min(RETRY_MS * 2 ** failed++, LONGEST_RETRY_MS);
    await delay(pauseMs, undefined, { signal }).catch(() => undefined);
  };
  const beginUntilItWorks = async () => {
    while (!signal.aborted) {
      try {
        await begin();
        return;
      } catch (error) {
        await pause(error);
      }
    }
  };
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    failed = 0;
    options.onJoined(consumer, payload.memberAssignment);
  });
  for (const event of [consumer.events.REBALANCING, consumer.events.CRASH, consumer.events.STOP] as const)
    consumer.on(event, options.onLost);
  let beginning = beginUntilItWorks();
  consumer.on(consumer.events.CRASH, ({ payload: { error, restart } }) => {
    // what the client takes for final may be over in a minute: a group of other rules, a right that was missing
    if (!restart && !signal.aborted) beginning = pause(error).then(beginUntilItWorks);
  });
  await beginning;
  return {
    consumer,
    stop: async () => {
      stopping.abort();
      await consumer.disconnect();
      await beginning;
      await consumer.disconnect(); // what was just beginning again
    },
  };
}

/** Does something again and again; what fails is tried the next time. */
async function every(ms: number, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  for (;;) {
    await delay(ms, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted) return;
    await work().catch(() => undefined);
  }
}

/** Keeps the seat while a handler works. A heartbeat that fails is heard again by the next one that is waited for. */
async function withHeartbeats(heartbeat: () => Promise<void>, work: () => void | Promise<void>): Promise<void> {
  const beats = setInterval(() => void heartbeat().catch(() => undefined), HEARTBEAT_MS / 2);
  try {
    await work();
  } finally {
    clearInterval(beats);
  }
}

/** Holds this partition alone; its unresolved records are fetched again afterwards. */
function hold(pause: () => () => void, error: unknown): void {
  const resume = pause();
  setTimeout(resume, error instanceof Hold ? error.retryInMs : RETRY_MS).unref();
}

function logRecord({ key, value, headers, offset, timestamp }: KafkaMessage, partition: number): LogRecord {
  return {
    key: key?.toString() ?? '',
    value,
    headers: Object.fromEntries(Object.entries(headers ?? {}).map(([name, text]) => [name, headerText(text)])),
    partition,
    offset: Number(offset),
    timeMs: Number(timestamp),
  };
}

function headerText(value: Buffer | string | (Buffer | string)[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value)?.toString() ?? '';
}
