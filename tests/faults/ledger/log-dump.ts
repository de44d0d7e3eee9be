import { decodeEvent, topicOf, type EventLog } from '@siaga/bus';
import { Fault, type AnyEvent, type Delivery } from '@siaga/contracts';
import type { FactOf } from './screen-log.ts';

/** An event as it lies in the log. */
export interface Logged {
  readonly event: string;
  readonly delivery: Delivery;
  readonly key: string;
  readonly id: string;
  readonly fact: string;
  /** `waste.fixes/0@17` */
  readonly place: string;
}

/** The log itself since a moment, read once: what drivers know of these events, in order per key. */
export async function dumpLog(
  log: EventLog,
  { city, events, factOf, sinceMs }: { city: string; events: readonly AnyEvent[]; factOf: FactOf; sinceMs: number },
): Promise<Logged[]> {
  const found: Logged[] = [];
  const streams = [...new Set(events.map(({ stream }) => stream))];
  const deliveries = new Map(events.map(({ name, stream }) => [name, stream.delivery]));
  const following = await log.follow({
    topics: streams.map((stream) => ({ topic: topicOf(city, stream), from: { sinceMs } })),
    onBatch: ({ topic, partition, records }) => {
      for (const record of records) {
        const event = decodeEvent(record);
        if (event instanceof Fault) continue;
        const delivery = deliveries.get(event.type);
        const fact = factOf(event.type, record.key, event.data);
        const place = `${topic.slice(city.length + 1)}/${String(partition)}@${String(record.offset)}`;
        if (fact === undefined || delivery === undefined) continue;
        found.push({ event: event.type, delivery, key: record.key, id: event.id, fact, place });
      }
    },
  });
  await following.caughtUp;
  await following.close();
  return found;
}
