import { z } from 'zod';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineStream } from './define-stream.ts';
import {
  CallId,
  Deed,
  emergencyAgencies,
  EmergencyPlace,
  IncidentId,
  IncidentKind,
  Partner,
  PatrolId,
} from './emergency.ts';
import { TriageRecord, TriageTag } from './emergency-triage.ts';
import { AssignmentSummary } from './emergency-assignments.ts';
import { Agency, EpochMs } from './shapes.ts';
import { lines } from './street-reports.ts';

const Count = z.number().int().min(0);

/**
 * Masuk → unit dikirim → menuju → di lokasi → … → selesai. What units do makes it, never a hand; EIDO's
 * incidentStatusCommon: Active, ResourcesAssigned, ResourcesEnroute, ResourcesOnscene, Closed.
 */
export const IncidentStatus = z.enum(['active', 'assigned', 'en-route', 'on-scene', 'closed', 'merged']);
export type IncidentStatus = z.infer<typeof IncidentStatus>;

/** Neither closed nor part of another. */
export const isOpenIncident = ({ status }: { status: IncidentStatus }): boolean =>
  status !== 'closed' && status !== 'merged';

/** Ladder: 1 Satpol PP and Linmas, 2 also Polsek, 3 also Kodim. */
export const IncidentLevel = z.union([z.literal(1), z.literal(2), z.literal(3)]);
export type IncidentLevel = z.infer<typeof IncidentLevel>;

/** How an incident ended; words of APCO ANS 1.111.2 where it has them. */
export const IncidentDisposition = z.enum([
  'handled',
  'treated-released',
  'transported',
  'transferred',
  'refused',
  'gone-on-arrival',
  'no-patient-found',
  'referred',
  'cancelled',
  'duplicate',
  'false-alarm',
]);
export type IncidentDisposition = z.infer<typeof IncidentDisposition>;

/** Stamps of an incident: the first of each kind over all calls and units, absent while it was not so. */
export const IncidentTimes = z.object({
  answeredAtMs: EpochMs.optional(),
  locatedAtMs: EpochMs.optional(),
  triagedAtMs: EpochMs.optional(),
  dispatchedAtMs: EpochMs.optional(),
  acceptedAtMs: EpochMs.optional(),
  enRouteAtMs: EpochMs.optional(),
  onSceneAtMs: EpochMs.optional(),
  patientContactAtMs: EpochMs.optional(),
  leftSceneAtMs: EpochMs.optional(),
  atHospitalAtMs: EpochMs.optional(),
  handedOverAtMs: EpochMs.optional(),
  clearAtMs: EpochMs.optional(),
});
export type IncidentTimes = z.infer<typeof IncidentTimes>;

export const emergencyIncidents = defineStream({ name: 'emergency.incidents', delivery: 'latest', keepForDays: 3650 });

/** One incident as it is now. A tombstone a day after it was closed: lists show it for longer. */
export const IncidentChanged = defineEvent({
  name: 'emergency.incident.changed',
  summary: 'One incident as it is now: what and where, how bad, who is on it, and its times.',
  stream: emergencyIncidents,
  data: z.object({
    incidentId: IncidentId,
    status: IncidentStatus,
    kind: IncidentKind.optional(),
    level: IncidentLevel,
    tag: TriageTag.optional(),
    place: EmergencyPlace.optional(),
    victims: Count.optional(),
    /** Everyone who called about it, those of merged incidents, too. */
    callIds: z.array(CallId).max(200),
    /** Of `merged`: the one that goes on. */
    mergedInto: IncidentId.optional(),
    /** The round on which a squad found it. */
    patrolId: PatrolId.optional(),
    /** Of a squad's finding: when it saw it, by its telephone. `openedAtMs` is when it was received, and what is reckoned with. */
    seenAtMs: EpochMs.optional(),
    /** Incidents that were merged into this one: each can be split off again. */
    merged: z.array(IncidentId).max(100),
    /** Who was told and sees it, beside those of the emergency service. */
    agencies: z.array(Agency).max(Agency.options.length),
    /** Partners without a desk here that somebody told; absent: none. */
    partners: z.array(Partner).max(Partner.options.length).optional(),
    assignments: z.array(AssignmentSummary).max(100),
    times: IncidentTimes,
    disposition: IncidentDisposition.optional(),
    closed: Deed.optional(),
    openedAtMs: EpochMs,
    changedAtMs: EpochMs,
    version: z.number().int().min(1),
  }),
  key: (incident) => incident.incidentId,
  version: (incident) => incident.version,
  where: (incident) => incident.place,
  audience: ({ agencies }) => [...new Set([...emergencyAgencies, ...agencies])],
  urgent: true,
});
export type IncidentChanged = DataOf<typeof IncidentChanged>;

/** Everything of an incident that the desk works with. */
export const Incident = IncidentChanged.data.extend({
  /** What callers said, gathered; as typed. */
  words: lines(4000).meta({ class: 'health' }).optional(),
  triage: TriageRecord.optional(),
});
export type Incident = z.infer<typeof Incident>;
