import { Controller } from '@nestjs/common';
import {
  BeginWorkOrder,
  CancelWorkOrder,
  FinishWorkOrder,
  GetWorkOrder,
  ListWorkOrders,
  MakeWorkOrder,
  PlanWorkOrder,
  PrintWorkOrder,
  type InputOf,
  type WorkOrder,
} from '@siaga/contracts';
import { CityRecords, currentContext, Route } from '@siaga/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { crewSheet, sheetPolicy } from './crew-sheet.ts';
import { orderOf, type StoredOrder } from './order-document.ts';
import { begun, cancelled, finished, planned, type Actor, type Turn } from './order-steps.ts';
import { OrderStops } from './order-stops.ts';
import { OrdersStore } from './orders.store.ts';

/** What crews are sent to do, and what they did. */
@Controller()
export class OrdersController {
  constructor(
    private readonly orders: OrdersStore,
    private readonly stops: OrderStops,
    private readonly records: CityRecords,
  ) {}

  @Route(MakeWorkOrder)
  async make({ body }: InputOf<typeof MakeWorkOrder>) {
    const { stops, exercise } = await this.stops.of(body);
    return orderOf(await this.orders.make(stops, { note: body.note, exercise }));
  }

  @Route(ListWorkOrders)
  async list({ query }: InputOf<typeof ListWorkOrders>) {
    const { items, next } = await this.orders.page(query);
    return { items: items.map(orderOf), ...(next === undefined ? {} : { next }) };
  }

  @Route(GetWorkOrder)
  async get({ params }: InputOf<typeof GetWorkOrder>) {
    return orderOf(await this.orders.get(params.workOrderId));
  }

  @Route(PlanWorkOrder)
  plan({ params, body }: InputOf<typeof PlanWorkOrder>) {
    return this.act(params, (order, actor) => planned(order, actor, body));
  }

  @Route(BeginWorkOrder)
  begin({ params }: InputOf<typeof BeginWorkOrder>) {
    return this.act(params, begun);
  }

  @Route(FinishWorkOrder)
  finish({ params, body }: InputOf<typeof FinishWorkOrder>) {
    return this.act(params, (order, actor) => finished(order, actor, body));
  }

  @Route(CancelWorkOrder)
  cancel({ params, body }: InputOf<typeof CancelWorkOrder>) {
    return this.act(params, (order, actor) => cancelled(order, actor, body));
  }

  @Route(PrintWorkOrder)
  async print({ params }: InputOf<typeof PrintWorkOrder>, _: FastifyRequest, reply: FastifyReply) {
    const order = await this.orders.get(params.workOrderId);
    const { city } = currentContext();
    void reply.headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': sheetPolicy });
    return crewSheet(orderOf(order), this.records.of(city)?.name ?? city);
  }

  private async act(
    { workOrderId }: { workOrderId: string },
    rule: (order: StoredOrder, actor: Actor) => Turn | undefined,
  ): Promise<WorkOrder> {
    const actor = { by: currentContext().principal.id, nowMs: Date.now() };
    return orderOf(await this.orders.act(workOrderId, (order) => rule(order, actor)));
  }
}
