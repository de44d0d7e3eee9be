import { destination } from '@siaga/geo';
import { MINUTE_MS } from './city-time.ts';
import { wires, type Message } from './dialects.ts';
import { stranger } from './fleet.ts';
import { randomOf, within } from './random.ts';
import { placeOf } from './streets.ts';

const EVERY_MS = 10 * MINUTE_MS;

/** A phone in no register that reports now and then, so that somebody sees it and may adopt it. */
export class Stranger {
  readonly #seed: string;
  #nextMs: number;

  constructor(options: { seed: string; fromMs: number }) {
    this.#seed = options.seed;
    this.#nextMs = options.fromMs;
  }

  /** Its report, if one is due at this city time. */
  messageAt(nowMs: number): Message | undefined {
    if (nowMs < this.#nextMs) return undefined;
    this.#nextMs = nowMs + EVERY_MS;
    const random = randomOf(this.#seed, 'stranger', nowMs);
    const place = destination(placeOf(stranger.near), within(random, 0, 360), within(random, 0, 150));
    const reading = {
      atMs: Math.floor(nowMs / 1000) * 1000,
      lat: Number(place.lat.toFixed(6)),
      lng: Number(place.lng.toFixed(6)),
      speedKph: 0,
      headingDeg: 0,
      altitudeM: 8,
      accuracyM: 12,
      batteryPercent: 71,
      ignition: false,
    };
    return wires[stranger.dialect].message(stranger.deviceId, [reading]);
  }
}
