import { Fault, type Material, type WorkOrderStatus, type WorkPhoto } from '@siaga/contracts';
import type { Order } from './order-document.ts';

/** Who takes the step, and when. */
export interface Actor {
  by: string;
  nowMs: number;
}

/** What a step changes; `wakeAtMs`: when time does something to the order. */
export type Turn = Partial<Order> & { wakeAtMs?: number };

/** So long screens show what is over: the shift that comes sees what the one before it saw. */
const SHOWN_MS = 86_400_000;

/** The one table of what may follow what. */
const follows: Readonly<Record<WorkOrderStatus, readonly WorkOrderStatus[]>> = {
  draft: ['scheduled', 'cancelled'],
  // its crew or its day may be changed
  scheduled: ['scheduled', 'under-way', 'cancelled'],
  'under-way': ['done', 'cancelled'],
  done: [],
  cancelled: [],
};

const words: Readonly<Record<WorkOrderStatus, string>> = {
  draft: 'masih rancangan · still a draft',
  scheduled: 'sudah dijadwalkan, belum dikerjakan · scheduled, not begun',
  'under-way': 'sedang dikerjakan · under way',
  done: 'sudah selesai · done',
  cancelled: 'sudah dibatalkan · cancelled',
};

const MOST_PHOTOS = 10;

/** Its crew and its day. */
export const planned = (order: Order, actor: Actor, plan: { crew: string; plannedOn: string }): Turn => ({
  ...stepped(order, actor, 'scheduled'),
  crew: plan.crew,
  plannedOn: plan.plannedOn,
});

/** The crew is on its way. */
export const begun = (order: Order, actor: Actor): Turn => stepped(order, actor, 'under-way');

/** Called off. */
export const cancelled = (order: Order, actor: Actor, { reason }: { reason: string }): Turn => ({
  ...stepped(order, actor, 'cancelled'),
  cancelReason: reason,
});

export interface Finish {
  materials: Material[];
  remark?: string | undefined;
  noPhotoReason?: string | undefined;
  notSettled: string[];
}

/** The work is done: shown by a picture, or said why there is none. */
export function finished(order: Order, actor: Actor, finish: Finish): Turn {
  const turn = stepped(order, actor, 'done');
  const { materials, remark, noPhotoReason, notSettled } = finish;
  if (order.photos.length === 0 && noPhotoReason === undefined)
    throw new Fault('invalid', 'tambahkan foto, atau isi alasan tanpa foto · add a photo, or say why there is none');
  const strange = notSettled.find((reportId) => !order.reportIds.includes(reportId));
  if (strange !== undefined)
    throw new Fault('invalid', `notSettled: ${strange} bukan laporan perintah kerja ini · not a report of this order`);
  return { ...turn, materials, remark, noPhotoReason, notSettled };
}

/** One more picture; undefined when it has this one already, also when it is over: what broke off is sent again. */
export function photographed(order: Order, photo: WorkPhoto): Turn | undefined {
  if (order.photos.some(({ hash }) => hash === photo.hash)) return undefined;
  if (order.status !== 'under-way') throw refusal(order);
  if (order.photos.length >= MOST_PHOTOS)
    throw new Fault('conflict', `paling banyak ${String(MOST_PHOTOS)} foto · at most ten photos`);
  return { photos: [...order.photos, photo] };
}

function stepped(order: Order, { by, nowMs }: Actor, status: WorkOrderStatus): Turn {
  if (!follows[order.status].includes(status)) throw refusal(order);
  // a draft that is planned again and again keeps its last hundred steps
  const steps = [...order.steps, { status, by, atMs: nowMs }].slice(-100);
  return { status, steps, ...(follows[status].length === 0 ? { wakeAtMs: nowMs + SHOWN_MS } : {}) };
}

const refusal = ({ status }: Order) => new Fault('conflict', `perintah kerja ini ${words[status]}`);
