import { Injectable } from '@nestjs/common';
import { deviceKey, type RegisteredTruck } from '@siaga/contracts';
import type { TruckRow } from './truck-register.ts';
import { deviceOfKey, TrucksStore } from './trucks.store.ts';

/**
 * Writes lines of the register truck by truck. Devices are taken off before they are put on, so that a file may move one
 * from truck to truck. Throws `conflict` when a truck was changed meanwhile.
 */
@Injectable()
export class TruckWriter {
  constructor(private readonly trucks: TrucksStore) {}

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

  async #keepOnly(truck: RegisteredTruck, keys: ReadonlySet<string>): Promise<RegisteredTruck> {
    const devices = truck.devices.filter((device) => keys.has(deviceKey(device)));
    return devices.length === truck.devices.length ? truck : this.trucks.replace(truck, { ...truck, devices });
  }
}
