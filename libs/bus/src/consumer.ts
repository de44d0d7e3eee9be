import { cloudEventHeaders as header, Fault, type AnyEvent, type CloudEvent } from '@siaga/contracts';
import { createLogger, metrics, serviceContext, withContext, withinMs, withSpan } from '@siaga/service';
import { Counter, Gauge } from 'prom-client';
import { Attempts, isUnavailable } from './attempts.ts';
import { deadLetterTopic, reasonOf, replayedFor, replayTopic, writeDeadLetter } from './dead-letters.ts';
import { decodeEvent } from './envelope.ts';
import { Hold, type Batch, type EventLog, type LogRecord, type Membership } from './event-log.ts';
import type { Subscription } from './on.ts';
import { StallWatch, type Lag } from './stall-watch.ts';
import { topicSettings } from './topics.ts';

const log = createLogger('events');

const handled = new Counter({
  name: 'siaga_events_handled_total',
  help: 'Events a handler has finished',
  labelNames: ['group'],
  registers: [metrics],
});
const retried = new Counter({
  name: 'siaga_event_retries_total',
  help: 'Times a handler failed and its event was kept for another try',
  labelNames: ['group'],
  registers: [metrics],
});
const given = new Counter({
  name: 'siaga_dead_letters_total',
  help: 'Events given up by a handler',
  labelNames: ['group'],
  registers: [metrics],
});
const lagging = new Gauge({
  name: 'siaga_handler_lag_events',
  help: 'Events in the log that a handler has not done yet, as of the last look; gaps in the log count as well',
  labelNames: ['group'],
  registers: [metrics],
});

/** Runs a handler on data and events: single values, or arrays for a batch handler. */
export type Handle = (data: unknown, event: unknown) => Promise<unknown>;

interface Item {
  record: LogRecord;
  event: CloudEvent<unknown>;
}

/** How far a partition is while one and the same seat is held. */
interface Progress {
  signal: AbortSignal;
  /** Records below it are done. */
  next: number;
  attempts: Attempts;
  /** Failing work is done event by event up to here, to find the one that fails. */
  singlyUpTo: number;
}

/**
 * One `@On` handler as a member of its consumer group in one city. The group is the city's own: members of a Kafka group
 * that read different topics are handed each other's partitions.
 */
export class Consumer {
  readonly group: string;
  readonly city: string;
  readonly #log: EventLog;
  readonly #subscription: Subscription;
  readonly #handle: Handle;
  readonly #progress = new Map<string, Progress>();
  readonly #watch = new StallWatch();
  #membership: Membership | undefined;
  #lagEvents = 0;
  #lastEventAtMs: number | undefined;

  constructor(consumer: { log: EventLog; app: string; city: string; subscription: Subscription; handle: Handle }) {
    this.#log = consumer.log;
    this.city = consumer.city;
    this.#subscription = consumer.subscription;
    this.#handle = consumer.handle;
    this.group = `${consumer.city}.${consumer.app}.${consumer.subscription.handler}`;
  }

  async join(): Promise<void> {
    const { stream } = this.#subscription;
    const topics = [topicSettings(this.city, stream), replayTopic(this.city)];
    await this.#log.ensure([...topics, deadLetterTopic(this.city)]);
    this.#membership = await this.#log.join({
      group: this.group,
      topics: topics.map(({ topic }) => topic),
      onBatch: (batch) => this.#take(batch),
    });
  }

  async close(): Promise<void> {
    await this.#membership?.close();
  }

  /** How many events of its partitions were not done when {@link stuck} last looked. */
  get lagEvents(): number {
    return this.#lagEvents;
  }

  /** Log time of the newest event the handler has done, epoch ms. */
  get lastEventAtMs(): number | undefined {
    return this.#lastEventAtMs;
  }

  /** Partitions that lag, although nothing is known that keeps them from moving, for so long; empty when all is well. */
  async stuck(forMs: number): Promise<string[]> {
    const assigned = Map.groupBy(this.#membership?.assigned() ?? [], ({ topic }) => topic);
    try {
      const lags = await Promise.all(
        [...assigned].map(([topic, held]) => this.#lagsOf(topic, new Set(held.map(({ partition }) => partition)))),
      );
      this.#lagEvents = lags.flat().reduce((sum, { position, end }) => sum + Math.max(0, end - position), 0);
      lagging.set({ group: this.group }, this.#lagEvents);
      return this.#watch.stalled(lags.flat(), forMs).map((name) => `${this.group} ${name}`);
    } catch (error) {
      this.#watch.blinded();
      throw error;
    }
  }

  async #lagsOf(topic: string, held: ReadonlySet<number>): Promise<Lag[]> {
    const [positions, { partitions }] = await Promise.all([
      this.#log.positions(this.group, topic),
      this.#log.ends(topic),
    ]);
    return partitions
      .filter(({ partition }) => held.has(partition))
      .map(({ partition, first, next }) => {
        const position = Math.max(positions.get(partition) ?? 0, first);
        return { name: nameOf({ topic, partition }), position, end: next };
      });
  }

  async #take(batch: Batch): Promise<void> {
    const { city } = this;
    const progress = this.#progressOf(batch);
    this.#watch.moved(nameOf(batch));
    const left = batch.records.filter(({ offset }) => offset >= progress.next);
    for (const items of this.#runs(await this.#readable(left, batch, city), progress)) {
      if (batch.signal.aborted) return;
      await this.#attempt(items, { batch, city, progress });
    }
    progress.next = (batch.records.at(-1)?.offset ?? -1) + 1;
    this.#watch.moved(nameOf(batch));
  }

  async #attempt(items: Item[], at: { batch: Batch; city: string; progress: Progress }): Promise<void> {
    const { batch, city, progress } = at;
    const last = items.at(-1)?.record.offset ?? 0;
    try {
      await this.#run(items, city, batch.signal);
      handled.inc({ group: this.group }, items.length);
      this.#lastEventAtMs = items.at(-1)?.record.timeMs;
    } catch (error) {
      await this.#failed(error, items, at);
    }
    progress.next = last + 1;
    progress.attempts = new Attempts();
    this.#watch.moved(nameOf(batch));
  }

  /** Returns when the work is given up; otherwise throws a {@link Hold}. */
  async #failed(error: unknown, items: Item[], at: { batch: Batch; city: string; progress: Progress }): Promise<void> {
    const { batch, city, progress } = at;
    const [only] = items;
    if (items.length > 1 && !isUnavailable(error)) {
      progress.singlyUpTo = (items.at(-1)?.record.offset ?? 0) + 1;
      this.#hold(batch, 0, error);
    }
    const verdict = progress.attempts.failed(error);
    if (verdict.then === 'give-up') {
      if (only !== undefined) await this.#giveUp(only.record, { error, batch, city, attempts: verdict.attempts });
      return;
    }
    retried.inc({ group: this.group });
    log.warn({ err: error, group: this.group, ...verdict }, 'event handler failed');
    this.#hold(batch, verdict.retryInMs, error);
  }

  async #giveUp(
    record: LogRecord,
    why: { error: unknown; batch: Batch; city: string; attempts: number },
  ): Promise<void> {
    const { batch, error, city, attempts } = why;
    const { partition, offset, timeMs } = record;
    const origin = { topic: batch.topic, partition, offset, timeMs };
    const letter = { record, group: this.group, ...reasonOf(error), attempts, origin, givenUpAtMs: Date.now() };
    try {
      await writeDeadLetter(this.#log, city, letter);
    } catch (unwritten) {
      this.#hold(batch, 1000, unwritten);
    }
    this.#watch.moved(nameOf(batch));
    given.inc({ group: this.group });
    log.error({ err: error, group: this.group, origin, attempts }, 'event given up: it is in the dead letters');
  }

  /** The records that are for this handler, read; what cannot be read goes to the dead letters. */
  async #readable(records: readonly LogRecord[], batch: Batch, city: string): Promise<Item[]> {
    const items: Item[] = [];
    for (const offered of records) {
      const record = batch.topic === replayTopic(city).topic ? replayedFor(this.group, offered) : offered;
      if (record === undefined || this.#isForOthers(record)) continue;
      const event = decodeEvent(record, this.#contractOf(record));
      const fault = event instanceof Fault ? event : strayFault(event, city);
      if (fault !== undefined) await this.#giveUp(record, { error: fault, batch, city, attempts: 1 });
      else if (!(event instanceof Fault) && (event.data !== null || this.#subscription.tombstones))
        items.push({ record, event });
    }
    return items;
  }

  /** A stream of every event may carry several kinds. A record without a type is nobody's: the first to see it says so. */
  #isForOthers({ headers }: LogRecord): boolean {
    const type = headers[header.type];
    return type !== undefined && !this.#subscription.events.some(({ name }) => name === type);
  }

  #contractOf({ headers }: LogRecord): AnyEvent | undefined {
    return this.#subscription.events.find(({ name }) => name === headers[header.type]);
  }

  /** What one call of the handler gets: one event, or for a batch handler a run, of the same exercise flag unless mixed. */
  #runs(items: readonly Item[], progress: Progress): Item[][] {
    const runs: Item[][] = [];
    const { batch, mixed } = this.#subscription;
    const mayJoin = ({ record }: Item) => batch && record.offset >= progress.singlyUpTo;
    const areAlike = (one: Item, other: Item) => mixed || one.event.exercise === other.event.exercise;
    for (const item of items) {
      const run = runs.at(-1);
      const head = run?.[0];
      const joins = head !== undefined && mayJoin(head) && areAlike(head, item);
      if (run !== undefined && joins) run.push(item);
      else runs.push([item]);
    }
    return runs;
  }

  #run(items: Item[], city: string, signal: AbortSignal): Promise<unknown> {
    const [first] = items;
    if (first === undefined) return Promise.resolve();
    const { exercise, correlation, traceparent } = first.event;
    const context = serviceContext(city, {
      exercise: exercise && !this.#subscription.mixed,
      ...(items.length === 1 && correlation !== undefined ? { correlation } : {}),
      ...(items.length === 1 && traceparent !== undefined ? { traceparent } : {}),
    });
    const call = this.#subscription.batch
      ? () => this.#handle(items.map(({ event }) => event.data), items.map(({ event }) => event)) // prettier-ignore
      : () => this.#handle(first.event.data, first.event);
    signal.throwIfAborted();
    const { deadlineMs } = this.#subscription;
    return withContext(context, () => withSpan(`on ${this.group}`, () => withinMs(deadlineMs, call)));
  }

  #progressOf(batch: Batch): Progress {
    const name = nameOf(batch);
    const held = this.#progress.get(name);
    // another seat may be of another log: nothing of the old one counts
    if (held?.signal === batch.signal) return held;
    const fresh = { signal: batch.signal, next: 0, attempts: new Attempts(), singlyUpTo: 0 };
    this.#progress.set(name, fresh);
    return fresh;
  }

  /** Ends the attempt: the log offers the same again in so long, which the watchdog is to know. */
  #hold(batch: Batch, retryInMs: number, error: unknown): never {
    this.#watch.moved(nameOf(batch), retryInMs);
    throw new Hold(retryInMs, error);
  }
}

const nameOf = ({ topic, partition }: { topic: string; partition: number }) => `${topic}/${String(partition)}`;

/** An event in another city's topic would be handled in the wrong city. */
function strayFault(event: CloudEvent<unknown>, city: string): Fault | undefined {
  return event.city === city ? undefined : new Fault('invalid', `an event of city ${event.city} in a topic of ${city}`);
}
