import { wires, type Message } from './dialects.ts';
import { fateOf } from './faults.ts';
import type { SimulatedTruck } from './fleet.ts';
import { shuffled, randomOf } from './random.ts';
import { measure, nextMeasureMs, type Reading } from './reading.ts';
import type { CityModel } from './whereabouts.ts';

/** What a door answered: taken; refused for good; or not now (no answer, 408, 429, 5xx), so try again. */
export type Answer = 'taken' | 'refused' | 'later';

/** Carries one message to the city's door. Never rejects. */
export type Send = (message: Message) => Promise<Answer>;

/** A phone keeps so many readings while it has no network; then the oldest go. About an hour and a half at 10 s. */
export const MEMORY = 500;
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 60_000;

/** One truck's device: measures on its own beat, remembers while it has no network, sends one message at a time. */
export class Tracker {
  readonly truck: SimulatedTruck;
  /** City time of the next reading. */
  nextMs: number;
  /** Real time before which nothing is sent again. */
  retryAtMs = 0;
  /** Readings thrown away because the memory was full. */
  forgotten = 0;
  readonly #model: CityModel;
  readonly #send: Send;
  readonly #now: () => number;
  #memory: Reading[] = [];
  #online = true;
  #switchedOn = false;
  #sending = false;
  #retryMs = FIRST_RETRY_MS;

  constructor(truck: SimulatedTruck, options: { model: CityModel; send: Send; fromMs: number; now: () => number }) {
    this.truck = truck;
    this.#model = options.model;
    this.#send = options.send;
    this.#now = options.now;
    this.nextMs = wholeSecond(options.fromMs);
  }

  /** Readings not yet taken by the city. */
  get waiting(): number {
    return this.#memory.length;
  }

  /** There is something to send and nothing but time to wait for. */
  get ready(): boolean {
    return this.#online && !this.#sending && this.#memory.length > 0;
  }

  /** Takes the readings due up to a city time. What was slept through was not measured. */
  measureUntil(nowMs: number, live: boolean): void {
    if (live && this.nextMs < nowMs - 60_000) this.nextMs = wholeSecond(nowMs);
    while (this.nextMs <= nowMs) {
      const atMs = this.nextMs;
      this.#take(atMs, live);
      this.nextMs = nextMeasureMs(this.truck, this.#model.positionAt(this.truck, atMs), atMs);
    }
  }

  /** Sends what is remembered until all is taken, the network is gone, or the city asks to wait. */
  async flush(): Promise<void> {
    if (!this.ready || this.#now() < this.retryAtMs) return;
    this.#sending = true;
    try {
      while (this.#online && this.#memory.length > 0) {
        const batch = this.#memory.slice(0, wires[this.truck.dialect].batch);
        const answer = await this.#send(wires[this.truck.dialect].message(this.truck.deviceId, batch));
        if (answer === 'later') {
          this.#waitLonger();
          return;
        }
        this.#retryMs = FIRST_RETRY_MS;
        this.#memory = this.#memory.filter((reading) => !batch.includes(reading));
      }
    } finally {
      this.#sending = false;
    }
  }

  #take(atMs: number, live: boolean): void {
    const measured = measure(this.#model, this.truck, { atMs, live });
    if (measured === undefined) {
      this.#online = false;
      return;
    }
    // a device is switched on where there is a network, and somebody sees to it that it reports
    const online = measured.online || !this.#switchedOn;
    const fate = this.#switchedOn ? fateOf(this.truck, atMs, this.#model.seed) : 'sent';
    const back = online && !this.#online;
    this.#switchedOn = true;
    this.#online = online;
    if (fate !== 'lost') this.#memory.push(measured.reading);
    if (fate === 'sent-twice') this.#memory.push({ ...measured.reading });
    if (back && this.#sendsInAnyOrder(atMs)) {
      this.#memory = shuffled(randomOf(this.#model.seed, 'late', this.truck.truckId, atMs), this.#memory);
    }
    const excess = Math.max(0, this.#memory.length - MEMORY);
    this.#memory.splice(0, excess);
    this.forgotten += excess;
  }

  /** Most devices send what is late oldest first; every third time one does not. */
  #sendsInAnyOrder(atMs: number): boolean {
    return randomOf(this.#model.seed, 'order', this.truck.truckId, atMs)() < 1 / 3;
  }

  #waitLonger(): void {
    this.retryAtMs = this.#now() + this.#retryMs;
    this.#retryMs = Math.min(LONGEST_RETRY_MS, this.#retryMs * 2);
  }
}

const wholeSecond = (ms: number) => Math.floor(ms / 1000) * 1000;
