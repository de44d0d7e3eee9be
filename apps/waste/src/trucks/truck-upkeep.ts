import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RouteSettings, serviceContext, withContext } from '@siaga/service';
import { Store, Timers, trusted } from '@siaga/store';
import { trucks, type StoredTruck } from './truck-document.ts';
import { TrucksStore } from './trucks.store.ts';

/** Finishes what a process that died left half done on trucks, and brings trucks of older releases up to date. */
@Injectable()
export class TruckUpkeep implements OnModuleInit {
  constructor(
    private readonly register: TrucksStore,
    private readonly store: Store,
    private readonly timers: Timers,
    private readonly settings: RouteSettings,
  ) {}

  async onModuleInit(): Promise<void> {
    this.timers.onDue(trucks, async (truck) => {
      await this.register.quiet(truck);
      return undefined;
    });
    for (const city of this.settings.cities) await withContext(serviceContext(city), () => this.bringUpToDate());
  }

  /** Before the doors open: they ask devices' documents, which trucks of schema version 1 lack. */
  async bringUpToDate(): Promise<void> {
    const old = { schemaVersion: trusted({ $lt: trucks.schemaVersion }) } as never;
    for (const { _id } of await this.store.of(trucks).find(old).lean<StoredTruck[]>()) {
      const truck = await this.store.change(trucks, { where: { _id }, change: {} });
      if (truck !== undefined) await this.register.quiet(truck);
    }
  }
}
