import { Controller, StreamableFile } from '@nestjs/common';
import {
  AddWorkPhoto,
  BeginWorkOrder,
  CancelWorkOrder,
  Fault,
  FinishWorkOrder,
  GetWorkOrder,
  GetWorkPhoto,
  ListWorkOrders,
  MakeWorkOrder,
  PlanWorkOrder,
  PrintWorkOrder,
  type InputOf,
  type WorkOrder,
} from '@siaga/contracts';
import { CityRecords, currentContext, Route } from '@siaga/service';
import { Blobs, pictureTypeOf } from '@siaga/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { crewSheet, sheetPolicy } from './crew-sheet.ts';
import { orderOf, type StoredOrder } from './order-document.ts';
import { begun, cancelled, finished, photographed, planned, type Actor, type Turn } from './order-steps.ts';
import { OrderStops } from './order-stops.ts';
import { OrdersStore } from './orders.store.ts';

/** What crews are sent to do, and what they did. */
@Controller()
export class OrdersController {
  constructor(
    private readonly orders: OrdersStore,
    private readonly stops: OrderStops,
    private readonly blobs: Blobs,
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

  @Route(AddWorkPhoto)
  async addPhoto({ params, body }: InputOf<typeof AddWorkPhoto>) {
    const content = Buffer.from(body.contentBase64, 'base64');
    const contentType = pictureTypeOf(content);
    const order = await this.orders.get(params.workOrderId);
    // before it is kept: nothing is stored for an order that takes none
    photographed(order, { hash: '', contentType, bytes: content.length, atMs: 0 });
    const { hash, bytes } = await this.blobs.put(content, contentType);
    return this.act(params, (now, { nowMs }) => photographed(now, { hash, contentType, bytes, atMs: nowMs }));
  }

  @Route(GetWorkPhoto)
  async photo({ params }: InputOf<typeof GetWorkPhoto>, _: FastifyRequest, reply: FastifyReply) {
    const { photos } = await this.orders.get(params.workOrderId);
    const photo = photos.find(({ hash }) => hash === params.hash);
    // by its order only: nobody finds out here what else is kept
    if (photo === undefined) throw new Fault('not-found', 'foto ini tidak ada · there is no such photo');
    void reply.headers({ 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'" });
    return new StreamableFile(await this.blobs.get(photo.hash), { type: photo.contentType, length: photo.bytes });
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
