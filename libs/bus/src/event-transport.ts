import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { streams } from '@siaga/contracts';
import { isObservable, lastValueFrom } from 'rxjs';
import { untilAvailable } from './attempts.ts';
import { Consumer } from './consumer.ts';
import type { EventLog } from './event-log.ts';
import type { Subscription } from './on.ts';
import { topicSettings } from './topics.ts';

/** Nest's way to the handlers: each `@On` method becomes a {@link Consumer} of its own in each city. */
export class EventTransport extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  readonly #log: EventLog;
  readonly #app: string;
  readonly #cities: readonly string[];
  readonly #closing = new AbortController();
  #consumers: Consumer[] = [];

  constructor(options: { log: EventLog; app: string; cities: readonly string[] }) {
    super();
    this.#log = options.log;
    this.#app = options.app;
    this.#cities = options.cities;
  }

  override addHandler(pattern: unknown, callback: MessageHandler, isEvent?: boolean, extras?: object): void {
    // Nest would chain the second to the first, and both would share one consumer group
    if (this.messageHandlers.has(this.normalizePattern(pattern as string)))
      throw new Error(`two handlers are called ${String(pattern)}: rename one of the classes`);
    super.addHandler(pattern, callback, isEvent, extras);
  }

  async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      const topics = this.#cities.flatMap((city) => streams.map((stream) => topicSettings(city, stream)));
      await untilAvailable(() => this.#log.ensure(topics), this.#closing.signal);
      const handlers = [...this.messageHandlers.values()];
      this.#consumers = this.#cities.flatMap((city) => handlers.map((handler) => this.#consumer(city, handler)));
      // a log that hangs while we begin is waited for like one that is away
      const join = (consumer: Consumer) => untilAvailable(() => consumer.join(), this.#closing.signal);
      await Promise.all(this.#consumers.map(join));
      callback();
    } catch (error) {
      callback(error);
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#consumers.map((consumer) => consumer.close()));
  }

  on(): never {
    throw new Error('the event transport has no events of its own');
  }

  unwrap(): never {
    throw new Error('inject EVENT_LOG instead');
  }

  /** The watchdog's look: partitions that lag and have not moved for so long without a known reason. */
  async stuck(forMs: number): Promise<string[]> {
    return (await Promise.all(this.#consumers.map((consumer) => consumer.stuck(forMs)))).flat();
  }

  /** How far the handlers are in a city, as of the last look of {@link stuck}; undefined without handlers. */
  progress(city: string): { lagEvents: number; lastEventAtMs?: number } | undefined {
    const consumers = this.#consumers.filter((consumer) => consumer.city === city);
    if (consumers.length === 0) return undefined;
    const lastEventAtMs = Math.max(...consumers.map((consumer) => consumer.lastEventAtMs ?? 0));
    return {
      lagEvents: consumers.reduce((sum, consumer) => sum + consumer.lagEvents, 0),
      ...(lastEventAtMs === 0 ? {} : { lastEventAtMs }),
    };
  }

  #consumer(city: string, handler: MessageHandler): Consumer {
    return new Consumer({
      log: this.#log,
      app: this.#app,
      city,
      subscription: handler.extras as unknown as Subscription,
      handle: async (data, event) => {
        const answer: unknown = await handler(data, event);
        // Nest resolves a thrown error into an Observable that fails: only reading it shows the failure
        return isObservable(answer) ? lastValueFrom(answer, { defaultValue: undefined }) : answer;
      },
    });
  }
}
