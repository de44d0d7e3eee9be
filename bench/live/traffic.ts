import { setTimeout as wait } from 'node:timers/promises';
import { encodeEvent, openEventLog, topicOf, topicSettings, type EventLog, type NewRecord } from '@siaga/bus';
import { FixRecorded, TruckMoved } from '@siaga/contracts';
import { KEYS } from './numbers-seen.ts';

const CITY = '3574';
/** Written by the screens' reader as well. */
const origin = { city: CITY, source: 'bench', exercise: true };

export interface Pace {
  /** Numbered `every` events a second. */
  every?: number;
  /** Positions a second, each of the next asset in turn. */
  latest?: number;
  /** How many assets move. */
  assets?: number;
}

/** Events straight into a running city's log, at an even pace: `every` events `n-0`, `n-1`, …, and positions of assets. */
export class Traffic {
  readonly #log: EventLog;
  #numbered = 0;
  #moved = 0;
  #atMs = 0;
  #flowing: { stop: AbortController; ended: Promise<void> } | undefined;

  private constructor(log: EventLog) {
    this.#log = log;
  }

  static async into(logSocket: string): Promise<Traffic> {
    const log = await openEventLog({ SIAGA_ENGINE: logSocket });
    await log.ensure([FixRecorded, TruckMoved].map(({ stream }) => topicSettings(CITY, stream)));
    return new Traffic(log);
  }

  /** How many numbered events the log has acknowledged. */
  get numbered(): number {
    return this.#numbered;
  }

  /** Flows until {@link pause}. */
  flow(pace: Pace): void {
    const stop = new AbortController();
    this.#flowing = { stop, ended: this.#run(pace, stop.signal) };
  }

  async pause(): Promise<void> {
    this.#flowing?.stop.abort();
    await this.#flowing?.ended;
    this.#flowing = undefined;
  }

  /** Flows for so long, and waits a second more until everything has arrived. */
  async run(pace: Pace, seconds: number): Promise<void> {
    this.flow(pace);
    await wait(seconds * 1000);
    await this.pause();
    await wait(1000);
  }

  /** Puts every asset somewhere once. */
  async place(assets: number): Promise<void> {
    for (let from = 0; from < assets; from += 500) await this.#append(0, Math.min(500, assets - from), assets);
  }

  async close(): Promise<void> {
    await this.pause();
    await this.#log.close();
  }

  async #run({ every = 0, latest = 0, assets = KEYS }: Pace, stop: AbortSignal): Promise<void> {
    const startMs = performance.now();
    const [numbered, moved] = [this.#numbered, this.#moved];
    while (!stop.aborted) {
      const seconds = (performance.now() - startMs) / 1000;
      const dueEvents = Math.floor(seconds * every) - (this.#numbered - numbered);
      const dueMoves = Math.floor(seconds * latest) - (this.#moved - moved);
      await this.#append(dueEvents, dueMoves, assets);
      await wait(10);
    }
  }

  async #append(events: number, moves: number, assets: number): Promise<void> {
    this.#atMs = Math.max(this.#atMs + 1, Date.now());
    const fixes = Array.from({ length: events }, (_, index) => this.#fix(this.#numbered + index));
    const positions = Array.from({ length: moves }, (_, index) => this.#position((this.#moved + index) % assets));
    if (events > 0) await this.#log.append(topicOf(CITY, FixRecorded.stream), fixes);
    if (moves > 0) await this.#log.append(topicOf(CITY, TruckMoved.stream), positions);
    this.#numbered += events;
    this.#moved += moves;
  }

  #fix(number: number): NewRecord {
    const truckId = `K-${number % KEYS}`;
    const times = { atMs: this.#atMs, receivedAtMs: this.#atMs };
    const fix = { fixId: `n-${number}`, truckId, protocol: 'osmand' as const, deviceId: truckId, ...times };
    return encodeEvent(FixRecorded, { ...fix, lat: -7.75, lng: 113.2, speedKph: 20 }, origin);
  }

  #position(asset: number): NewRecord {
    const moved = { truckId: `A-${asset}`, atMs: this.#atMs, ...placeOf(asset) };
    return encodeEvent(TruckMoved, { ...moved, speedKph: 20, protocol: 'osmand' }, origin);
  }
}

/** Assets stand 0.002° apart (about 220 m), 50 to a row from the south-west corner of the city on. */
export function placeOf(asset: number): { lat: number; lng: number } {
  return { lat: -7.82 + Math.floor(asset / 50) * 0.002, lng: 113.15 + (asset % 50) * 0.002 };
}
