import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus, type Table } from '@siaga/bus';
import { DeviceAssigned, deviceKey, type DeviceRef } from '@siaga/contracts';
import { PerCity, RouteSettings } from '@siaga/service';
import { DevicesStore } from '../trucks/devices.store.ts';

/** The truck a device rides on. */
export interface Ride {
  truckId: string;
  exercise: boolean;
}

/** A device just refused is not looked up again for so long: a stranger must not keep the store busy. */
const UNKNOWN_FOR_MS = 1000;
const MOST_UNKNOWN = 10_000;

/** What this process knows of a city's devices. */
interface Known {
  assigned: Table<DeviceAssigned>;
  /** Strangers, until when they are not looked up again. */
  unknownUntil: Map<string, number>;
  /** The same of those who are not believed: it must not keep a device from being heard. */
  unprovenUntil: Map<string, number>;
}

/**
 * Which truck of the context's city a device rides on, from memory; the register itself is asked before anybody is refused.
 */
@Injectable()
export class Devices implements OnModuleInit {
  readonly #known: PerCity<Known>;

  constructor(
    private readonly register: DevicesStore,
    bus: EventBus,
    { cities }: RouteSettings,
  ) {
    this.#known = new PerCity(cities, (city) => ({
      assigned: bus.table(DeviceAssigned, city),
      unknownUntil: new Map(),
      unprovenUntil: new Map(),
    }));
  }

  async onModuleInit(): Promise<void> {
    await Promise.all([...this.#known.values()].map(({ assigned }) => assigned.ready));
  }

  async find(device: DeviceRef): Promise<Ride | undefined> {
    const key = deviceKey(device);
    const { assigned, unknownUntil } = this.#known.here;
    const ride = assigned.get(key);
    if (ride !== undefined) return ride;
    if ((unknownUntil.get(key) ?? 0) > Date.now()) return undefined;
    const found = await this.register.find(key);
    if (found?.truckId !== undefined) return { truckId: found.truckId, exercise: found.exercise };
    remember(unknownUntil, key);
    return undefined;
  }

  /**
   * The same of a device whose sender is not believed: takes as long as to find that nobody knows it, or the time of an answer
   * would tell whose id is registered.
   */
  async findUnproven(device: DeviceRef): Promise<Ride | undefined> {
    const { assigned, unprovenUntil } = this.#known.here;
    const key = deviceKey(device);
    if ((unprovenUntil.get(key) ?? 0) <= Date.now()) {
      await this.register.find(key);
      remember(unprovenUntil, key);
    }
    return assigned.get(key);
  }

  /** Whether the doors still take this device for one of a truck's, as far as this process has heard. */
  rides(device: DeviceRef): boolean {
    return this.#known.here.assigned.get(deviceKey(device)) !== undefined;
  }
}

function remember(unknownUntil: Known['unknownUntil'], key: string): void {
  unknownUntil.delete(key);
  unknownUntil.set(key, Date.now() + UNKNOWN_FOR_MS);
  const [oldest] = unknownUntil.keys();
  if (unknownUntil.size > MOST_UNKNOWN && oldest !== undefined) unknownUntil.delete(oldest);
}
