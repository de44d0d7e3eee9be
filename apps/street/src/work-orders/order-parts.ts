import { outages } from '../outages/outage-document.ts';
import { OutagesController } from '../outages/outages.controller.ts';
import { JobsClearing } from './jobs-clearing.ts';
import { orders } from './order-document.ts';
import { OrderPhotosController } from './order-photos.controller.ts';
import { OrderStops } from './order-stops.ts';
import { OrderTimer } from './order-timer.ts';
import { OrdersController } from './orders.controller.ts';
import { OrdersStore } from './orders.store.ts';
import { RepairsController } from './repairs.controller.ts';
import { ReportsProjection } from './reports.projection.ts';

/** What work orders and outages bring to the service. */
export const orderParts = {
  controllers: [OrdersController, OrderPhotosController, ReportsProjection, RepairsController, OutagesController],
  providers: [OrdersStore, OrderStops, OrderTimer, JobsClearing],
  collections: [orders, outages],
};
