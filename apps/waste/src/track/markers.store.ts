import { Injectable } from '@nestjs/common';
import type { DeviceProtocol, Fix, TruckMoved } from '@siaga/contracts';
import { defineCollection, Store, trusted, type Stored } from '@siaga/store';
import type { z } from 'zod';
import { markerAfter } from './marker-rules.ts';

interface MarkerDocument extends Omit<TruckMoved, 'truckId'> {
  protocol: z.infer<typeof DeviceProtocol>;
  exercise: boolean;
}

/** Where every truck is; `_id` is the truckId. */
export const markers = defineCollection<MarkerDocument>({
  name: 'waste_markers',
  fields: {
    atMs: { type: Number, required: true },
    lat: { type: Number, required: true },
    lng: { type: Number, required: true },
    speedKph: Number,
    headingDeg: Number,
    accuracyM: Number,
    batteryPercent: Number,
    ignition: Boolean,
    protocol: { type: String, required: true },
    exercise: { type: Boolean, required: true },
  },
  indexes: [{ name: 'exercise', fields: { exercise: 1 } }],
});

/** A marker that is now the truck's, whether this call put it there or an earlier one that was cut short. */
export interface Moved {
  marker: TruckMoved;
  exercise: boolean;
}

@Injectable()
export class MarkersStore {
  constructor(private readonly store: Store) {}

  /** Moves markers to the newest of these fixes, never back, and answers those that are now the truck's. */
  async putIfNewer(news: readonly { fix: Fix; exercise: boolean }[]): Promise<Moved[]> {
    const known = await this.known([...new Set(news.map(({ fix }) => fix.truckId))]);
    const moved = new Map<string, Moved>();
    for (const { fix, exercise } of news) {
      const marker = markerAfter(fix, moved.get(fix.truckId)?.marker ?? known.get(fix.truckId));
      if (marker !== undefined) moved.set(fix.truckId, { marker, exercise });
    }
    const writes = [...moved.values()]
      .filter(({ marker }) => marker !== known.get(marker.truckId))
      .map((move) => writeOf(move, known.has(move.marker.truckId)));
    if (writes.length > 0) await this.store.of(markers).bulkWrite(writes, { ordered: false });
    return [...moved.values()];
  }

  /** Trucks with a simulated marker. */
  async exercises(): Promise<string[]> {
    const found = await this.store.of(markers).find({ exercise: true }).lean<Stored<MarkerDocument>[]>();
    return found.map(({ _id }) => _id);
  }

  async removeExercises(): Promise<void> {
    await this.store.of(markers).deleteMany({ exercise: true });
  }

  private async known(truckIds: readonly string[]): Promise<Map<string, TruckMoved>> {
    const found = await this.store
      .of(markers)
      .find({ _id: trusted({ $in: truckIds }) })
      .lean<Stored<MarkerDocument>[]>();
    return new Map(found.map((document) => [document._id, markerOf(document)]));
  }
}

/** A handler that lost its partition while it slept finds the guard closed. */
function writeOf({ marker, exercise }: Moved, exists: boolean) {
  const { truckId, atMs, ...rest } = marker;
  if (!exists)
    return {
      updateOne: { filter: { _id: truckId }, update: { $setOnInsert: { ...rest, atMs, exercise } }, upsert: true },
    };
  const { set, unset } = fieldsOf({ ...rest, atMs, exercise });
  return {
    updateOne: { filter: { _id: truckId, atMs: trusted({ $lt: atMs }) }, update: { $set: set, $unset: unset } },
  };
}

/** What the last device said must not outlive it: a field this one leaves out is taken away. */
function fieldsOf(marker: Record<string, unknown>) {
  const entries = Object.entries(marker);
  return {
    set: Object.fromEntries(entries.filter(([, value]) => value !== undefined)),
    unset: Object.fromEntries(entries.filter(([, value]) => value === undefined).map(([name]) => [name, 1 as const])),
  };
}

function markerOf({ _id, ...document }: Stored<MarkerDocument>): TruckMoved {
  const { atMs, lat, lng, speedKph, headingDeg, accuracyM, batteryPercent, ignition, protocol } = document;
  return { truckId: _id, atMs, lat, lng, speedKph, headingDeg, accuracyM, batteryPercent, ignition, protocol };
}
