import { Injectable } from '@nestjs/common';
import type { RegisteredTruck } from '@siaga/contracts';
import { deviceOfKey } from './devices.store.ts';
import type { TruckRow } from './truck-register.ts';
import { TrucksStore } from './trucks.store.ts';

/**
 * Writes lines of the register truck by truck. A device that the lines move from truck to truck goes over in one step, so
 * that its reports are never refused in between. Throws `conflict` when a truck was changed meanwhile.
 */
@Injectable()
export class TruckWriter {
  constructor(private readonly trucks: TrucksStore) {}

  async write(rows: readonly TruckRow[], known: ReadonlyMap<string, RegisteredTruck>): Promise<void> {
    const from = new Set(rows.map(({ truckId }) => truckId));
    for (const { devices, ...row } of rows) {
      const wanted = { ...row, devices: (devices ?? []).map(deviceOfKey) };
      const truck = known.get(row.truckId);
      if (truck === undefined) await this.trucks.register(wanted, { from });
      else await this.trucks.replace(truck, wanted, from);
    }
  }
}
