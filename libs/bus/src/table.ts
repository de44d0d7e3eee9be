import {
  cloudEventHeaders as header,
  Fault,
  type AnyEvent,
  type CloudEvent,
  type DataOf,
  type Place,
} from '@siaga/contracts';
import { Grid } from '@siaga/geo';
import { createLogger } from '@siaga/service';
import { untilAvailable } from './attempts.ts';
import { decodeEvent } from './envelope.ts';
import type { EventLog, Following, LogRecord } from './event-log.ts';
import { topicOf } from './topics.ts';

const log = createLogger('table');

/** The newest value of each key of a `latest` stream, kept in memory and up to date. */
export interface Table<Data> {
  /** Resolves once everything that lay in the log at the start is in. */
  readonly ready: Promise<void>;
  readonly size: number;
  get(key: string): Data | undefined;
  entry(key: string): TableEntry<Data> | undefined;
  values(): IterableIterator<Data>;
  /** Told after each change, `undefined` when the key is gone; answers a function that ends it. */
  onChange(listener: (key: string, data: Data | undefined) => void): () => void;
  /** Values at most so many metres away, nearest first; needs a contract with `where`. */
  near(place: Place, radiusM: number): Data[];
}

export interface TableEntry<Data> {
  data: Data;
  /** When it was emitted, epoch ms. */
  timeMs: number;
  exercise: boolean;
}

/** What is remembered of a key that is gone. */
interface Grave {
  /** When its tombstone was emitted, epoch ms. */
  timeMs: number;
  /** Version of the value that went, when there was one. */
  version: number | undefined;
}

/** So many graves are remembered, the newest: repeats come within minutes, a bound on memory is all that is needed. */
const MOST_GRAVES = 10_000;

/**
 * A {@link Table} that follows the log of one city. A value sent again after its key's tombstone (an outbox repeats after
 * a crash) does not revive the key: it has to be of a newer version, or emitted since.
 */
export class LogTable<Event extends AnyEvent> implements Table<DataOf<Event>> {
  readonly ready: Promise<void>;
  readonly #event: Event;
  readonly #entries = new Map<string, TableEntry<DataOf<Event>>>();
  readonly #graves = new Map<string, Grave>();
  readonly #grid = new Grid();
  readonly #listeners = new Set<(key: string, data: DataOf<Event> | undefined) => void>();
  readonly #following: Promise<Following>;
  readonly #closing = new AbortController();

  constructor(eventLog: Pick<EventLog, 'follow'>, event: Event, city: string) {
    if (event.stream.delivery !== 'latest')
      throw new Fault('invalid', `${event.name}: a table needs a stream of latest values`);
    this.#event = event;
    this.#following = untilAvailable(() => this.#follow(eventLog, topicOf(city, event.stream)), this.#closing.signal);
    this.#following.catch(() => undefined); // `ready` tells
    this.ready = this.#following.then((following) => following.caughtUp);
    this.ready.catch(() => undefined); // for those who do not wait for it
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): DataOf<Event> | undefined {
    return this.#entries.get(key)?.data;
  }

  entry(key: string): TableEntry<DataOf<Event>> | undefined {
    return this.#entries.get(key);
  }

  *values(): IterableIterator<DataOf<Event>> {
    for (const { data } of this.#entries.values()) yield data;
  }

  onChange(listener: (key: string, data: DataOf<Event> | undefined) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  near(place: Place, radiusM: number): DataOf<Event>[] {
    return this.#grid.near(place, radiusM).flatMap(({ key }) => this.get(key) ?? []);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    const following = await this.#following.catch(() => undefined);
    await following?.close();
  }

  #follow(eventLog: Pick<EventLog, 'follow'>, topic: string): Promise<Following> {
    return eventLog.follow({
      topics: [{ topic, from: 'start' }],
      onBatch: ({ records }) => {
        for (const record of records) this.#take(record);
      },
      onReset: () => {
        this.#graves.clear();
        for (const key of [...this.#entries.keys()]) this.#remove(key);
      },
    });
  }

  #take(record: LogRecord): void {
    if (record.headers[header.type] !== this.#event.name) return;
    const event = decodeEvent(record, this.#event);
    if (event instanceof Fault) {
      log.warn({ offset: record.offset, reason: event.message }, `${this.#event.name} left out of a table`);
      return;
    }
    if (event.data === null) {
      this.#bury(record.key, event.timeMs);
      this.#remove(record.key);
    } else this.#put(record.key, event, event.data);
  }

  #put(key: string, { timeMs, exercise }: CloudEvent<unknown>, data: DataOf<Event>): void {
    const held = this.#entries.get(key);
    const version = this.#versionOf(data);
    if (version !== undefined && held !== undefined && (this.#versionOf(held.data) ?? 0) > version) return;
    if (this.#isBuried(key, timeMs, version)) return;
    this.#graves.delete(key);
    this.#entries.set(key, { data, timeMs, exercise });
    const place = (this.#event.where as ((data: DataOf<Event>) => Place | undefined) | undefined)?.(data);
    if (place === undefined) this.#grid.remove(key);
    else this.#grid.put(key, place);
    for (const listener of this.#listeners) listener(key, data);
  }

  #bury(key: string, timeMs: number): void {
    const held = this.#entries.get(key);
    // a tombstone that comes again says nothing of what went
    const version = held === undefined ? this.#graves.get(key)?.version : this.#versionOf(held.data);
    this.#graves.delete(key);
    this.#graves.set(key, { timeMs, version });
    const [oldest] = this.#graves.keys();
    if (this.#graves.size > MOST_GRAVES && oldest !== undefined) this.#graves.delete(oldest);
  }

  #isBuried(key: string, timeMs: number, version: number | undefined): boolean {
    const grave = this.#graves.get(key);
    if (grave === undefined || timeMs >= grave.timeMs) return false;
    return version === undefined || grave.version === undefined || version <= grave.version;
  }

  #versionOf(data: DataOf<Event>): number | undefined {
    return (this.#event.version as ((data: DataOf<Event>) => number) | undefined)?.(data);
  }

  #remove(key: string): void {
    if (!this.#entries.delete(key)) return;
    this.#grid.remove(key);
    for (const listener of this.#listeners) listener(key, undefined);
  }
}
