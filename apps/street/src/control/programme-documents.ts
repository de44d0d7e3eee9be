import { LampProgrammeAssigned, LampProgrammeChanged, type LampProgramme } from '@siaga/contracts';
import { defineCollection, stateOf } from '@siaga/store';

type ProgrammeDocument = Omit<LampProgramme, 'programmeId'> & { changedAtMs: number; exercise: boolean };

/** Programmes of lamps; `_id` is the programmeId. */
export const programmes = defineCollection<ProgrammeDocument>({
  name: 'street_programmes',
  fields: {
    name: { type: String, required: true },
    switches: { type: [Object], required: true },
    changedAtMs: { type: Number, required: true },
    exercise: { type: Boolean, required: true },
  },
  indexes: [{ name: 'exercise', fields: { exercise: 1 } }],
  state: stateOf(LampProgrammeChanged, ({ _id, ...programme }) =>
    LampProgrammeChanged.data.parse({ ...programme, programmeId: _id }),
  ),
});

interface AssignmentDocument {
  /** Absent: it follows its panel's, or the sun, again. */
  programmeId?: string | undefined;
  changedAtMs: number;
  exercise: boolean;
}

/** Which programme panels and lamps follow; `_id` is the thing. */
export const assignments = defineCollection<AssignmentDocument>({
  name: 'street_programme_assignments',
  fields: {
    programmeId: String,
    changedAtMs: { type: Number, required: true },
    exercise: { type: Boolean, required: true },
  },
  indexes: [
    { name: 'programme', fields: { programmeId: 1 } },
    { name: 'exercise', fields: { exercise: 1 } },
  ],
  state: stateOf(LampProgrammeAssigned, ({ _id: thing, programmeId, changedAtMs, version }) =>
    programmeId === undefined ? null : { thing, programmeId, changedAtMs, version },
  ),
});
