import { Injectable } from '@nestjs/common';
import { EventBus } from '@siaga/bus';
import { DeviceAssigned, deviceKey, type RegisteredTruck } from '@siaga/contracts';
import { currentContext, withContext } from '@siaga/service';
import type { TruckRow } from './truck-register.ts';
import { deviceOfKey, TrucksStore } from './trucks.store.ts';

/**
 * Writes lines of the register truck by truck. Devices are taken off before they are put on, so that a file may move one
 * from truck to truck. Throws `conflict` when a truck was changed meanwhile.
 */
@Injectable()
export class TruckWriter {
  constructor(
    private readonly trucks: TrucksStore,
    private readonly bus: EventBus,
  ) {}

  async write(rows: readonly TruckRow[], known: ReadonlyMap<string, RegisteredTruck>): Promise<void> {
    const now = new Map(known);
    for (const { truckId, devices = [] } of rows) {
      const truck = now.get(truckId);
      if (truck !== undefined) now.set(truckId, await this.#keepOnly(truck, new Set(devices)));
    }
    for (const { devices, ...row } of rows) {
      const wanted = { ...row, devices: (devices ?? []).map(deviceOfKey) };
      const truck = now.get(row.truckId);
      if (truck === undefined) await this.trucks.register(wanted);
      else await this.trucks.replace(truck, wanted);
    }
  }

  /** Takes a truck out of the register, its devices first. */
  async remove(truck: RegisteredTruck): Promise<void> {
    const bare = await this.#keepOnly(truck, new Set());
    await withContext({ ...currentContext(), exercise: bare.exercise }, () => this.trucks.remove(bare.truckId));
  }

  async #keepOnly(truck: RegisteredTruck, keys: ReadonlySet<string>): Promise<RegisteredTruck> {
    const lost = truck.devices.filter((device) => !keys.has(deviceKey(device)));
    if (lost.length === 0) return truck;
    // the doors first: they ask the register again, and a call that breaks off here leaves the device where it was
    await withContext({ ...currentContext(), exercise: truck.exercise }, async () => {
      for (const device of lost) await this.bus.retract(DeviceAssigned, deviceKey(device));
    });
    return this.trucks.replace(truck, { ...truck, devices: truck.devices.filter((device) => !lost.includes(device)) });
  }
}
