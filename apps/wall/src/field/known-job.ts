import { AssignmentStatus, IncidentKind, type IncidentChanged, type UnitChanged } from '@siaga/contracts';
import { z } from 'zod';
import { whereOf } from '../emergency/incidents/where-of.ts';

/**
 * A job as far as its crew needs it to get there, and as a phone keeps it for where there is no signal: what, where, how far
 * it is. No caller, no patient, no triage.
 */
export const KnownJob = z.object({
  unitId: z.string(),
  assignmentId: z.string(),
  status: AssignmentStatus,
  /** When it was sent, epoch ms. */
  sentAtMs: z.number().optional(),
  kind: IncidentKind.optional(),
  where: z.object({ said: z.string(), lat: z.number(), lng: z.number() }).optional(),
  isExercise: z.boolean(),
});
export type KnownJob = z.infer<typeof KnownJob>;

interface Sent {
  unitId: string;
  assignment: NonNullable<UnitChanged['assignment']>;
  incident: { data: IncidentChanged; exercise: boolean } | undefined;
}

/** What is known of a job by now; an incident that this phone does not have yet leaves out what it would say. */
export function knownJob({ unitId, assignment: { assignmentId, status, atMs }, incident }: Sent): KnownJob {
  const { kind, place } = incident?.data ?? {};
  const said = incident && whereOf(incident.data);
  return {
    ...{ unitId, assignmentId, status, isExercise: incident?.exercise === true },
    ...(atMs.dispatched !== undefined && { sentAtMs: atMs.dispatched }),
    ...(kind !== undefined && { kind }),
    ...(place !== undefined && said !== undefined && { where: { said, lat: place.lat, lng: place.lng } }),
  };
}
