import { Outage } from '@siaga/contracts';
import { defineCollection, type Store, type Stored } from '@siaga/store';

type OutageDocument = Omit<Outage, 'outageId' | 'version'> & { exercise: boolean };

/** Outages; `_id` is the outageId. */
export const outages = defineCollection<OutageDocument>({
  name: 'street_outages',
  fields: {
    calledAtMs: { type: Number, required: true },
    ticket: String,
    expectedAtMs: Number,
    things: { type: [String], required: true },
    note: String,
    by: { type: String, required: true },
    endedAtMs: Number,
    changedAtMs: { type: Number, required: true },
    exercise: { type: Boolean, required: true },
  },
  indexes: [
    { name: 'called', fields: { calledAtMs: 1 } },
    { name: 'thing', fields: { things: 1, calledAtMs: 1 } },
    { name: 'exercise', fields: { exercise: 1 } },
  ],
});

/** Everything simulated leaves. */
export async function removeSimulatedOutages(store: Store): Promise<number> {
  const found = await store.of(outages).find({ exercise: true }).lean<Stored<OutageDocument>[]>();
  return store.removeAll(
    outages,
    found.map(({ _id }) => ({ _id })),
  );
}

/** What callers are told of an outage: what the contract names, and nothing else. */
export const outageOf = ({ _id, ...stored }: Stored<OutageDocument>): Outage =>
  Outage.parse({ outageId: _id, ...stored });
