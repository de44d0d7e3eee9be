import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Consumer, Kafka } from 'kafkajs';
import type { Following, FollowOptions, TopicEnds } from './event-log.ts';
import { FollowerPositions, type Beginning } from './follower-positions.ts';
import { hold, logRecord, run, withHeartbeats } from './kafka-consumers.ts';

/** How often a follower asks whether its topics are still those it began with. */
const LOOK_MS = 5000;

/** What a follower asks the log. */
export interface Followed {
  kafka: Kafka;
  endsOf: (topic: string) => Promise<TopicEnds>;
  logIdsOf: (topics: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

/** Reading without a group: a consumer alone in a group of its own, told after each join where to go on. */
export async function followKafka(
  source: Followed,
  options: FollowOptions & { beginnings: ReadonlyMap<string, Beginning> },
): Promise<Following> {
  const closing = new AbortController();
  const { signal } = closing;
  const at = new FollowerPositions(options.beginnings);

  const seekTo = (consumer: Consumer, topic: string) => {
    for (const [partition, offset] of at.positions(topic)) consumer.seek({ topic, partition, offset: String(offset) });
  };

  const look = async (consumer: Consumer, topic: string): Promise<void> => {
    const asked = at.positions(topic);
    const ends = await source.endsOf(topic);
    if (signal.aborted || !at.learn(topic, ends, asked)) return;
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
        look(consumer, topic).catch(() => undefined);
      }
    },
    onLost: () => undefined,
    eachBatch: async ({ batch, resolveOffset, heartbeat, pause, isStale }, consumer) => {
      const { topic, partition } = batch;
      const from = at.positions(topic).get(partition) ?? 0;
      if (isStale()) return;
      // the metadata names no topic id: a topic deleted and made anew shows only by offsets that go backwards
      if (Number(batch.firstOffset() ?? from) < from) {
        await look(consumer, topic);
        seekTo(consumer, topic);
        return;
      }
      const logId = at.logIdOf(topic);
      const records = batch.messages.map((message) => logRecord(message, partition));
      try {
        await withHeartbeats(heartbeat, () => options.onBatch({ topic, partition, records, signal }));
      } catch (error) {
        hold(pause, error);
        return;
      }
      if (at.logIdOf(topic) !== logId) return; // it became another log meanwhile, and reads that one from its start
      at.passed(topic, partition, Number(batch.lastOffset()) + 1);
      resolveOffset(batch.lastOffset());
    },
  });
  void everyLook(signal, async () => {
    const changed = [...(await source.logIdsOf(at.topics))].filter(([topic, logId]) => logId !== at.logIdOf(topic));
    for (const topic of new Set([...changed.map(([topic]) => topic), ...at.behind()]))
      await look(running.consumer, topic);
  });
  return {
    caughtUp: at.caughtUp,
    positions: (topic) => at.positions(topic),
    close: async () => {
      closing.abort(); // a look under way is not waited for: Kafka may be away
      await running.stop();
    },
  };
}

/** Looks again and again; what fails is tried the next time. */
async function everyLook(signal: AbortSignal, look: () => Promise<void>): Promise<void> {
  for (;;) {
    await delay(LOOK_MS, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted) return;
    await look().catch(() => undefined);
  }
}
