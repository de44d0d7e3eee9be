import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '@siaga/contracts';
import { partitionOf } from '@siaga/engine';
import { createLogger } from '@siaga/service';
import kafkajs, { type Admin, type Kafka, type Producer } from 'kafkajs';
import type { Beginning } from './follower-positions.ts';
import type { EventLog, Following, FollowOptions, JoinOptions, Membership, NewRecord, TopicEnds, TopicSettings } from './event-log.ts'; // prettier-ignore
import { joinKafka } from './kafka-consumers.ts';
import { followKafka } from './kafka-follower.ts';
import { configEntries, MARK, retentionMs, topicConfig } from './kafka-topics.ts';
import { SendQueue, sizeOf, type Outgoing } from './send-queue.ts';

// CommonJS: Node sees no named exports in it
const { ConfigResourceTypes, KafkaJSProtocolError, logLevel } = kafkajs;

const log = createLogger('kafka');
const MAX_KEY_BYTES = 512;
const MAX_RECORD_BYTES = 1_045_000; // under the broker's 1,048,588 for a request's records of one partition

/** The event log kept by Apache Kafka. `brokers` like `127.0.0.1:9092,127.0.0.1:9094`. Connects when first used. */
export function openKafkaLog(brokers: string): EventLog {
  mendIdleTimer();
  return new KafkaLog(brokers.split(',').map((broker) => broker.trim()));
}

class KafkaLog implements EventLog {
  readonly #kafka: Kafka;
  readonly #queue: SendQueue;
  readonly #partitions = new Map<string, Promise<number>>();
  readonly #ensured = new Map<string, TopicSettings>();
  readonly #open = new Set<{ close(): Promise<void> }>();
  #admin: Promise<Admin> | undefined;
  #producer: Promise<Producer> | undefined;

  constructor(brokers: string[]) {
    this.#kafka = new kafkajs.Kafka({
      clientId: 'siaga',
      brokers,
      connectionTimeout: 3000,
      requestTimeout: 8000,
      logLevel: logLevel.WARN,
      logCreator: () => (entry) => {
        log.debug({ kafka: entry.log }, entry.log.message);
      },
      retry: { initialRetryTime: 100, maxRetryTime: 2000, retries: 7 },
    });
    this.#queue = new SendQueue((records) => this.#send(records));
  }

  async ensure(topics: readonly TopicSettings[]): Promise<void> {
    const changed = topics.filter(({ topic, keepForDays }) => this.#ensured.get(topic)?.keepForDays !== keepForDays);
    if (changed.length === 0) return;
    await available('topics', () =>
      onceKnown(async () => {
        const made = await this.#make(changed);
        await this.#updateRetention(changed.filter((settings) => !made.includes(settings)));
      }),
    );
    for (const settings of changed) this.#ensured.set(settings.topic, settings);
  }

  async append(topic: string, records: readonly NewRecord[]): Promise<void> {
    for (const record of records) refuseOversized(record);
    const partitions = await this.#partitionsOf(topic);
    await this.#queue.add(
      records.map((record) => ({ ...record, topic, partition: partitionOf(record.key, partitions) })),
    );
  }

  async ends(topic: string): Promise<TopicEnds> {
    return this.#askOf(topic, async () => {
      const admin = await this.#administration();
      const logIds = await this.#logIds([topic]); // first: it knows what to do when the topic is gone
      const logId = logIds.get(topic) ?? '';
      const offsets = await admin.fetchTopicOffsets(topic);
      const partitions = offsets
        .map(({ partition, low, high }) => ({ partition, first: Number(low), next: Number(high) }))
        .sort((a, b) => a.partition - b.partition);
      return { logId, partitions };
    });
  }

  async follow(options: FollowOptions): Promise<Following> {
    const beginnings = new Map<string, Beginning>();
    for (const { topic, from } of options.topics) {
      const ends = await this.ends(topic);
      const since =
        typeof from === 'object' && 'sinceMs' in from ? await this.#offsetsAt(topic, from.sinceMs) : undefined;
      const wanted = typeof from === 'object' && 'offsets' in from ? from.offsets : since;
      const starts = new Map(ends.partitions.map(({ partition, first }) => [partition, Math.max(first, wanted?.get(partition) ?? first)])); // prettier-ignore
      beginnings.set(topic, { starts, ends });
    }
    const source = {
      kafka: this.#kafka,
      endsOf: (topic: string) => this.ends(topic),
      logIdsOf: (topics: readonly string[]) => available('topics', () => this.#logIds(topics)),
    };
    return this.#kept(await followKafka(source, { ...options, beginnings }));
  }

  async join(options: JoinOptions): Promise<Membership> {
    return this.#kept(await joinKafka(this.#kafka, options));
  }

  async positions(group: string, topic: string): Promise<ReadonlyMap<number, number>> {
    return available(`group ${group}`, async () => {
      const admin = await this.#administration();
      const [found] = await admin.fetchOffsets({ groupId: group, topics: [topic] });
      const offsets = found?.partitions ?? [];
      return new Map(offsets.map(({ partition, offset }) => [partition, Math.max(0, Number(offset))]));
    });
  }

  purge(): Promise<number> {
    return Promise.reject(
      new Fault('unavailable', 'Kafka keeps what it has until its retention ends; it cannot purge single records'),
    );
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open].map((reader) => reader.close()));
    await this.#queue.idle();
    await (await this.#producer?.catch(() => undefined))?.disconnect();
    await (await this.#admin?.catch(() => undefined))?.disconnect();
  }

  #kept<Reader extends { close(): Promise<void> }>(reader: Reader): Reader {
    const close = reader.close.bind(reader);
    const kept = {
      ...reader,
      close: async () => {
        this.#open.delete(kept);
        await close();
      },
    };
    this.#open.add(kept);
    return kept;
  }

  async #send(records: readonly Outgoing[]): Promise<void> {
    this.#producer ??= this.#connected(this.#kafka.producer({ allowAutoTopicCreation: false, maxInFlightRequests: 1 }));
    this.#producer.catch(() => (this.#producer = undefined));
    const producer = await this.#producer;
    const byTopic = Map.groupBy(records, ({ topic }) => topic);
    const topicMessages = [...byTopic].map(([topic, messages]) => ({ topic, messages }));
    try {
      await producer.sendBatch({ topicMessages, acks: -1 });
    } catch (cause) {
      if (!isTooLarge(cause)) throw cause;
      throw new Fault('too-large', 'Kafka does not take a record of this size', { cause });
    }
  }

  #administration(): Promise<Admin> {
    this.#admin ??= this.#connected(this.#kafka.admin());
    this.#admin.catch(() => (this.#admin = undefined));
    return this.#admin;
  }

  async #connected<Client extends Admin | Producer>(client: Client): Promise<Client> {
    await client.connect();
    return client;
  }

  #partitionsOf(topic: string): Promise<number> {
    const known = this.#partitions.get(topic) ?? this.#askPartitions(topic);
    this.#partitions.set(topic, known);
    known.catch(() => this.#partitions.delete(topic));
    return known;
  }

  #askPartitions(topic: string): Promise<number> {
    return this.#askOf(topic, async () => {
      const admin = await this.#administration();
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      return topics[0]?.partitions.length ?? 1;
    });
  }

  async #offsetsAt(topic: string, sinceMs: number): Promise<ReadonlyMap<number, number>> {
    return this.#askOf(topic, async () => {
      const admin = await this.#administration();
      const offsets = await admin.fetchTopicOffsetsByTimestamp(topic, Math.ceil(sinceMs));
      return new Map(offsets.map(({ partition, offset }) => [partition, Number(offset)]));
    });
  }

  /** What is asked of a topic. One of ours is waited for: it is listed before the broker answers for it. */
  #askOf<Answer>(topic: string, ask: () => Promise<Answer>): Promise<Answer> {
    return available(`topic ${topic}`, () => (this.#ensured.has(topic) ? onceKnown(ask) : ask()));
  }

  /** Those of the topics that were missing, now made. */
  async #make(topics: readonly TopicSettings[]): Promise<readonly TopicSettings[]> {
    const admin = await this.#administration();
    const there = new Set(await admin.listTopics());
    const missing = topics.filter(({ topic }) => !there.has(topic));
    if (missing.length === 0) return missing;
    // one that has asked for a topic that is gone can do nothing until it is back: not even make it
    const maker = await this.#connected(this.#kafka.admin());
    try {
      await maker.createTopics({ topics: missing.map(topicConfig), waitForLeaders: true });
    } finally {
      await maker.disconnect();
    }
    return missing;
  }

  /**
   * Of each topic its cluster and the mark it got when it was made: deleted and made anew, it has another. A topic that we
   * made and somebody deleted is made anew here: while one is missing the client has no metadata of any.
   */
  async #logIds(topics: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const admin = await this.#administration();
    const ids = async () => {
      const [{ clusterId }, configs] = await Promise.all([admin.describeCluster(), this.#configsOf(topics)]);
      return new Map([...configs].map(([topic, config]) => [topic, `${clusterId}/${config.get(MARK) ?? ''}`]));
    };
    return ids().catch(async (error: unknown) => {
      const known = topics.flatMap((topic) => this.#ensured.get(topic) ?? []);
      if (!isMissing(error) || (await this.#make(known)).length === 0) throw error;
      log.warn({ topics }, 'a topic was deleted: it is made anew');
      return ids();
    });
  }

  async #configsOf(topics: readonly string[]): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
    const admin = await this.#administration();
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: topics.map((name) => ({ type: ConfigResourceTypes.TOPIC, name })),
    });
    return new Map(
      resources.map(({ resourceName, configEntries: entries }) => [
        resourceName,
        new Map(entries.map(({ configName, configValue }) => [configName, configValue])),
      ]),
    );
  }

  async #updateRetention(topics: readonly TopicSettings[]): Promise<void> {
    if (topics.length === 0) return;
    const admin = await this.#administration();
    const configs = await this.#configsOf(topics.map(({ topic }) => topic));
    for (const settings of topics) {
      const config = configs.get(settings.topic);
      if (config?.get('retention.ms') === retentionMs(settings)) continue;
      const mark = config?.get(MARK);
      const entries = configEntries(settings, mark);
      await admin.alterConfigs({
        validateOnly: false,
        resources: [{ type: ConfigResourceTypes.TOPIC, name: settings.topic, configEntries: entries }],
      });
    }
  }
}

function refuseOversized(record: NewRecord): void {
  const keyBytes = Buffer.byteLength(record.key);
  if (keyBytes === 0 || keyBytes > MAX_KEY_BYTES)
    throw new Fault('invalid', `a key has 1 to ${String(MAX_KEY_BYTES)} bytes`);
  if (sizeOf(record) > MAX_RECORD_BYTES)
    throw new Fault('too-large', `a record has at most ${String(MAX_RECORD_BYTES)} bytes`);
}

const TOO_LARGE: ReadonlySet<string> = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE']);

/** A broker may be set to take less than we do. */
function isTooLarge(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const refused = error instanceof KafkaJSProtocolError && TOO_LARGE.has(error.type);
  return refused || isTooLarge(error.cause);
}

const isMissing = (error: unknown) =>
  error instanceof KafkaJSProtocolError && error.type === 'UNKNOWN_TOPIC_OR_PARTITION';

/** A topic that was just made, here or by another process, is listed before the broker answers for it. */
const KNOWN_WITHIN_MS = 5000;
const ASK_AGAIN_MS = 100;

async function onceKnown<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  const untilMs = performance.now() + KNOWN_WITHIN_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isMissing(error) || performance.now() > untilMs) throw error;
      await pause(ASK_AGAIN_MS);
    }
  }
}

/** Whatever the client says, to us Kafka is away, unless the topic is what is missing. */
async function available<Answer>(what: string, work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (cause) {
    if (isMissing(cause)) throw new Fault('not-found', `no ${what}`, { cause });
    throw new Fault('unavailable', `Kafka does not answer about ${what}`, { cause });
  }
}

/**
 * kafkajs sets a timer of negative length again and again on every idle connection: a thousand wake-ups a second and a
 * TimeoutNegativeWarning on Node 24. It needs the timer only while requests wait. https://github.com/tulios/kafkajs/issues/1751
 */
function mendIdleTimer(): void {
  interface RequestQueue {
    pending: unknown[];
    scheduleCheckPendingRequests: (this: RequestQueue) => void;
  }
  const queue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue/index.js') as {
    prototype: RequestQueue;
  };
  const { prototype } = queue;
  if (Object.hasOwn(prototype, mended)) return;
  const schedule = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function () {
    if (this.pending.length > 0) schedule.call(this);
  };
  Object.defineProperty(prototype, mended, { value: true });
}

const mended = Symbol('idle timer mended');
