import { CityClock, lastMorningMs } from './city-time.ts';
import type { SimulatedTruck } from './fleet.ts';
import { Stranger } from './stranger.ts';
import { MEMORY, Tracker, type Send } from './tracker.ts';
import { CityModel } from './whereabouts.ts';

/** What is due within so many milliseconds is done together: fewer wake-ups. */
const TOGETHER_MS = 20;
/** A replay whose phones are full looks again after so long. */
const HELD_MS = 1000;

/** All devices of the simulated city, moved on by one timer that the caller holds. */
export class Traffic {
  readonly #clock: CityClock;
  readonly #trackers: readonly Tracker[];
  readonly #stranger: Stranger;
  readonly #send: Send;
  readonly #now: () => number;

  constructor(
    trucks: readonly SimulatedTruck[],
    { seed, speed, send, now }: { seed: string; speed: number; send: Send; now: () => number },
  ) {
    const realMs = now();
    this.#now = now;
    this.#clock = new CityClock({ speed, fromMs: lastMorningMs(realMs), realMs });
    const fromMs = this.#clock.nowMs;
    const model = new CityModel(seed);
    this.#trackers = trucks.map((truck) => new Tracker(truck, { model, send, fromMs, now }));
    this.#stranger = new Stranger({ seed, fromMs });
    this.#send = send;
  }

  /** Does what is due, and answers how many milliseconds the caller may sleep. */
  step(): number {
    const realMs = this.#now();
    const held = this.#trackers.some(({ waiting }) => waiting > MEMORY / 2);
    this.#clock.advance(realMs, held);
    for (const tracker of this.#trackers) {
      tracker.measureUntil(this.#clock.nowMs, this.#clock.live);
      void tracker.flush();
    }
    const message = this.#stranger.messageAt(this.#clock.nowMs);
    if (message !== undefined) void this.#send(message);
    if (held && !this.#clock.live) return HELD_MS;
    return Math.max(TOGETHER_MS, Math.min(...this.#trackers.map((tracker) => this.#sleepMs(tracker, realMs))));
  }

  #sleepMs(tracker: Tracker, realMs: number): number {
    const untilReading = this.#clock.realMsUntil(tracker.nextMs);
    return tracker.ready ? Math.min(untilReading, Math.max(0, tracker.retryAtMs - realMs)) : untilReading;
  }
}
