import { Injectable } from '@nestjs/common';
import { deviceKey, type DeviceRef } from '@siaga/contracts';
import { DeviceProofs, type DeviceProof } from '@siaga/identity';
import { createLogger, currentContext, metrics, RateLimit } from '@siaga/service';
import { Counter } from 'prom-client';

const log = createLogger('device-doubts');

const disbelieved = new Counter({
  name: 'siaga_waste_devices_disbelieved_total',
  help: 'Devices refused at a door by protocol and reason: blocked, network, no-key or wrong-key.',
  labelNames: ['protocol', 'reason'],
  registers: [metrics],
});

/** A device that goes on trying is written about once a minute. */
const TELL_EACH = { perSecond: 1 / 60, burst: 1, mostKeys: 10_000 };
/** Where a Traccar server must prove itself, every made-up id is a device that is refused. */
const TELL_OF_ALL = { perSecond: 1, burst: 60, mostKeys: 1 };

/** Which devices are not believed. The reason is for the administrator's log and metric; the sender hears none. */
@Injectable()
export class DeviceDoubts {
  readonly #told = new RateLimit(TELL_EACH);
  readonly #toldOfAll = new RateLimit(TELL_OF_ALL);

  constructor(private readonly proofs: DeviceProofs) {}

  /** Keys of those among these devices whose sender does not prove to be them. */
  among(devices: readonly DeviceRef[], proof: DeviceProof): ReadonlySet<string> {
    const byKey = new Map(devices.map((device) => [deviceKey(device), device]));
    return new Set([...byKey].filter(([name, device]) => this.#isDoubted(name, device, proof)).map(([name]) => name));
  }

  #isDoubted(name: string, device: DeviceRef, proof: DeviceProof): boolean {
    const reason = this.proofs.doubt(device, proof);
    if (reason === undefined) return false;
    disbelieved.inc({ protocol: device.protocol, reason });
    if (this.#told.take(`${currentContext().city} ${name}`) === 0 && this.#toldOfAll.take('all') === 0)
      log.warn({ device: name, reason, address: proof.address }, 'a device is refused at its door');
    return true;
  }
}
