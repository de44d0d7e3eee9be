import { LampOverride, LampOverrideChanged } from '@siaga/contracts';
import { defineCollection, stateOf, type Stored } from '@siaga/store';
import { tallyOf, thingSaid } from './override-said.ts';
import type { Override, Row, Step } from './step.ts';

/** An override as it is kept. */
export interface OverrideDocument extends Omit<Override, 'overrideId'> {
  /** What others called theirs, too, was settled with them; absent: they were not looked for yet. */
  claimed?: true | undefined;
  /** Screens know no more of it. */
  archived?: true | undefined;
  changedAtMs: number;
  exercise: boolean;
}

/** Overrides; `_id` is the overrideId. */
export const overrides = defineCollection<OverrideDocument>({
  name: 'street_overrides',
  called: 'perintah lampu',
  fields: {
    levelPercent: { type: Number, required: true },
    reason: { type: String, required: true },
    by: { type: String, required: true },
    takenAtMs: { type: Number, required: true },
    order: { type: Number, required: true },
    untilMs: { type: Number, required: true },
    phase: { type: String, required: true },
    endedBy: String,
    endedAtMs: Number,
    things: { type: [Object], required: true },
    claimed: Boolean,
    archived: Boolean,
    changedAtMs: { type: Number, required: true },
    exercise: { type: Boolean, required: true },
  },
  indexes: [
    { name: 'taken', fields: { takenAtMs: 1 } },
    { name: 'phase', fields: { phase: 1, takenAtMs: 1 } },
    { name: 'exercise', fields: { exercise: 1 } },
  ],
  schemaVersion: 2,
  upgrade: withOrder,
  state: stateOf(LampOverrideChanged, (stored) => (stored.archived === true ? null : overrideSaid(stored))),
});

/** Before version 2 commands were counted, and overrides told apart, by the clock. */
function withOrder(old: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const asked = (step: Step): Step => ({ ...step, askedAtMs: step.issuedAtMs });
  const things = (old['things'] as Row[]).map((row) => ({
    ...{ ...row, applied: asked(row.applied) },
    ...(row.restored === undefined ? {} : { restored: asked(row.restored) }),
  }));
  return { ...old, order: old['takenAtMs'], things };
}

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
