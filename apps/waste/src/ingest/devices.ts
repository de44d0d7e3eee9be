import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus, type Table } from '@siaga/bus';
import { DeviceAssigned, deviceKey, type DeviceRef } from '@siaga/contracts';
import { DevicesStore } from '../trucks/devices.store.ts';

/** The truck a device rides on. */
export interface Ride {
  truckId: string;
  exercise: boolean;
}

/** A device just refused is not looked up again for so long: a stranger must not keep the store busy. */
const UNKNOWN_FOR_MS = 1000;
const MOST_UNKNOWN = 10_000;

/** Which truck a device rides on, from memory; the register itself is asked before anybody is refused. */
@Injectable()
export class Devices implements OnModuleInit {
  readonly #assigned: Table<DeviceAssigned>;
  readonly #unknownUntil = new Map<string, number>();

  constructor(
    private readonly register: DevicesStore,
    bus: EventBus,
  ) {
    this.#assigned = bus.table(DeviceAssigned);
  }

  async onModuleInit(): Promise<void> {
    await this.#assigned.ready;
  }

  async find(device: DeviceRef): Promise<Ride | undefined> {
    const key = deviceKey(device);
    const assigned = this.#assigned.get(key);
    if (assigned !== undefined) return assigned;
    if ((this.#unknownUntil.get(key) ?? 0) > Date.now()) return undefined;
    const found = await this.register.find(key);
    if (found?.truckId !== undefined) return { truckId: found.truckId, exercise: found.exercise };
    this.#remember(key);
    return undefined;
  }

  /** Whether the doors still take this device for one of a truck's, as far as this process has heard. */
  rides(device: DeviceRef): boolean {
    return this.#assigned.get(deviceKey(device)) !== undefined;
  }

  #remember(key: string): void {
    this.#unknownUntil.delete(key);
    this.#unknownUntil.set(key, Date.now() + UNKNOWN_FOR_MS);
    const [oldest] = this.#unknownUntil.keys();
    if (this.#unknownUntil.size > MOST_UNKNOWN && oldest !== undefined) this.#unknownUntil.delete(oldest);
  }
}
