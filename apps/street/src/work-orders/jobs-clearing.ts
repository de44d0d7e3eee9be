import { Injectable } from '@nestjs/common';
import { Store } from '@siaga/store';
import { FootageClearing } from '../cameras/footage/footage-clearing.ts';
import { removeSimulatedOutages } from '../outages/outage-document.ts';
import { ReportsStore } from '../reports/reports.store.ts';
import { OrdersStore } from './orders.store.ts';

/** Leaves nothing of an exercise in reports, work orders, outages, and what was kept of cameras. */
@Injectable()
export class JobsClearing {
  constructor(
    private readonly reports: ReportsStore,
    private readonly orders: OrdersStore,
    private readonly store: Store,
    private readonly footage: FootageClearing,
  ) {}

  /** How many there were. */
  async clear(): Promise<number> {
    const orders = await this.orders.removeExercises();
    const reports = await this.reports.removeExercises();
    return orders + reports + (await removeSimulatedOutages(this.store)) + (await this.footage.clear());
  }
}
