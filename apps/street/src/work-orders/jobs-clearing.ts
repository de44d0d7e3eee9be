import { Injectable } from '@nestjs/common';
import { Store } from '@siaga/store';
import { removeSimulatedOutages } from '../outages/outages.controller.ts';
import { ReportsStore } from '../reports/reports.store.ts';
import { OrdersStore } from './orders.store.ts';

/** Leaves nothing of an exercise in reports, work orders and outages. */
@Injectable()
export class JobsClearing {
  constructor(
    private readonly reports: ReportsStore,
    private readonly orders: OrdersStore,
    private readonly store: Store,
  ) {}

  /** How many there were. */
  async clear(): Promise<number> {
    const orders = await this.orders.removeExercises();
    const reports = await this.reports.removeExercises();
    return orders + reports + (await removeSimulatedOutages(this.store));
  }
}
