import { Injectable } from '@nestjs/common';
import type { StreetRefusal, StreetRefusalReason } from '@siaga/contracts';
import { defineCollection, Store } from '@siaga/store';

interface RefusalDocument extends StreetRefusal {
  exercise: boolean;
  /** For the index that lets old ones go. */
  at: Date;
}

const KEEP_SECONDS = 30 * 86_400;

/** What was refused, one document per controller and reason; `_id` is `controllerId@reason`. */
export const streetRefusals = defineCollection<RefusalDocument>({
  name: 'street_refusals',
  fields: {
    controllerId: { type: String, required: true },
    reason: { type: String, required: true },
    count: { type: Number, required: true },
    lastAtMs: { type: Number, required: true },
    lastDetail: { type: String, required: true },
    lastRaw: { type: String, default: '' },
    exercise: { type: Boolean, required: true },
    at: { type: Date, required: true },
  },
  indexes: [
    { name: 'controller', fields: { controllerId: 1 } },
    { name: 'exercise', fields: { exercise: 1 } },
    { name: 'keep', fields: { at: 1 }, expireAfterSeconds: KEEP_SECONDS },
  ],
});

/** What was refused since it was last written. */
export interface RefusalDelta {
  controllerId: string;
  reason: StreetRefusalReason;
  exercise: boolean;
  count: number;
  lastAtMs: number;
  lastDetail: string;
  lastRaw: string;
}

/** Refused reports of the context's city, for the administrator to see. */
@Injectable()
export class RefusalsStore {
  constructor(private readonly store: Store) {}

  /** Several processes may add at once. */
  async add(deltas: readonly RefusalDelta[]): Promise<void> {
    const writes = deltas.map(({ controllerId, reason, exercise, count, ...last }) => ({
      updateOne: {
        filter: { _id: `${controllerId}@${reason}` },
        update: {
          $inc: { count },
          $set: { ...last, at: new Date(last.lastAtMs) },
          $setOnInsert: { controllerId, reason, exercise },
        },
        upsert: true,
      },
    }));
    await this.store.of(streetRefusals).bulkWrite(writes, { ordered: false });
  }

  async list({ limit, after, q, ...where }: Listed) {
    const search = { text: q, fields: ['_id', 'lastDetail'] };
    const filter = where.controllerId === undefined ? {} : { controllerId: where.controllerId };
    const page = await this.store.page(streetRefusals, { where: filter, limit, after, search });
    return {
      ...page,
      items: page.items.map(({ controllerId, reason, count, lastAtMs, lastDetail, lastRaw }) => ({
        ...{ controllerId, reason, count, lastAtMs, lastDetail, lastRaw },
      })),
    };
  }

  async removeExercises(): Promise<void> {
    await this.store.of(streetRefusals).deleteMany({ exercise: true });
  }
}

interface Listed {
  limit: number;
  after?: string | undefined;
  q?: string | undefined;
  controllerId?: string | undefined;
}
