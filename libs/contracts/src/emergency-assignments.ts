import { z } from 'zod';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineStream } from './define-stream.ts';
import { AssignmentId, Channel, emergencyAgencies, IncidentId } from './emergency.ts';
import { UnitId } from './emergency-unit-register.ts';
import { Agency, EpochMs, label } from './shapes.ts';

/** How far one assignment is. `declined`, `cancelled`, `diverted`, `clear` are its ends. */
export const AssignmentStatus = z.enum([
  'dispatched',
  'accepted',
  'en-route',
  'on-scene',
  'patient-contact',
  'leaving-scene',
  'at-hospital',
  'handed-over',
  'clear',
  'declined',
  'cancelled',
  'diverted',
]);
export type AssignmentStatus = z.infer<typeof AssignmentStatus>;

/** Ends of an assignment: from then on the unit is its own again. */
export const endsOfAssignment: ReadonlySet<AssignmentStatus> = new Set(['clear', 'declined', 'cancelled', 'diverted']);

/** The unit is still on it. */
export const isUnderWay = ({ status }: { status: AssignmentStatus }): boolean => !endsOfAssignment.has(status);

/** What a unit is on now; its last one stays with it when that is over. Undefined: it is its own. */
export const openAssignment = <Assignment extends { status: AssignmentStatus }>({
  assignment,
}: {
  assignment?: Assignment | undefined;
}): Assignment | undefined => (assignment !== undefined && isUnderWay(assignment) ? assignment : undefined);

/** One unit on one incident, as the incident keeps it. */
export const AssignmentSummary = z.object({
  assignmentId: AssignmentId,
  unitId: UnitId,
  unitName: label(60),
  status: AssignmentStatus,
  /** First time of each status, epoch ms. */
  atMs: z.partialRecord(AssignmentStatus, EpochMs),
  /** Of an end: why, in the words of its line in the timeline. */
  reason: label(200).meta({ class: 'health' }).optional(),
  /** Counts up with each change of the assignment. */
  seq: z.number().int().min(0),
  /** The unit's: it sees what its unit is sent to. Absent: sent before this was said. */
  agency: Agency.optional(),
  /** The unit is simulated: what it does is in no month. */
  isSimulated: z.literal(true).optional(),
});
export type AssignmentSummary = z.infer<typeof AssignmentSummary>;

/** Reason of a failure where nobody has set that way up: no fault of anybody, and said without one. */
export const NOT_SET_UP = 'tidak diatur · not set up';

/** How one way of alerting a crew went. */
export const AlertOutcome = z.object({
  channel: Channel,
  outcome: z.enum(['sent', 'delivered', 'failed']),
  atMs: EpochMs,
  /** Exact, of a failure. */
  reason: label(200).optional(),
});
export type AlertOutcome = z.infer<typeof AlertOutcome>;

export const emergencyAssignments = defineStream({
  name: 'emergency.assignments',
  delivery: 'latest',
  keepForDays: 3650,
  onRequest: true,
});

/** One unit on one incident, from being sent to its end: the incident counts its times by it. */
export const AssignmentChanged = defineEvent({
  name: 'emergency.assignment.changed',
  summary: 'One unit on one incident, from being sent to its end.',
  stream: emergencyAssignments,
  data: AssignmentSummary.extend({ incidentId: IncidentId }),
  key: (assignment) => assignment.assignmentId,
  version: (assignment) => assignment.seq,
  audience: emergencyAgencies,
});
export type AssignmentChanged = DataOf<typeof AssignmentChanged>;
