import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { EventBus, type Table } from '@siaga/bus';
import { DeviceAssigned, deviceKey, DeviceSeen, type DeviceRef } from '@siaga/contracts';
import { createLogger, RouteSettings, serviceContext, withContext } from '@siaga/service';
import type { Reading } from './reading.ts';

const log = createLogger('seen-devices');

/** A device that reports every second is told of once a second. */
const TELL_EVERY_MS = 1000;
/** So many strangers are remembered; then the one silent for longest is forgotten. */
const MOST_SEEN = 500;
/** So many strangers are told of per second: a flood of made-up ids must not fill the log. */
const MOST_PER_SECOND = 50;

interface Sighting {
  seen: DeviceSeen;
  exercise: boolean;
}

/** Trackers that report to us but are on no truck: lines an operator adopts with one click. */
@Injectable()
export class SeenDevices implements OnModuleInit, OnModuleDestroy {
  readonly #seen: Table<DeviceSeen>;
  readonly #assigned: Table<DeviceAssigned>;
  readonly #waiting = new Map<string, Sighting>();
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly bus: EventBus,
    private readonly settings: RouteSettings,
  ) {
    this.#seen = bus.table(DeviceSeen);
    this.#assigned = bus.table(DeviceAssigned);
    this.#timer = setInterval(() => void this.#tell(), TELL_EVERY_MS).unref();
  }

  async onModuleInit(): Promise<void> {
    await Promise.all([this.#seen.ready, this.#assigned.ready]);
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
  }

  /** A stranger said something. */
  note(device: DeviceRef, reading: Reading, heard: { receivedAtMs: number; exercise: boolean }): void {
    const key = deviceKey(device);
    const known = this.#waiting.get(key)?.seen ?? this.#seen.get(key);
    if (!this.#waiting.has(key) && this.#waiting.size >= MOST_PER_SECOND) return;
    const place = 'position' in reading ? { lat: reading.position.lat, lng: reading.position.lng } : {};
    const seen = {
      ...device,
      firstSeenMs: known?.firstSeenMs ?? heard.receivedAtMs,
      lastSeenMs: heard.receivedAtMs,
      count: (known?.count ?? 0) + 1,
      lastRaw: reading.raw,
      ...place,
    };
    this.#waiting.set(key, { seen, exercise: heard.exercise });
  }

  /** Strangers, latest first. */
  list(): DeviceSeen[] {
    return [...this.#seen.values()]
      .filter((seen) => this.#assigned.get(deviceKey(seen)) === undefined)
      .sort((a, b) => b.lastSeenMs - a.lastSeenMs);
  }

  /** It is a stranger no more. */
  async forget(device: DeviceRef): Promise<void> {
    const key = deviceKey(device);
    this.#waiting.delete(key);
    if (this.#seen.get(key) !== undefined) await this.bus.retract(DeviceSeen, key);
  }

  /** Forgets simulated strangers; answers how many. */
  async forgetExercises(): Promise<number> {
    const simulated = [...this.#seen.values()].filter((seen) => this.#seen.entry(deviceKey(seen))?.exercise === true);
    for (const seen of simulated) await this.forget(seen);
    return simulated.length;
  }

  async #tell(): Promise<void> {
    const sightings = [...this.#waiting];
    this.#waiting.clear();
    try {
      for (const [key, { seen, exercise }] of sightings) {
        if (this.#assigned.get(key) !== undefined) continue;
        await this.#makeRoom(key);
        await this.#as(exercise, () => this.bus.publish(DeviceSeen, seen));
      }
    } catch (error) {
      // the device goes on reporting and is told of again
      log.warn({ err: error }, 'strangers could not be told of');
    }
  }

  async #makeRoom(key: string): Promise<void> {
    if (this.#seen.get(key) !== undefined || this.#seen.size < MOST_SEEN) return;
    const [oldest] = [...this.#seen.values()].sort((a, b) => a.lastSeenMs - b.lastSeenMs);
    if (oldest !== undefined) await this.#as(false, () => this.bus.retract(DeviceSeen, deviceKey(oldest)));
  }

  #as(exercise: boolean, run: () => Promise<void>): Promise<void> {
    return withContext(serviceContext(this.settings.city, { exercise }), run);
  }
}
