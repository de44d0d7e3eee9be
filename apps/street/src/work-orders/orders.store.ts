import { Injectable } from '@nestjs/common';
import { Fault, type InputOf, type ListWorkOrders, type WorkStop } from '@siaga/contracts';
import { asExercise, currentContext } from '@siaga/service';
import { Blobs, Store, trusted, type Page } from '@siaga/store';
import { numberOfPress } from '../numbers.ts';
import { orders, type Order, type StoredOrder } from './order-document.ts';
import type { Turn } from './order-steps.ts';
import { inRouteOrder, lengthM } from './route-order.ts';

/** So often a step is tried when others change the same order at the same moment. */
const TRIES = 5;

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
    return this.find(workOrderId).then((found) => {
      if (found === undefined) throw unknown(workOrderId);
      return found;
    });
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
    for (let tried = 0; tried < TRIES; tried += 1) {
      const found = await this.get(workOrderId);
      const turn = rule(found);
      if (turn === undefined) return found;
      const given = { ...turn, changedAtMs: Math.max(Date.now(), found.changedAtMs + 1) };
      const said = Object.entries(given).filter(([, value]) => value !== undefined);
      const where = { _id: workOrderId, version: found.version } as never;
      const done = await asExercise(found.exercise, () =>
        this.store.change(orders, { where, change: { $set: Object.fromEntries(said) } }),
      );
      if (done !== undefined) return done;
    }
    throw new Fault('conflict', `perintah kerja ${workOrderId} sedang diubah, coba lagi · many change it, try again`);
  }

  /** Everything simulated leaves, with its pictures. */
  async removeExercises(): Promise<number> {
    const found = await this.store.of(orders).find({ exercise: true }).lean<StoredOrder[]>();
    // pictures first: what breaks off here is found again by its order
    for (const { hash } of found.flatMap(({ photos }) => photos)) {
      const real = { exercise: false, 'photos.hash': hash };
      // the same picture is kept once, whoever took it
      if ((await this.store.of(orders).countDocuments(real as never)) === 0) await this.blobs.remove(hash);
    }
    for (const { _id } of found) await asExercise(true, () => this.store.remove(orders, { _id }));
    return found.length;
  }
}

const unknown = (workOrderId: string) =>
  new Fault('not-found', `perintah kerja ${workOrderId} tidak ada · there is no such work order`);
