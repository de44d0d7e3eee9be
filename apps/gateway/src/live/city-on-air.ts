import type { EventLog } from '@siaga/bus';
import type { Frame, ServiceReported } from '@siaga/contracts';
import type { HealthReport } from '@siaga/service';
import { CityFeed } from './city-feed.ts';
import { LastMinute } from './last-minute.ts';
import { LiveCity } from './live-city.ts';
import {
  eventToScreenMs,
  framesSent,
  screensConnected,
  screensWaiting,
  slowSockets,
  unreadableRecords,
} from './live-metrics.ts';
import type { StreamState } from './stream-state.ts';
import { Ticker } from './ticker.ts';

/** One city on the live stream: its feed from the log, its screens, its beat. */
export class CityOnAir {
  readonly live: LiveCity;
  readonly #feed: CityFeed;
  readonly #ticker: Ticker;
  readonly #delays = new LastMinute();

  /** `broadcast` sends one frame to everyone in a room. */
  constructor(eventLog: EventLog, city: string, broadcast: (room: string, frame: Frame) => void) {
    this.live = new LiveCity({
      now: Date.now,
      wake: (when) => this.#ticker.wake(when),
      inTouch: () => this.#feed.inTouch,
      ends: (tell) => this.#feed.ends(tell),
      broadcast: (room, frame) => {
        framesSent.inc({ to: 'room' });
        broadcast(room, frame);
      },
      onFlush: ({ latest, every }, atMs) => {
        for (const { now } of latest) this.#took(now.event.name, atMs - now.meta.at);
        for (const { event, meta } of every) this.#took(event.name, atMs - meta.at);
      },
      onSlow: () => slowSockets.inc(),
    });
    this.#ticker = new Ticker(() => {
      this.live.tick();
      screensConnected.set({ city }, this.live.screens);
      screensWaiting.set({ city }, this.live.waiting);
      unreadableRecords.set({ city }, this.#feed.unreadable);
    });
    this.#feed = new CityFeed(eventLog, city, this.live);
    this.#feed.start();
  }

  health(): HealthReport {
    if (!this.#feed.isOpen) return { ok: false, detail: 'sedang membaca catatan kejadian · reading the log' };
    return this.#feed.inTouch
      ? { ok: true }
      : { ok: false, detail: 'catatan kejadian tidak menjawab · the log does not answer' };
  }

  /** Screens connected here, and how long events took to them within the last minute; see {@link eventToScreenMs}. */
  report(): NonNullable<ServiceReported['live']> {
    const p50 = this.#delays.percentile(0.5);
    const p99 = this.#delays.percentile(0.99);
    return {
      screens: this.live.screens,
      ...(p50 === undefined ? {} : { eventToScreenP50Ms: p50 }),
      ...(p99 === undefined ? {} : { eventToScreenP99Ms: p99 }),
    };
  }

  /** What this gateway holds of the city's log; undefined while it reads. */
  get state(): StreamState | undefined {
    return this.#feed.isOpen ? this.#feed.state : undefined;
  }

  async close(): Promise<void> {
    this.#ticker.close();
    await this.#feed.close();
  }

  #took(event: string, ms: number): void {
    eventToScreenMs.observe({ event }, Math.max(0, ms));
    this.#delays.add(ms);
  }
}
