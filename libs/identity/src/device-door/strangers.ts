import type { EventBus, Table } from '@siaga/bus';
import { deviceKey, type AnyEvent, type DeviceRef } from '@siaga/contracts';
import { createLogger, metrics, serviceContext, withContext } from '@siaga/service';
import { Counter } from 'prom-client';

const log = createLogger('seen-devices');

/** So many strangers are listed: made-up ids must not push out the devices an operator waits for. */
const MOST_SEEN = 500;
/** So many strangers are told of per second: a flood of made-up ids must not fill the log. */
const MOST_PER_SECOND = 50;

/** What was told and is not in the table by then was lost on the way, or is gone again. */
const ARRIVES_WITHIN_MS = 10_000;
/** A list that is full has room again for a newcomer when somebody on it has been silent for so long. */
const SILENT_MS = 3_600_000;
/** A simulator that goes on after its exercise was cleared is not listed for so long: its devices are no strangers. */
const IGNORE_MS = 60_000;

const unlisted = new Counter({
  name: 'siaga_strangers_unlisted_total',
  help: 'Times an unknown device was not listed because the list is full of others.',
  registers: [metrics],
});

/** When something was said, and whether by a simulator. */
export interface Heard {
  receivedAtMs: number;
  exercise: boolean;
}

/** What is told of a stranger; a domain may tell more. */
export interface SeenStranger extends DeviceRef {
  firstSeenMs: number;
  lastSeenMs: number;
  count: number;
  lastRaw: string;
}

/** What a domain tells of its strangers, and who is none. */
export interface StrangersOf {
  /** A `latest` event by `deviceKey` whose data is a {@link SeenStranger}. */
  event: AnyEvent;
  /** Resolves once the register is known. */
  ready: Promise<unknown>;
  isRegistered: (device: DeviceRef) => boolean;
}

interface Sighting<Seen> {
  seen: Seen;
  exercise: boolean;
}

/** Devices that report to one city and are in no register of it. */
export class Strangers<Seen extends SeenStranger> {
  readonly #bus: EventBus;
  readonly #city: string;
  readonly #event: AnyEvent;
  readonly #seen: Table<Seen>;
  readonly #of: StrangersOf;
  readonly #waiting = new Map<string, Sighting<Seen>>();
  /** Simulated strangers told of since they were last forgotten: the log brings them to the table some time later. */
  readonly #simulated = new Set<string>();
  /** Told of, when, and not yet in the table: they have their places already. */
  readonly #onTheWay = new Map<string, number>();
  #ignored = { untilMs: 0, keys: new Set<string>() };
  #telling: Promise<void> = Promise.resolve();

  constructor(bus: EventBus, city: string, of: StrangersOf) {
    this.#bus = bus;
    this.#city = city;
    this.#of = of;
    this.#event = of.event;
    const seen: Table<unknown> = bus.table(of.event, city);
    this.#seen = seen as Table<Seen>;
  }

  async ready(): Promise<void> {
    await Promise.all([this.#seen.ready, this.#of.ready]);
  }

  /** A stranger said something: what is kept of it, and what the domain tells beside it. */
  note(device: DeviceRef, said: Omit<Seen, Exclude<keyof SeenStranger, 'lastRaw'>>, heard: Heard): void {
    const key = deviceKey(device);
    if (Date.now() < this.#ignored.untilMs && (heard.exercise || this.#ignored.keys.has(key))) return;
    const known = this.#waiting.get(key)?.seen ?? this.#seen.get(key);
    if (!this.#waiting.has(key) && this.#waiting.size >= MOST_PER_SECOND) return;
    const seen = {
      ...device,
      firstSeenMs: known?.firstSeenMs ?? heard.receivedAtMs,
      lastSeenMs: heard.receivedAtMs,
      count: (known?.count ?? 0) + 1,
      ...said,
    } as Seen;
    this.#waiting.set(key, { seen, exercise: heard.exercise });
  }

  /** Strangers, latest first. */
  list(): Seen[] {
    return [...this.#seen.values()]
      .filter((seen) => !this.#of.isRegistered(seen))
      .sort((a, b) => b.lastSeenMs - a.lastSeenMs);
  }

  /** It is a stranger no more. */
  async forget(device: DeviceRef): Promise<void> {
    const key = deviceKey(device);
    this.#waiting.delete(key);
    this.#simulated.delete(key);
    if (this.#seen.get(key) !== undefined) await this.#bus.retract(this.#event, key);
  }

  /** Passes by simulators, and these devices whoever sends for them, for a minute from now. */
  ignoreExercises(devices: readonly DeviceRef[]): void {
    this.#ignored = { untilMs: Date.now() + IGNORE_MS, keys: new Set(devices.map(deviceKey)) };
  }

  /** Forgets simulated strangers, also those nobody was told of yet; answers how many. */
  async forgetExercises(): Promise<number> {
    for (const [key, { exercise }] of this.#waiting) if (exercise) this.#waiting.delete(key);
    await this.#telling;
    const listed = [...this.#seen.values()].map(deviceKey).filter((key) => this.#seen.entry(key)?.exercise === true);
    const simulated = new Set([...listed, ...this.#simulated]);
    for (const key of simulated) await this.#bus.retract(this.#event, key);
    this.#simulated.clear();
    return simulated.size;
  }

  /** Tells of those who said something since the last time. */
  tell(): Promise<void> {
    this.#telling = this.#telling.then(() => this.#tellAll());
    return this.#telling;
  }

  async #tellAll(): Promise<void> {
    const sightings = [...this.#waiting];
    this.#waiting.clear();
    for (const [key, toldMs] of this.#onTheWay)
      if (this.#seen.get(key) !== undefined || Date.now() - toldMs > ARRIVES_WITHIN_MS) this.#onTheWay.delete(key);
    const list = new Places(this.#seen, this.#onTheWay);
    try {
      for (const [key, { seen, exercise }] of sightings) {
        if (this.#of.isRegistered(seen)) continue;
        const place = list.placeFor(key, seen.lastSeenMs);
        if (place === 'none') {
          unlisted.inc();
          continue;
        }
        if (place !== 'free') {
          this.#simulated.delete(place.insteadOf);
          await this.#as(false, () => this.#bus.retract(this.#event, place.insteadOf));
        }
        this.#onTheWay.set(key, Date.now());
        await this.#as(exercise, () => this.#bus.publish(this.#event, seen));
        if (exercise) this.#simulated.add(key);
        else this.#simulated.delete(key);
      }
    } catch (error) {
      // the device goes on reporting and is told of again
      log.warn({ err: error }, 'strangers could not be told of');
    }
  }

  #as(exercise: boolean, run: () => Promise<void>): Promise<void> {
    return withContext(serviceContext(this.#city, { exercise }), run);
  }
}

/** Who is listed while strangers are told of; the log brings what was told to the table only later. */
class Places {
  readonly #listed: Table<SeenStranger>;
  readonly #onTheWay: ReadonlyMap<string, number>;
  readonly #bySilence: SeenStranger[];
  #taken: number;

  constructor(listed: Table<SeenStranger>, onTheWay: ReadonlyMap<string, number>) {
    this.#listed = listed;
    this.#onTheWay = onTheWay;
    this.#taken = listed.size + onTheWay.size;
    this.#bySilence = listed.size < MOST_SEEN - MOST_PER_SECOND ? [] : [...listed.values()].sort(bySilence);
  }

  placeFor(key: string, nowMs: number): 'free' | 'none' | { insteadOf: string } {
    if (this.#listed.get(key) !== undefined || this.#onTheWay.has(key)) return 'free';
    if (this.#taken < MOST_SEEN) {
      this.#taken += 1;
      return 'free';
    }
    const [oldest] = this.#bySilence;
    if (oldest === undefined || nowMs - oldest.lastSeenMs < SILENT_MS) return 'none';
    this.#bySilence.shift();
    return { insteadOf: deviceKey(oldest) };
  }
}

const bySilence = (a: SeenStranger, b: SeenStranger) => a.lastSeenMs - b.lastSeenMs;
