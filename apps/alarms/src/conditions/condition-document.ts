import type { ConditionChanged } from '@siaga/contracts';
import { defineCollection, type Stored } from '@siaga/store';

type Optional = 'lifeRisk' | 'place' | 'detail';

/** The last thing a domain said of one thing and one kind, and where that hangs. */
export type ConditionDocument = Omit<ConditionChanged, Optional> & {
  [Field in Optional]?: ConditionChanged[Field] | undefined;
} & {
  exercise: boolean;
  /** When the desk heard that it holds, or that it does no longer: the desk's clock, which settling goes by. */
  heardAtMs: number;
  /** When it began to come and go, if it does: the same as `heardAtMs` for one that simply came. */
  beganAtMs: number;
  /** The condition right above it, as of the desk's last look. */
  parentKey?: string | undefined;
  /** The root of its tree, itself when it is one; absent while it does not hold. */
  rootKey?: string | undefined;
};

/** One document per thing and kind ever spoken of; `_id` is the contract's key, `lamp:PJU-0142/supplyLoss`. */
export const conditions = defineCollection<ConditionDocument>({
  name: 'alarms_conditions',
  fields: {
    thing: { type: Object, required: true },
    name: { type: String, required: true },
    kind: { type: String, required: true },
    active: { type: Boolean, required: true },
    severity: { type: String, required: true },
    lifeRisk: Boolean,
    basis: { type: String, required: true },
    agency: { type: String, required: true },
    within: { type: [String], required: true },
    place: { type: Object, default: undefined },
    sinceMs: { type: Number, required: true },
    changedAtMs: { type: Number, required: true },
    detail: String,
    exercise: { type: Boolean, required: true },
    heardAtMs: { type: Number, required: true },
    beganAtMs: { type: Number, required: true },
    parentKey: String,
    rootKey: String,
  },
  indexes: [
    { name: 'holding', fields: { active: 1 }, where: { active: true } },
    { name: 'heard', fields: { heardAtMs: 1 } },
    { name: 'root', fields: { rootKey: 1 }, sparse: true },
    { name: 'parent', fields: { parentKey: 1 }, sparse: true },
    { name: 'exercise', fields: { exercise: 1 } },
  ],
});

export type StoredCondition = Stored<ConditionDocument>;
