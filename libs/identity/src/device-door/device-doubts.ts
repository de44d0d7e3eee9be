import { deviceKey, type Agency, type DeviceRef } from '@siaga/contracts';
import { createLogger, currentContext, metrics, RateLimit } from '@siaga/service';
import { Counter } from 'prom-client';
import type { DeviceProof, DeviceProofs, Disbelief } from '../device-proofs.ts';

const log = createLogger('device-doubts');

const disbelieved = new Counter({
  name: 'siaga_devices_disbelieved_total',
  help: 'Devices refused at a door by agency, protocol and reason: blocked, network, no-key or wrong-key.',
  labelNames: ['agency', 'protocol', 'reason'],
  registers: [metrics],
});

/** A device that goes on trying is written about once a minute. */
const TELL_EACH = { perSecond: 1 / 60, burst: 1, mostKeys: 10_000 };
/** Where a Traccar server must prove itself, every made-up id is a device that is refused. */
const TELL_OF_ALL = { perSecond: 1, burst: 60, mostKeys: 1 };

/** For the operator: what is wrong with a device of his. */
export const unprovenWords: Readonly<Record<Disbelief, string>> = {
  blocked: 'alat diblokir',
  network: 'bukan dari jaringannya',
  'no-key': 'tanpa kunci',
  'wrong-key': 'kunci salah',
};

/** Devices that are not believed, by `deviceKey`, and why. */
export type Doubted = ReadonlyMap<string, Disbelief>;

/** Which devices are not believed. The reason is for those who run the city; the sender hears none. */
export class DeviceDoubts {
  readonly #told = new RateLimit(TELL_EACH);
  readonly #toldOfAll = new RateLimit(TELL_OF_ALL);

  readonly #proofs: DeviceProofs;
  readonly #agency: Agency;

  /** `agency`: whose administrators say how devices of this door prove themselves. */
  constructor(proofs: DeviceProofs, agency: Agency) {
    this.#proofs = proofs;
    this.#agency = agency;
  }

  /** Those among these devices whose sender does not prove to be them. */
  among(devices: readonly DeviceRef[], proof: DeviceProof): Doubted {
    const byKey = new Map(devices.map((device) => [deviceKey(device), device]));
    const doubted = new Map<string, Disbelief>();
    for (const [name, device] of byKey) {
      const reason = this.#proofs.doubt({ ...device, agency: this.#agency }, proof);
      if (reason === undefined) continue;
      doubted.set(name, reason);
      this.#tell(name, { device, reason, address: proof.address });
    }
    return doubted;
  }

  #tell(name: string, { device, reason, address }: { device: DeviceRef; reason: Disbelief; address: string }): void {
    disbelieved.inc({ agency: this.#agency, protocol: device.protocol, reason });
    if (this.#told.take(`${currentContext().city} ${name}`) === 0 && this.#toldOfAll.take('all') === 0)
      log.warn({ device: name, reason, address }, 'a device is refused at its door');
  }
}
