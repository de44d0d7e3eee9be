import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { EventBus } from '@siaga/bus';
import { dayAt, IntakeCounted, type DeviceRef } from '@siaga/contracts';
import {
  CityRecords,
  createLogger,
  metrics,
  PerCity,
  RouteSettings,
  serviceContext,
  withContext,
} from '@siaga/service';
import { Counter } from 'prom-client';
import type { Ride } from './devices.ts';
import { IntakeStore, type IntakeDelta } from './intake.store.ts';
import type { Refusal } from './reading.ts';

const log = createLogger('intake-counts');

/** Screens learn of counts once a second. */
const TELL_EVERY_MS = 1000;

const reports = new Counter({
  name: 'siaga_waste_reports_total',
  help: 'Reports of devices by protocol and outcome: accepted, duplicate, or the reason of the refusal.',
  labelNames: ['protocol', 'outcome'],
  registers: [metrics],
});

/** Counts every report of every truck under its outcome, per city day, for the operator to see what was refused and why. */
@Injectable()
export class IntakeCounts implements OnApplicationShutdown {
  readonly #counts: PerCity<CityCounts>;
  readonly #timer: NodeJS.Timeout;

  constructor(store: IntakeStore, bus: EventBus, { cities }: RouteSettings, records: CityRecords) {
    this.#counts = new PerCity(
      cities,
      (code) => new CityCounts({ code, timezone: records.timezoneOf(code) }, { store, bus }),
    );
    this.#timer = setInterval(() => void this.#tell(), TELL_EVERY_MS).unref();
  }

  /** After the doors have shut, before store and log do. */
  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#tell();
  }

  /** One report in the context's city. */
  count(report: Counted): void {
    const { protocol, outcome } = report;
    reports.inc({ protocol, outcome: typeof outcome === 'string' ? outcome : outcome.reason });
    this.#counts.here.count(report);
  }

  /** Drops what simulated trucks of the context's city brought and nobody was told of yet. */
  forgetExercises(): Promise<void> {
    return this.#counts.here.forgetExercises();
  }

  async #tell(): Promise<void> {
    await Promise.all([...this.#counts.values()].map((counts) => counts.tell()));
  }
}

/** {@link IntakeCounts} of one city. */
class CityCounts {
  readonly #city: string;
  readonly #store: IntakeStore;
  readonly #bus: EventBus;
  readonly #waiting = new Map<string, IntakeDelta>();
  readonly #timezone: string;
  #telling: Promise<void> = Promise.resolve();

  constructor(
    { code, timezone }: { code: string; timezone: string },
    { store, bus }: { store: IntakeStore; bus: EventBus },
  ) {
    this.#city = code;
    this.#store = store;
    this.#bus = bus;
    this.#timezone = timezone;
  }

  count({ outcome, ride, atMs }: Counted): void {
    if (ride === undefined) return;
    const day = dayAt(atMs, this.#timezone);
    const key = `${ride.truckId}@${day}`;
    this.#waiting.set(key, added(this.#waiting.get(key) ?? nothing(ride, day), outcome, atMs));
  }

  /** What is being told just now is told first. */
  async forgetExercises(): Promise<void> {
    this.#dropExercises();
    await this.#telling;
    // a telling that failed puts back what it took
    this.#dropExercises();
  }

  #dropExercises(): void {
    for (const [key, { exercise }] of this.#waiting) if (exercise) this.#waiting.delete(key);
  }

  tell(): Promise<void> {
    this.#telling = this.#telling.then(() => this.#tellAll());
    return this.#telling;
  }

  async #tellAll(): Promise<void> {
    for (const key of [...this.#waiting.keys()]) {
      const delta = this.#waiting.get(key);
      // forgotten while others were told
      if (delta === undefined) continue;
      this.#waiting.delete(key);
      await this.#add(key, delta);
    }
  }

  async #add(key: string, delta: IntakeDelta): Promise<void> {
    const { truckId, exercise, day } = delta;
    let left = delta;
    try {
      await withContext(serviceContext(this.#city, { exercise }), async () => {
        const counted = await this.#store.add(delta);
        // what the store has must not be added again when only the telling fails
        left = { ...nothing({ truckId, exercise }, day), atMs: delta.atMs };
        await this.#bus.publish(IntakeCounted, counted);
      });
    } catch (error) {
      log.warn({ err: error, truckId }, 'counts could not be told');
      const since = this.#waiting.get(key);
      this.#waiting.set(key, since === undefined ? left : sum(left, since));
    }
  }
}

export interface Counted {
  protocol: DeviceRef['protocol'];
  outcome: 'accepted' | 'duplicate' | Refusal;
  /** Absent for a stranger, who is counted in the metric only. */
  ride: Ride | undefined;
  atMs: number;
}

function nothing({ truckId, exercise }: Ride, day: string): IntakeDelta {
  return { truckId, day, exercise, atMs: 0, accepted: 0, duplicates: 0, refused: {} };
}

function added(delta: IntakeDelta, outcome: Counted['outcome'], atMs: number): IntakeDelta {
  if (outcome === 'accepted') return { ...delta, atMs, accepted: delta.accepted + 1 };
  if (outcome === 'duplicate') return { ...delta, atMs, duplicates: delta.duplicates + 1 };
  const { reason, detail } = outcome;
  const refused = { ...delta.refused, [reason]: (delta.refused[reason] ?? 0) + 1 };
  return { ...delta, atMs, refused, lastRefusal: { reason, detail, atMs } };
}

function sum(earlier: IntakeDelta, later: IntakeDelta): IntakeDelta {
  const refused = { ...earlier.refused };
  for (const [reason, count] of Object.entries(later.refused) as [Refusal['reason'], number][])
    refused[reason] = (refused[reason] ?? 0) + count;
  const accepted = earlier.accepted + later.accepted;
  return { ...earlier, ...later, refused, accepted, duplicates: earlier.duplicates + later.duplicates };
}
