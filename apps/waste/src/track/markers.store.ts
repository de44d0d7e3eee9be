import { Injectable } from '@nestjs/common';
import type { DeviceProtocol, Fix, TruckMoved } from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import { defineCollection, Store, trusted, type Stored } from '@siaga/store';
import type { z } from 'zod';
import { markerAfter, type Marker } from './marker-rules.ts';

interface MarkerDocument extends Omit<Marker, 'truckId'> {
  protocol: z.infer<typeof DeviceProtocol>;
  exercise: boolean;
}

/** Where every truck is; `_id` is the truckId. */
export const markers = defineCollection<MarkerDocument>({
  name: 'waste_markers',
  fields: {
    atMs: { type: Number, required: true },
    deviceAtMs: Number,
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

@Injectable()
export class MarkersStore {
  constructor(private readonly store: Store) {}

  /**
   * Moves markers to the newest of these fixes, never back. Answers those that are now where their truck is, whether this
   * call put them there or an earlier one that was cut short before it could tell.
   */
  async putIfNewer(news: readonly Fix[]): Promise<TruckMoved[]> {
    const { exercise } = currentContext();
    const known = await this.known([...new Set(news.map(({ truckId }) => truckId))]);
    const moved = new Map<string, Marker>();
    for (const fix of news) {
      const marker = markerAfter(fix, moved.get(fix.truckId) ?? known.get(fix.truckId));
      if (marker !== undefined) moved.set(fix.truckId, marker);
    }
    const writes = [...moved.values()]
      .filter((marker) => marker !== known.get(marker.truckId))
      .map((marker) => (known.has(marker.truckId) ? replacement(marker, exercise) : insertion(marker, exercise)));
    if (writes.length > 0) await this.store.of(markers).bulkWrite(writes, { ordered: false });
    return [...moved.values()].map(movementOf);
  }

  /** Trucks with a simulated marker. */
  async exercises(): Promise<string[]> {
    const found = await this.store.of(markers).find({ exercise: true }).lean<Stored<MarkerDocument>[]>();
    return found.map(({ _id }) => _id);
  }

  async removeExercises(): Promise<void> {
    await this.store.of(markers).deleteMany({ exercise: true });
  }

  private async known(truckIds: readonly string[]): Promise<Map<string, Marker>> {
    const found = await this.store
      .of(markers)
      .find({ _id: trusted({ $in: truckIds }) })
      .lean<Stored<MarkerDocument>[]>();
    return new Map(found.map((document) => [document._id, markerOf(document)]));
  }
}

function insertion({ truckId, ...marker }: Marker, exercise: boolean) {
  return {
    updateOne: { filter: { _id: truckId }, update: { $setOnInsert: { ...marker, exercise } }, upsert: true },
  };
}

/** A handler that lost its partition while it slept finds the guard closed. */
function replacement({ truckId, ...marker }: Marker, exercise: boolean) {
  const said = Object.entries({ ...marker, exercise });
  return {
    updateOne: {
      filter: {
        _id: truckId,
        $or: [
          { atMs: trusted({ $lt: marker.atMs }) },
          { atMs: marker.atMs, deviceAtMs: trusted({ $lt: marker.deviceAtMs ?? marker.atMs }) },
          // kept before the device's time was
          { atMs: marker.atMs, deviceAtMs: trusted({ $exists: false }) },
        ],
      },
      update: {
        $set: Object.fromEntries(said.filter(([, value]) => value !== undefined)),
        // what the last device said must not outlive it
        $unset: Object.fromEntries(said.filter(([, value]) => value === undefined).map(([name]) => [name, 1 as const])),
      },
    },
  };
}

function markerOf({ _id, ...document }: Stored<MarkerDocument>): Marker {
  const { atMs, deviceAtMs, lat, lng, speedKph, headingDeg, accuracyM, batteryPercent, ignition, protocol } = document;
  const said = { speedKph, headingDeg, accuracyM, batteryPercent, ignition, protocol };
  return { truckId: _id, atMs, deviceAtMs, lat, lng, ...said };
}

/** What screens are told: the device's own time is between the rules and the store. */
function movementOf(marker: Marker): TruckMoved {
  const { truckId, atMs, lat, lng, speedKph, headingDeg, accuracyM, batteryPercent, ignition, protocol } = marker;
  return { truckId, atMs, lat, lng, speedKph, headingDeg, accuracyM, batteryPercent, ignition, protocol };
}
