import { Controller } from '@nestjs/common';
import { On } from '@siaga/bus';
import { WorkOrderChanged } from '@siaga/contracts';
import { ReportsStore } from '../reports/reports.store.ts';
import { OrdersStore } from './orders.store.ts';
import { followed } from './settled-reports.ts';

/** Reports follow the order that settles them: each in a change of its own, so that a repeat changes nothing. */
@Controller()
export class ReportsProjection {
  constructor(
    private readonly orders: OrdersStore,
    private readonly reports: ReportsStore,
  ) {}

  @On(WorkOrderChanged)
  async changed({ workOrderId, reportIds }: WorkOrderChanged): Promise<void> {
    // as it is now, not as it was: events may be heard late
    const order = await this.orders.find(workOrderId);
    if (order === undefined) return;
    const there = await this.reports.some(reportIds);
    for (const { _id } of there) await this.reports.turn(_id, (report) => followed(report, order));
  }
}
