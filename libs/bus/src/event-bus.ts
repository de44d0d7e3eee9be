import { Injectable } from '@nestjs/common';
import type { AnyEvent, DataOf } from '@siaga/contracts';
import { currentContext, traceparent } from '@siaga/service';
import { encodeEvent, encodeRetraction, type EventMeta } from './envelope.ts';
import type { EventLog, NewRecord } from './event-log.ts';
import { LogTable, type Table } from './table.ts';
import { topicOf, topicSettings } from './topics.ts';

/** Publishes events of the context's city and keeps tables of `latest` streams. Throws outside a context. */
@Injectable()
export class EventBus {
  readonly #log: EventLog;
  readonly #app: string;
  readonly #cities: readonly string[];
  readonly #ensured = new Map<string, Promise<void>>();
  readonly #tables = new Map<string, LogTable<AnyEvent>>();

  constructor(log: EventLog, app: string, cities: readonly string[]) {
    this.#log = log;
    this.#app = app;
    this.#cities = cities;
  }

  /** Resolves only when the event is durable. Data that breaks its contract: `Fault('invalid')`, a bug of ours. */
  async publish<Event extends AnyEvent>(
    event: Event,
    data: DataOf<Event>,
    options: { id?: string } = {},
  ): Promise<void> {
    const meta = this.#meta();
    await this.#append(event, meta.city, [encodeEvent(event, data, { ...meta, ...options })]);
  }

  /** Publishes in the order given; resolves when all are durable. */
  async publishAll<Event extends AnyEvent>(event: Event, datas: readonly DataOf<Event>[]): Promise<void> {
    const meta = this.#meta();
    if (datas.length === 0) return;
    const records = datas.map((data) => encodeEvent(event, data, meta));
    await this.#append(event, meta.city, records);
  }

  /** The key of a `latest` event is gone: screens and tables drop it. */
  async retract(event: AnyEvent, key: string): Promise<void> {
    const meta = this.#meta();
    await this.#append(event, meta.city, [encodeRetraction(event, key, meta)]);
  }

  /** The newest value of each key of a city (the only configured one, when absent). One table per event and city. */
  table<Event extends AnyEvent>(event: Event, city: string = this.#onlyCity()): Table<DataOf<Event>> {
    const name = `${city} ${event.name}`;
    const held = this.#tables.get(name) ?? new LogTable<AnyEvent>(this.#ensuring(event, city), event, city);
    this.#tables.set(name, held);
    return held as Table<unknown> as Table<DataOf<Event>>;
  }

  /** Ends tables; the log is closed by who opened it. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#tables.values()].map((table) => table.close()));
  }

  async #append(event: AnyEvent, city: string, records: readonly NewRecord[]): Promise<void> {
    await this.#ensure(event, city);
    await this.#log.append(topicOf(city, event.stream), records);
  }

  #ensure(event: AnyEvent, city: string): Promise<void> {
    const topic = topicOf(city, event.stream);
    const held = this.#ensured.get(topic);
    if (held !== undefined) return held;
    const ensuring = this.#log.ensure([topicSettings(city, event.stream)]);
    this.#ensured.set(topic, ensuring);
    ensuring.catch(() => this.#ensured.delete(topic)); // the next publish tries again
    return ensuring;
  }

  #ensuring(event: AnyEvent, city: string): Pick<EventLog, 'follow'> {
    return {
      follow: async (options) => {
        await this.#ensure(event, city);
        return this.#log.follow(options);
      },
    };
  }

  #meta(): EventMeta & { city: string } {
    const { city, exercise, correlation } = currentContext();
    const trace = traceparent();
    return {
      city,
      exercise,
      correlation,
      source: `siaga/${this.#app}`,
      ...(trace === undefined ? {} : { traceparent: trace }),
    };
  }

  #onlyCity(): string {
    const [city] = this.#cities;
    if (city === undefined || this.#cities.length > 1) throw new Error('several cities: name the city of the table');
    return city;
  }
}
