import { setTimeout as delay } from 'node:timers/promises';
import { createLogger } from '@siaga/service';
import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import { Hold, type JoinOptions, type LogRecord, type Membership } from './event-log.ts';

const log = createLogger('kafka');
const SESSION_MS = 8000;
const HEARTBEAT_MS = 2000;
const RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;
/** Records handed over and committed at once: a slow handler must get through them before its group grows impatient. */
const RECORDS_AT_ONCE = 200;

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

/** Reads as a member of a group until stopped, across whatever happens to the group, the connection and the broker. */
export async function run(kafka: Kafka, options: RunOptions): Promise<Running> {
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

/** Keeps the seat while a handler works. A heartbeat that fails is heard again by the next one that is waited for. */
export async function withHeartbeats(heartbeat: () => Promise<void>, work: () => void | Promise<void>): Promise<void> {
  const beats = setInterval(() => void heartbeat().catch(() => undefined), HEARTBEAT_MS / 2);
  try {
    await work();
  } finally {
    clearInterval(beats);
  }
}

/** Holds this partition alone; its unresolved records are fetched again afterwards. */
export function hold(pause: () => () => void, error: unknown): void {
  const resume = pause();
  setTimeout(resume, error instanceof Hold ? error.retryInMs : RETRY_MS).unref();
}

/** A message of Kafka as a record of the log. */
export function logRecord({ key, value, headers, offset, timestamp }: KafkaMessage, partition: number): LogRecord {
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
