import { deviceKey, type DeviceRef } from '@siaga/contracts';
import { neighbourhoodOf, PerCity, RateLimit, tooMany } from '@siaga/service';
import type { Doubted } from './device-doubts.ts';

/** Reports a second, on average; 0: no limit. */
export interface DeviceRates {
  ofDevice: number;
  /** Of strangers at one address. */
  ofAddress: number;
}

/** Who brings a message, and which of its devices are registered as far as this process has heard. */
interface Bringer {
  address: string;
  doubted: Doubted;
  knows: (device: DeviceRef) => boolean;
  /** Told of a registered device that said too much, before it is turned away. */
  tooOften?: (device: DeviceRef, retryAfterS: number) => void;
}

/** A device that was offline brings hours of reports, one request after the other: five minutes' worth at full speed. */
const BACKLOG_S = 300;
/** A Traccar server that forwards a fleet which is not registered yet. */
const NEWCOMERS_S = 60;
/** Strangers of all addresses together, as a multiple of one address: each costs a look into the register. */
const ADDRESSES = 20;

/**
 * How much a registered device may say, whatever its neighbours do, and how often strangers are listened to: a flood of
 * made-up ids reaches neither the register nor the log, and costs no registered device its turn.
 */
export class DeviceLimits {
  readonly #devices: PerCity<RateLimit>;
  readonly #strangers: RateLimit;
  readonly #allStrangers: RateLimit;

  constructor({ ofDevice, ofAddress }: DeviceRates, cities: readonly string[]) {
    const rate = { perSecond: ofDevice, burst: ofDevice * BACKLOG_S };
    this.#devices = new PerCity(cities, () => new RateLimit(rate));
    this.#strangers = new RateLimit({ perSecond: ofAddress, burst: ofAddress * NEWCOMERS_S });
    const together = ofAddress * ADDRESSES;
    this.#allStrangers = new RateLimit({ perSecond: together, burst: together * NEWCOMERS_S, mostKeys: 1 });
  }

  /**
   * Throws `too-many` when one of the devices, or the strangers at this address, said too much. Who proves nothing is a
   * stranger, and costs the device he speaks of none of its turns.
   */
  admit(devices: readonly DeviceRef[], { address, doubted, knows, tooOften }: Bringer): void {
    const said = Map.groupBy(devices, deviceKey);
    for (const [key, [device, ...more]] of said) {
      if (device === undefined) continue;
      const known = !doubted.has(key) && knows(device);
      const retryAfterS = known ? this.#devices.here.take(key, 1 + more.length) : this.#ofStranger(address);
      if (retryAfterS === 0) continue;
      if (known) tooOften?.(device, retryAfterS);
      if (known) throw tooMany({ door: 'ingest', because: 'device', retryAfterS, who: key });
      throw tooMany({
        door: 'ingest',
        because: 'strangers',
        retryAfterS,
        who: `perangkat tak terdaftar dari ${address}`,
      });
    }
  }

  #ofStranger(address: string): number {
    return this.#strangers.take(neighbourhoodOf(address)) || this.#allStrangers.take('all');
  }
}
