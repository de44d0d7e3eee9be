import { setImmediate as nextTurn } from 'node:timers/promises';
import { openEventLog, type LogRecord } from '@siaga/bus';
import type { FaultProxy, TestKafka } from '@siaga/testing';

/** Something that sends to Kafka: ours, or another way to use the client. */
export interface Sender {
  /** Resolves when the record is acknowledged. */
  send(topic: string, key: string, value: string): Promise<void>;
  close(): Promise<void>;
}

/** What became of numbered records that were sent, one after the other for each key, while replies were lost. */
export interface Outcome {
  faults: number;
  acknowledged: number;
  refused: number;
  /** Acknowledged, and not in the log. */
  lost: string[];
  /** In the log more than once: harmless, every event has an id. */
  repeated: number;
  /** Acknowledged, and before something of its key that was acknowledged earlier. */
  swapped: string[];
  /** Keys whose last record in the log is older than one that was acknowledged. */
  stale: string[];
}

/** A sender that is refused so often in a row has given up for good: kafkajs' idempotent producer does, at once and without asking. */
const REFUSED_FOR_GOOD = 50;

const TOPIC_SETTINGS = { delivery: 'every', partitions: 3, keepForDays: 1 } as const;

/**
 * Sends through the proxy until so many faults have happened, then reads what the log has. A fault strikes at a random
 * piece of a request or a reply: what is under way is cut off there. Ends early with a sender that has given up.
 */
export async function sendWhileRepliesAreLost(
  kafka: TestKafka & { proxy: FaultProxy },
  sender: Sender,
  run: { topic: string; faults: number; keys: number; random: () => number },
): Promise<Outcome> {
  const { proxy } = kafka;
  const log = await openEventLog({ KAFKA_BROKERS: kafka.brokers });
  await log.ensure([{ topic: run.topic, ...TOPIC_SETTINGS }]);
  const acknowledged = new Map<string, number[]>();
  let [faults, refused] = [0, 0];
  const strike = (chance: number) => () => {
    if (run.random() >= chance) return;
    faults += 1;
    proxy.cut();
  };
  const ends = [proxy.onReply(strike(1 / 8)), proxy.onRequest(strike(1 / 40))];
  const writers = Array.from({ length: run.keys }, async (_, at) => {
    const key = `k${at}`;
    const taken: number[] = [];
    acknowledged.set(key, taken);
    for (let count = 1, inARow = 0; faults < run.faults && inARow < REFUSED_FOR_GOOD; count++)
      try {
        await sender.send(run.topic, key, String(count));
        taken.push(count);
        inARow = 0;
      } catch {
        refused += 1;
        inARow += 1;
        await nextTurn(); // a refusal without a question leaves no turn for anything else
      }
  });
  await Promise.all(writers);
  for (const end of ends) end();
  await sender.close();
  const records: LogRecord[] = [];
  const following = await log.follow({
    topics: [{ topic: run.topic, from: 'start' }],
    onBatch: (batch) => void records.push(...batch.records),
  });
  await following.caughtUp;
  await log.close();
  return { faults, refused, ...compare(acknowledged, records) };
}

function compare(acknowledged: ReadonlyMap<string, number[]>, records: readonly LogRecord[]) {
  const outcome = {
    acknowledged: 0,
    lost: [] as string[],
    repeated: 0,
    swapped: [] as string[],
    stale: [] as string[],
  };
  const kept = Map.groupBy(records, ({ key }) => key);
  for (const [key, taken] of acknowledged) {
    const values = (kept.get(key) ?? []).map(({ value }) => Number(value));
    const firsts = [...new Set(values)];
    const there = new Set(firsts);
    const name = (count: number) => `${key}/${count}`;
    outcome.acknowledged += taken.length;
    outcome.repeated += values.length - firsts.length;
    outcome.lost.push(...taken.filter((count) => !there.has(count)).map(name));
    const sure = new Set(taken);
    const order = firsts.filter((count) => sure.has(count));
    outcome.swapped.push(...order.filter((count, at) => count < (order[at - 1] ?? 0)).map(name));
    if ((values.at(-1) ?? 0) < (taken.at(-1) ?? 0)) outcome.stale.push(name(values.at(-1) ?? 0));
  }
  return outcome;
}
