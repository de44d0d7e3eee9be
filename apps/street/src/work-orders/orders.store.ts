import { Injectable } from '@nestjs/common';
import type { InputOf, ListWorkOrders, WorkStop } from '@siaga/contracts';
import { asExercise, currentContext, numberOfPress } from '@siaga/service';
import { Blobs, Store, trusted, type Page } from '@siaga/store';
import { orders, type Order, type StoredOrder } from './order-document.ts';
import type { Turn } from './order-steps.ts';
import { inRouteOrder, lengthM } from './route-order.ts';

/** Of orders that are neither done nor cancelled. */
const OPEN = ['draft', 'scheduled', 'under-way'] as const;

/** Work orders of the context's city: each step is one atomic change of one document. */
@Injectable()
export class OrdersStore {
  constructor(
    private readonly store: Store,
    private readonly blobs: Blobs,
  ) {}

  /** A draft of the way through these stops; a repeat of the same press answers what the first one made. */
  make(stops: readonly WorkStop[], { note, exercise }: { note: string | undefined; exercise: boolean }) {
    const { principal, press } = currentContext();
    const nowMs = Date.now();
    const way = inRouteOrder(stops);
    const order: Order = {
      ...{ status: 'draft', stops: way, straightLineM: Math.round(lengthM(way)), exercise, changedAtMs: nowMs },
      ...{ reportIds: way.flatMap(({ reportIds }) => reportIds), photos: [], materials: [], notSettled: [] },
      ...(note === undefined ? {} : { note }),
      steps: [{ status: 'draft', by: principal.id, atMs: nowMs }],
    };
    const once = press === undefined ? {} : { once: press };
    return asExercise(exercise, () => this.store.create(orders, { ...order, _id: numberOfPress('SPK') }, once));
  }

  get(workOrderId: string): Promise<StoredOrder> {
    return this.store.get(orders, workOrderId);
  }

  find(workOrderId: string): Promise<StoredOrder | undefined> {
    return this.store.find(orders, workOrderId);
  }

  /** Last changed first. */
  page({ limit, after, q, open, status }: InputOf<typeof ListWorkOrders>['query']): Promise<Page<Order>> {
    const waits = open === undefined ? {} : { status: trusted(open ? { $in: OPEN } : { $nin: OPEN }) };
    const where = { $and: [status === undefined ? {} : { status }, waits] } as never;
    const search = { text: q, fields: ['_id', 'crew'] };
    return this.store.page(orders, { where, sort: 'changedAtMs', descending: true, limit, after, search });
  }

  /** Takes a step by its rule, however many others change the order; where the rule makes none it is as it is. */
  async act(workOrderId: string, rule: (order: StoredOrder) => Turn | undefined): Promise<StoredOrder> {
    const { document } = await this.store.turn(orders, workOrderId, (order) => {
      const turn = rule(order);
      if (turn === undefined) return undefined;
      const given = { ...turn, changedAtMs: Math.max(Date.now(), order.changedAtMs + 1) };
      return { change: { $set: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) } };
    });
    return document;
  }

  /** Everything simulated leaves, with its pictures. */
  async removeExercises(): Promise<number> {
    const found = await this.store.of(orders).find({ exercise: true }).lean<StoredOrder[]>();
    // pictures first: what breaks off here is found again by its order
    for (const { hash } of found.flatMap(({ photos }) => photos)) await this.letGo(hash, { exercise: false });
    for (const { _id } of found) await asExercise(true, () => this.store.remove(orders, { _id }));
    return found.length;
  }

  /** A picture leaves unless an order names it, of those that stay: the same picture is kept once, whoever took it. */
  async letGo(hash: string, staying: { exercise?: false } = {}): Promise<void> {
    const named = { ...staying, 'photos.hash': hash };
    if ((await this.store.of(orders).countDocuments(named as never)) === 0) await this.blobs.remove(hash);
  }
}
