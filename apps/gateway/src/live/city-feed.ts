import { setTimeout as wait } from 'node:timers/promises';
import { topicOf, topicSettings, type EventLog, type Following } from '@siaga/bus';
import { eventsOf, type Stream } from '@siaga/contracts';
import { createLogger } from '@siaga/service';
import type { LiveCity } from './live-city.ts';
import type { Vector } from './position.ts';
import { RING_LIMITS } from './ring.ts';
import { StreamState } from './stream-state.ts';
import { streamsOnAir } from './streams-on-air.ts';

const log = createLogger('live');

/** How often the log is asked whether it is there, and after how long without an answer screens must know. */
const ASK_MS = 1000;
const OUT_OF_TOUCH_MS = 3500;
const RETRY_MS = 500;

/** Reads every stream of one city that screens may see into a state and hands it to the screens; begins anew when the log is another one. */
export class CityFeed {
  readonly #log: EventLog;
  readonly #city: string;
  readonly #live: LiveCity;
  readonly #byTopic: ReadonlyMap<string, Stream>;
  readonly #closing = new AbortController();
  #state: StreamState | undefined;
  #following: Following | undefined;
  #open = false;
  #touchedAtMs = 0;

  constructor(eventLog: EventLog, city: string, live: LiveCity) {
    this.#log = eventLog;
    this.#city = city;
    this.#live = live;
    this.#byTopic = new Map(streamsOnAir.map((stream) => [topicOf(city, stream), stream]));
  }

  /** Everything that lay in the log at the start is on the screens. */
  get isOpen(): boolean {
    return this.#open;
  }

  /** What has been read so far of the log that is there now. */
  get state(): StreamState | undefined {
    return this.#state;
  }

  /** The log answered lately. */
  get inTouch(): boolean {
    return performance.now() - this.#touchedAtMs < OUT_OF_TOUCH_MS;
  }

  get unreadable(): number {
    return this.#state?.unreadable ?? 0;
  }

  /** Begins; it tries again by itself for as long as the log is away. */
  start(): void {
    void this.#load();
    void this.#keepInTouch();
  }

  /** Where the log ends now; not told before the log answers. */
  readonly ends = (tell: (ends: Vector) => void): void => {
    void this.#untilDone(async () => {
      const nexts = new Map<Stream, readonly number[]>();
      for (const [topic, stream] of this.#byTopic) {
        const { partitions } = await this.#log.ends(topic);
        nexts.set(
          stream,
          partitions.map(({ next }) => next),
        );
      }
      const state = this.#state;
      if (state !== undefined) tell(state.vectorOf((stream) => nexts.get(stream) ?? []));
    });
  };

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#following?.close();
  }

  async #load(): Promise<void> {
    const state = await this.#untilDone(() => this.#emptyState());
    if (state === undefined) return;
    this.#state = state;
    const following = await this.#untilDone(() => this.#follow(state));
    if (following === undefined) return;
    this.#following = following;
    if (this.#closing.signal.aborted) return following.close();
    await following.caughtUp;
    if (this.#state !== state) return;
    state.caughtUp();
    this.#open = true;
    this.#touchedAtMs = performance.now();
    this.#live.open(state);
    log.info({ city: this.#city }, 'live stream is open');
  }

  async #emptyState(): Promise<StreamState> {
    await this.#log.ensure(streamsOnAir.map((stream) => topicSettings(this.#city, stream)));
    const sources = [...this.#byTopic].map(async ([topic, stream]) => {
      const { logId, partitions } = await this.#log.ends(topic);
      return { stream, events: eventsOf(stream), topic, logId, ends: partitions };
    });
    return new StreamState(await Promise.all(sources));
  }

  #follow(state: StreamState): Promise<Following> {
    const sinceMs = Date.now() - RING_LIMITS.keepForMs;
    return this.#log.follow({
      topics: [...this.#byTopic].map(([topic, { delivery }]) => ({
        topic,
        from: delivery === 'latest' ? 'start' : { sinceMs },
      })),
      onBatch: ({ topic, partition, records }) => {
        const stream = this.#byTopic.get(topic);
        if (stream === undefined || this.#state !== state) return;
        this.#touchedAtMs = performance.now();
        if (this.#open) this.#live.advance(stream, partition, records);
        else state.advance(stream, partition, records);
      },
      onReset: (topic) => {
        if (this.#state === state) void this.#reload(topic);
      },
    });
  }

  /** Restored or made anew: what was read means nothing any more. */
  async #reload(topic: string): Promise<void> {
    log.warn({ city: this.#city, topic }, 'the log is another one: every screen gets a snapshot');
    this.#open = false;
    this.#state = undefined;
    this.#live.shut();
    await this.#following?.close();
    await this.#load();
  }

  async #keepInTouch(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      if (await this.#answers()) this.#touchedAtMs = performance.now();
      this.#state?.expire(Date.now());
      await wait(ASK_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Whether the log is there; when it is not, screens see it and health says it. */
  async #answers(): Promise<boolean> {
    const [topic = ''] = this.#byTopic.keys();
    try {
      await this.#log.ends(topic);
      return true;
    } catch {
      return false;
    }
  }

  /** Tries until it works; undefined once closed. */
  async #untilDone<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    const { signal } = this.#closing;
    while (!signal.aborted)
      try {
        return await work();
      } catch (error) {
        log.warn({ city: this.#city, err: error }, 'the log is away; trying again');
        await wait(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    return undefined;
  }
}
