import { createLogger, type HealthReport } from '@siaga/service';
import type { Lease } from './lease.ts';
import { outboxReport } from './outbox-report.ts';
import type { Relay } from './relay.ts';
import type { Timers } from './timers.ts';

/** How often leftovers and timers are looked at, ms. */
export const SWEEP_MS = 1000;

/** Sends outboxes and wakes timers of one city while this process holds the lease: at once when nudged, and every second. */
export class Sweeper {
  readonly #city: string;
  readonly #lease: Lease;
  readonly #relay: Relay;
  readonly #timers: Timers;
  readonly #logger = createLogger('sweeper');
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  /** By the monotonic clock: what is told of it is a length of time. */
  #failingSinceMs: number | undefined;

  constructor(parts: { city: string; lease: Lease; relay: Relay; timers: Timers }) {
    this.#city = parts.city;
    this.#lease = parts.lease;
    this.#relay = parts.relay;
    this.#timers = parts.timers;
  }

  /** Whether this process has the lease, as far as it knows without asking. */
  get leads(): boolean {
    return this.#lease.held;
  }

  /** The same, and also while nobody can be asked: {@link Lease.isUncontested}. */
  get leadsStill(): boolean {
    return this.#lease.isUncontested;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.nudge();
    }, SWEEP_MS);
    this.nudge();
  }

  /** Looks now; a nudge during a sweep makes another one follow. */
  nudge(): void {
    this.#again = true;
    this.#running ??= this.#sweepWhileNudged().finally(() => {
      this.#running = undefined;
    });
  }

  /** Not ok when nothing could be sent or woken for 20 s, by us or by who has the lease. */
  health(): HealthReport {
    const failingForMs = this.#failingSinceMs === undefined ? 0 : performance.now() - this.#failingSinceMs;
    return outboxReport({ city: this.#city, failingForMs, ownerSilentForMs: this.#lease.silentForMs });
  }

  /** Finishes the sweep under way and gives up the lease. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
    await this.#lease.release().catch((error: unknown) => {
      this.#logger.warn({ err: error }, 'the lease runs out by itself');
    });
  }

  async #sweepWhileNudged(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      try {
        const isOurs = await this.#lease.hold();
        await this.#relay.settle(); // of the time when it was ours
        if (isOurs) {
          await this.#relay.sweep();
          await this.#timers.sweep(this.#city);
        }
        this.#failingSinceMs = undefined;
      } catch (error) {
        // the next second tries again; said once, not every second
        if (this.#failingSinceMs === undefined) this.#logger.error({ err: error, city: this.#city }, 'a sweep failed');
        this.#failingSinceMs ??= performance.now();
        return;
      }
    }
  }
}
