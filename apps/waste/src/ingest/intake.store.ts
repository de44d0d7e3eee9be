import { Injectable } from '@nestjs/common';
import type { IntakeCounted, RefusalReason } from '@siaga/contracts';
import { defineCollection, Store, type Stored } from '@siaga/store';

type Refused = Partial<Record<RefusalReason, number>>;

/** What one truck's devices brought since the last addition. */
export interface IntakeDelta {
  truckId: string;
  /** City date. */
  day: string;
  atMs: number;
  exercise: boolean;
  accepted: number;
  duplicates: number;
  refused: Refused;
  lastRefusal?: IntakeCounted['lastRefusal'];
}

interface IntakeDocument extends Omit<IntakeDelta, 'refused'> {
  refused?: Refused;
  /** For the index that lets old days go. */
  at: Date;
}

const KEEP_SECONDS = 30 * 86_400;

/** Counts per truck and day; `_id` is `truckId@day`. */
export const intakeDays = defineCollection<IntakeDocument>({
  name: 'waste_intake_days',
  fields: {
    truckId: { type: String, required: true },
    day: { type: String, required: true },
    atMs: { type: Number, required: true },
    exercise: { type: Boolean, required: true },
    accepted: { type: Number, required: true },
    duplicates: { type: Number, required: true },
    refused: { type: Object, default: undefined },
    lastRefusal: { type: Object, default: undefined },
    at: { type: Date, required: true },
  },
  indexes: [
    { name: 'exercise', fields: { exercise: 1 } },
    { name: 'keep', fields: { at: 1 }, expireAfterSeconds: KEEP_SECONDS },
  ],
});

@Injectable()
export class IntakeStore {
  constructor(private readonly store: Store) {}

  /** Adds a delta and answers the day so far. Several processes may add at once. */
  async add({ truckId, day, atMs, exercise, accepted, duplicates, refused, lastRefusal }: IntakeDelta) {
    const reasons = Object.fromEntries(Object.entries(refused).map(([reason, count]) => [`refused.${reason}`, count]));
    const counted = await this.store
      .of(intakeDays)
      .findOneAndUpdate(
        { _id: `${truckId}@${day}` },
        {
          $inc: { accepted, duplicates, ...reasons },
          $set: { atMs, at: new Date(atMs), ...(lastRefusal === undefined ? {} : { lastRefusal }) },
          $setOnInsert: { truckId, day, exercise },
        },
        { upsert: true, returnDocument: 'after' },
      )
      .lean<Stored<IntakeDocument>>();
    return intakeOf(counted, { truckId, day, atMs });
  }

  /** Trucks with simulated counts. */
  async exercises(): Promise<string[]> {
    const found = await this.store.of(intakeDays).find({ exercise: true }).lean<Stored<IntakeDocument>[]>();
    return [...new Set(found.map(({ truckId }) => truckId))];
  }

  async removeExercises(): Promise<void> {
    await this.store.of(intakeDays).deleteMany({ exercise: true });
  }
}

function intakeOf(
  { accepted, duplicates, refused, lastRefusal }: Stored<IntakeDocument>,
  about: { truckId: string; day: string; atMs: number },
): IntakeCounted {
  return {
    ...about,
    accepted,
    duplicates,
    refused: refused ?? {},
    ...(lastRefusal === undefined ? {} : { lastRefusal }),
  };
}
