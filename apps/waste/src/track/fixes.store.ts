import { Injectable } from '@nestjs/common';
import type { Fix, TruckTrack } from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import { defineCollection, Store, trusted, type Stored } from '@siaga/store';

interface FixDocument extends Omit<Fix, 'fixId'> {
  exercise: boolean;
  /** For the index that lets old tracks go. */
  receivedAt: Date;
}

/** How long a track is kept after it was received. */
const KEEP_SECONDS = 90 * 86_400;

/** History: every fix once, `_id` is the fixId. */
export const fixes = defineCollection<FixDocument>({
  name: 'waste_fixes',
  fields: {
    truckId: { type: String, required: true },
    protocol: { type: String, required: true },
    deviceId: { type: String, required: true },
    atMs: { type: Number, required: true },
    receivedAtMs: { type: Number, required: true },
    receivedAt: { type: Date, required: true },
    lat: { type: Number, required: true },
    lng: { type: Number, required: true },
    speedKph: Number,
    headingDeg: Number,
    altitudeM: Number,
    accuracyM: Number,
    batteryPercent: Number,
    ignition: Boolean,
    alarms: { type: [String], default: undefined },
    exercise: { type: Boolean, required: true },
  },
  indexes: [
    { name: 'track', fields: { truckId: 1, atMs: 1 } },
    { name: 'exercise', fields: { exercise: 1 } },
    { name: 'keep', fields: { receivedAt: 1 }, expireAfterSeconds: KEEP_SECONDS },
  ],
});

type Feature = TruckTrack['features'][number];

/** Where every truck has been. */
@Injectable()
export class FixesStore {
  constructor(private readonly store: Store) {}

  /** Adds what is not there yet, simulated or not as the context says; a repeat adds nothing. */
  async addNew(news: readonly Fix[]): Promise<void> {
    const { exercise } = currentContext();
    const writes = news.map(({ fixId, ...fix }) => ({
      updateOne: {
        filter: { _id: fixId },
        update: { $setOnInsert: { ...fix, exercise, receivedAt: new Date(fix.receivedAtMs) } },
        upsert: true,
      },
    }));
    await this.store.of(fixes).bulkWrite(writes, { ordered: false });
  }

  /** The fixes of a truck in [fromMs, toMs) as GeoJSON features, oldest first, read as they are asked for. */
  track(truckId: string, fromMs: number, toMs: number): AsyncIterable<Feature> {
    // asked here, in the context of the request: the answer is read after it
    const cursor = this.store
      .of(fixes)
      .find({ truckId, atMs: trusted({ $gte: fromMs, $lt: toMs }) })
      .sort({ atMs: 1 })
      .lean<Stored<FixDocument>[]>()
      .cursor({ batchSize: 1000 });
    return featuresOf(cursor);
  }

  /** Removes simulated history; answers how many fixes. */
  async removeExercises(): Promise<number> {
    return (await this.store.of(fixes).deleteMany({ exercise: true })).deletedCount;
  }
}

async function* featuresOf(found: AsyncIterable<Stored<FixDocument>>): AsyncGenerator<Feature> {
  for await (const document of found) yield featureOf(document);
}

function featureOf(found: Stored<FixDocument>): Feature {
  const { _id, lat, lng, atMs, receivedAtMs, protocol, deviceId, speedKph, headingDeg } = found;
  const { altitudeM, accuracyM, batteryPercent, ignition, alarms } = found;
  const said = { speedKph, headingDeg, altitudeM, accuracyM, batteryPercent, ignition, alarms };
  const time = new Date(atMs).toISOString();
  return {
    type: 'Feature',
    id: _id,
    geometry: { type: 'Point', coordinates: [lng, lat] },
    properties: { atMs, time, receivedAtMs, protocol, deviceId, ...said },
  };
}
