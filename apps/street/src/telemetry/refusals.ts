import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { ControllerProtocol } from '@siaga/contracts';
import { createLogger, metrics, PerCity, RouteSettings, serviceContext, withContext } from '@siaga/service';
import { Counter } from 'prom-client';
import type { Refusal } from './saying.ts';
import { RefusalsStore, type RefusalDelta } from './refusals.store.ts';
import type { KnownController } from '../register/street-register.ts';

const log = createLogger('street-refusals');

const WRITE_EVERY_MS = 1000;
/** Kept in memory while the store does not answer; beyond that they are counted in the metric only. */
const MOST_WAITING = 10_000;

const reports = new Counter({
  name: 'siaga_street_reports_total',
  help: 'Reports of controllers by protocol and outcome: accepted, duplicate, or the reason of the refusal.',
  labelNames: ['protocol', 'outcome'],
  registers: [metrics],
});

export interface Counted {
  protocol: ControllerProtocol;
  outcome: 'accepted' | 'duplicate' | Refusal;
  /** Absent for a stranger, who is counted in the metric only. */
  controller: KnownController | undefined;
  raw: string;
  atMs: number;
}

/** Counts every report; what is refused of a registered controller is kept with its last message, once a second. */
@Injectable()
export class Refusals implements OnApplicationShutdown {
  readonly #waiting: PerCity<Map<string, RefusalDelta>>;
  readonly #timer: NodeJS.Timeout;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: RefusalsStore,
    { cities }: RouteSettings,
  ) {
    this.#waiting = new PerCity(cities, () => new Map<string, RefusalDelta>());
    this.#timer = setInterval(() => void this.#write(), WRITE_EVERY_MS).unref();
  }

  /** After the doors have shut, before the store does. */
  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#write();
  }

  count({ protocol, outcome, controller, raw, atMs }: Counted): void {
    reports.inc({ protocol, outcome: typeof outcome === 'string' ? outcome : outcome.reason });
    if (controller === undefined || typeof outcome === 'string') return;
    const { controllerId, exercise } = controller;
    const waiting = this.#waiting.here;
    const key = `${controllerId}@${outcome.reason}`;
    const count = (waiting.get(key)?.count ?? 0) + 1;
    if (count === 1 && waiting.size >= MOST_WAITING) return;
    const last = { lastAtMs: atMs, lastDetail: outcome.detail, lastRaw: raw };
    waiting.set(key, { controllerId, exercise, reason: outcome.reason, count, ...last });
  }

  /** Drops what simulated controllers were refused. */
  async forgetExercises(): Promise<void> {
    const waiting = this.#waiting.here;
    for (const [key, { exercise }] of waiting) if (exercise) waiting.delete(key);
    await this.#writing;
    await this.store.removeExercises();
  }

  #write(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#writeAll());
    return this.#writing;
  }

  async #writeAll(): Promise<void> {
    for (const [city, waiting] of this.#waiting.entries()) {
      const deltas = [...waiting.values()];
      if (deltas.length === 0) continue;
      waiting.clear();
      try {
        await withContext(serviceContext(city), () => this.store.add(deltas));
      } catch (error) {
        log.warn({ err: error, lost: deltas.length }, 'what was refused could not be kept');
      }
    }
  }
}
