import { LampOverride, LampOverrideChanged } from '@siaga/contracts';
import { defineCollection, stateOf, type Stored } from '@siaga/store';
import { tallyOf, thingSaid, type Override } from './override-rules.ts';

/** An override as it is kept. */
export interface OverrideDocument extends Omit<Override, 'overrideId'> {
  /** Overrides whose things it took, as long as they were not told. */
  untold: string[];
  /** Screens know no more of it. */
  archived?: true | undefined;
  changedAtMs: number;
  exercise: boolean;
}

/** Overrides; `_id` is the overrideId. */
export const overrides = defineCollection<OverrideDocument>({
  name: 'street_overrides',
  fields: {
    levelPercent: { type: Number, required: true },
    reason: { type: String, required: true },
    by: { type: String, required: true },
    takenAtMs: { type: Number, required: true },
    untilMs: { type: Number, required: true },
    phase: { type: String, required: true },
    endedBy: String,
    endedAtMs: Number,
    things: { type: [Object], required: true },
    untold: { type: [String], required: true },
    archived: Boolean,
    changedAtMs: { type: Number, required: true },
    exercise: { type: Boolean, required: true },
  },
  indexes: [
    { name: 'taken', fields: { takenAtMs: 1 } },
    { name: 'phase', fields: { phase: 1, takenAtMs: 1 } },
    { name: 'exercise', fields: { exercise: 1 } },
  ],
  state: stateOf(LampOverrideChanged, (stored) => (stored.archived === true ? null : overrideSaid(stored))),
});

export type StoredOverride = Stored<OverrideDocument>;

/** As screens are told. */
function overrideSaid(stored: StoredOverride): LampOverrideChanged {
  const things = stored.things.filter(({ replacedBy }) => replacedBy === undefined).map(({ thing }) => thing);
  return LampOverrideChanged.data.parse({
    ...{ ...stored, overrideId: stored._id, things, tally: tallyOf(stored.things) },
  });
}

/** As callers are told: also why, and how each thing took it. */
export function overrideOf(stored: StoredOverride): LampOverride {
  const { _id: overrideId, things } = stored;
  return LampOverride.parse({ ...stored, overrideId, things: things.map(thingSaid), tally: tallyOf(things) });
}

/** As the rules see it. */
export const ruled = ({ _id, ...stored }: StoredOverride): Override => ({ ...stored, overrideId: _id });
