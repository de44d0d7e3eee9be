import { Injectable } from '@nestjs/common';
import type { ConditionChanged } from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import { defineCollection, Store, trusted, type Stored } from '@siaga/store';
import { DARKNESS_KEPT_S } from '../retention-rules.ts';
import type { DarkSpan, Stretch } from './darkness.ts';

interface SpanDocument extends DarkSpan {
  changedAtMs: number;
  exercise: boolean;
  /** For the expiry index. */
  beganAt: Date;
}

/** When lamps were dark; `_id` is lamp, trouble and its begin, so that whatever is told twice is kept once. */
export const darkSpans = defineCollection<SpanDocument>({
  name: 'street_dark_spans',
  fields: {
    lampId: { type: String, required: true },
    kelurahanCode: String,
    basis: { type: String, required: true },
    fromMs: { type: Number, required: true },
    toMs: { type: Number, required: true },
    changedAtMs: { type: Number, required: true },
    exercise: { type: Boolean, required: true },
    beganAt: { type: Date, required: true },
  },
  indexes: [
    { name: 'to', fields: { toMs: 1 } },
    { name: 'lamp', fields: { lampId: 1 } },
    { name: 'exercise', fields: { exercise: 1 } },
    { name: 'kept', fields: { beganAt: 1 }, expireAfterSeconds: DARKNESS_KEPT_S },
  ],
});

/** Of a lamp that is dark still. */
const STILL_MS = Number.MAX_SAFE_INTEGER;
const AT_ONCE = 500;

/** Troubles of a lamp that leave a street without light. */
const dark: ReadonlySet<string> = new Set(['supplyLoss', 'lampFailure']);

/** How long lamps of the context's city gave no light. */
@Injectable()
export class DarkSpans {
  constructor(private readonly store: Store) {}

  /** Takes what the desk is told of lamps; the newest word on a trouble counts. */
  async keep(conditions: readonly ConditionChanged[]): Promise<void> {
    const { exercise } = currentContext();
    const writes = conditions
      .filter(({ thing, kind }) => thing.kind === 'lamp' && dark.has(kind))
      .flatMap(({ thing, kind, basis, active, sinceMs, changedAtMs, place }) => {
        const _id = `${thing.thingId}/${kind}@${String(sinceMs)}`;
        const kelurahanCode = place?.kelurahanCode;
        const span = {
          ...{ lampId: thing.thingId, basis, fromMs: sinceMs, toMs: active ? STILL_MS : changedAtMs },
          ...{ changedAtMs, exercise, beganAt: new Date(sinceMs), ...(kelurahanCode && { kelurahanCode }) },
        };
        return [
          { updateOne: { filter: { _id }, update: { $setOnInsert: span }, upsert: true } },
          { updateOne: { filter: { _id, changedAtMs: trusted({ $lt: changedAtMs }) }, update: { $set: span } } },
        ];
      });
    for (let from = 0; from < writes.length; from += AT_ONCE)
      await this.store.of(darkSpans).bulkWrite(writes.slice(from, from + AT_ONCE), { ordered: true });
  }

  /** Lamps that nobody speaks for any more, or that left the register: nobody knows how they are. */
  async end(lampIds: readonly string[], nowMs: number): Promise<void> {
    const ofThem = { lampId: trusted({ $in: [...lampIds] }), toMs: STILL_MS };
    await this.store.of(darkSpans).updateMany(ofThem as never, { $set: { toMs: nowMs, changedAtMs: nowMs } });
  }

  /** Those that reach into a time, real or simulated. */
  async during({ fromMs, toMs }: Stretch, simulated: boolean): Promise<DarkSpan[]> {
    const where = { exercise: simulated, toMs: trusted({ $gt: fromMs }), fromMs: trusted({ $lt: toMs }) };
    return this.store
      .of(darkSpans)
      .find(where as never)
      .lean<Stored<SpanDocument>[]>();
  }

  async removeExercises(): Promise<void> {
    await this.store.of(darkSpans).deleteMany({ exercise: true });
  }
}
