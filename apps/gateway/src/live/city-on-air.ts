import type { EventLog } from '@siaga/bus';
import type { Frame } from '@siaga/contracts';
import type { HealthReport } from '@siaga/service';
import { CityFeed } from './city-feed.ts';
import { LiveCity } from './live-city.ts';
import {
  eventToScreenMs,
  framesSent,
  screensConnected,
  screensWaiting,
  slowSockets,
  unreadableRecords,
} from './live-metrics.ts';
import { Ticker } from './ticker.ts';

/** One city on the live stream: its feed from the log, its screens, its beat. */
export class CityOnAir {
  readonly live: LiveCity;
  readonly #feed: CityFeed;
  readonly #ticker: Ticker;

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
      onFlush: ({ latest, every }, nowMs) => {
        for (const { now } of latest) eventToScreenMs.observe({ event: now.event.name }, nowMs - now.meta.at);
        for (const { event, meta } of every) eventToScreenMs.observe({ event: event.name }, nowMs - meta.at);
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
    if (!this.#feed.isOpen) return { ok: false, detail: 'reading the log' };
    return this.#feed.inTouch ? { ok: true } : { ok: false, detail: 'the log does not answer' };
  }

  async close(): Promise<void> {
    this.#ticker.close();
    await this.#feed.close();
  }
}
