import { UnitChanged } from '@siaga/contracts';
import { defineCollection, stateOf } from '@siaga/store';
import type { StoredUnit, UnitNow } from './unit-now.ts';
import { availabilityOf } from './unit-rules.ts';

/** Units; `_id` is the unitId. */
export const units = defineCollection<UnitNow>({
  name: 'emergency_units',
  called: 'unit',
  fields: {
    name: { type: String, required: true },
    unitClass: { type: String, required: true },
    capabilities: { type: [String], required: true },
    agency: { type: String, required: true },
    plate: String,
    post: Object,
    answers: { type: String, required: true },
    duty: { type: String, required: true },
    dutyUntilMs: Number,
    dutySaid: Object,
    crew: { type: [Object], required: true },
    parked: Object,
    assignment: Object,
    bookings: { type: [Object], default: undefined },
    changedAtMs: { type: Number, required: true },
    exercise: { type: Boolean, required: true },
  },
  indexes: [
    { name: 'assignment', fields: { 'assignment.assignmentId': 1 }, sparse: true },
    { name: 'exercise', fields: { exercise: 1 } },
  ],
  state: stateOf(UnitChanged, (unit) => unitOf(unit)),
});

/** What callers and screens are told of a unit: what the contract names, and nothing else. */
export const unitOf = ({ _id, ...unit }: StoredUnit): UnitChanged =>
  UnitChanged.data.parse({ ...unit, unitId: _id, availability: availabilityOf(unit) });
