import { Inject, Injectable } from '@nestjs/common';
import { ControllerId, deviceKey, Fault, type AgencyDevice } from '@siaga/contracts';
import { DeviceDoubts, DeviceLimits, DeviceProofs, keyIn, unprovenWords } from '@siaga/identity';
import { deviceContext, RouteSettings, withContext } from '@siaga/service';
import { Refusals } from '../telemetry/refusals.ts';
import { SeenControllers } from '../telemetry/seen-controllers.ts';
import { StreetRegister } from '../register/street-register.ts';

/** What a device shows when it connects. */
export interface Shown {
  /** Its name as the register has it; of another city than the home city behind its code: `3573/LC-1`. */
  userName: string;
  /** Its key is in it. */
  password: string;
  address: string;
}

/** A device that proved to be itself, and what it proved it by. */
export interface Entered {
  city: string;
  deviceId: string;
  key: string | undefined;
  address: string;
}

/** Why nobody is told more: an unknown name and a wrong key sound alike. */
const notBelieved = () => new Fault('unauthenticated', 'nama atau kunci perangkat tidak dikenal');

const protocol = 'street' as const;
const agencyDevice = (deviceId: string): AgencyDevice => ({ protocol, deviceId, agency: 'dishub' });

/** Which devices may connect: registered, and proven by what their agency says. Who carries no key has the door of HTTP. */
@Injectable()
export class DeviceEntry {
  @Inject(RouteSettings) private readonly settings!: RouteSettings;
  @Inject(Refusals) private readonly refusals!: Refusals;
  @Inject(SeenControllers) private readonly seen!: SeenControllers;

  constructor(
    private readonly register: StreetRegister,
    private readonly proofs: DeviceProofs,
    private readonly doubts: DeviceDoubts,
    private readonly limits: DeviceLimits,
  ) {}

  /** Throws `unauthenticated`, `too-many`, or `unavailable` when the register does not answer. */
  async enter({ userName, password, address }: Shown): Promise<Entered> {
    const [, city = this.settings.city, name] = /^(?:(\d{4})\/)?(.*)$/s.exec(userName) ?? [];
    const deviceId = ControllerId.safeParse(name);
    if (!deviceId.success || !this.settings.cities.includes(city)) throw notBelieved();
    const entered = { city, deviceId: deviceId.data, key: keyIn(password), address };
    await withContext(deviceContext(city, entered.deviceId, false), () => this.#prove(entered));
    return entered;
  }

  /** Asked again whenever something is said of it: in its city and by what it showed. */
  isStillBelieved({ city, deviceId, key, address }: Entered): boolean {
    return withContext(deviceContext(city, deviceId, false), () => {
      const device = agencyDevice(deviceId);
      return this.proofs.mustProve(device) && this.proofs.doubt(device, { key, address }) === undefined;
    });
  }

  /** Keeps why the connection of one that is in was cut, where its other refusals are. */
  refused({ city, deviceId }: Entered, detail: string): void {
    withContext(deviceContext(city, deviceId, false), () => {
      const controller = this.register.heardOf({ protocol, deviceId });
      const outcome = { reason: 'malformed' as const, detail };
      this.refusals.count({ protocol, outcome, controller, raw: '', atMs: Date.now() });
    });
  }

  async #prove({ deviceId, key, address }: Entered): Promise<void> {
    const device = { protocol, deviceId };
    const said = this.doubts.among([device], { key, address });
    const [doubt = this.proofs.mustProve(agencyDevice(deviceId)) ? undefined : 'no-key'] = said.values();
    const doubted = new Map(doubt === undefined ? [] : [[deviceKey(device), doubt]]);
    const atMs = Date.now();
    this.limits.admit([device], { address, doubted, knows: () => this.register.heardOf(device) !== undefined });
    if (doubt !== undefined) {
      const controller = await this.register.unproven(device);
      const outcome = { reason: 'unproven' as const, detail: `MQTT: ${unprovenWords[doubt]}` };
      this.refusals.count({ protocol, outcome, controller, raw: '', atMs });
      if (controller === undefined && said.size === 0)
        this.seen.note(device, 'MQTT CONNECT', { receivedAtMs: atMs, exercise: false });
      throw notBelieved();
    }
    if ((await this.register.controller(device)) !== undefined) return;
    this.seen.note(device, 'MQTT CONNECT', { receivedAtMs: atMs, exercise: false });
    throw notBelieved();
  }
}
