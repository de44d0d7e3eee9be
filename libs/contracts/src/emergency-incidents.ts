import { z } from 'zod';
import { AlarmActor } from './alarm.ts';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineRoute } from './define-route.ts';
import { defineStream } from './define-stream.ts';
import {
  callDesk,
  CallId,
  Deed,
  dispatchDesk,
  emergencyAgencies,
  EmergencyPlace,
  emergencyReaders,
  IncidentId,
  IncidentKind,
} from './emergency.ts';
import { TriageAnswer, TriageCard, TriageQuestion, TriageRecord, TriageTag } from './emergency-triage.ts';
import { AssignmentSummary } from './emergency-units.ts';
import { Agencies, Agency, EpochMs, label, pageOf, PageQuery } from './shapes.ts';
import { lines } from './street-reports.ts';

const Count = z.number().int().min(0);
const atDesk = { permission: callDesk, agencies: emergencyAgencies };

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
    /** Incidents that were merged into this one: each can be split off again. */
    merged: z.array(IncidentId).max(100),
    /** Who was told and sees it, beside those of the emergency service. */
    agencies: z.array(Agency).max(Agency.options.length),
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

/** What can happen to an incident, its calls and its units. */
export const IncidentStep = z.enum([
  'call-opened',
  'call-claimed',
  'call-taken-over',
  'call-joined',
  'call-back',
  'call-closed',
  'place-asked',
  'placed',
  'opened',
  'described',
  'triaged',
  'overruled',
  'level-changed',
  'agency-told',
  'merged',
  'split',
  'noted',
  'unit-skipped',
  'dispatched',
  'alerted',
  'alert-failed',
  'unanswered',
  'accepted',
  'declined',
  'en-route',
  'on-scene',
  'patient-contact',
  'leaving-scene',
  'at-hospital',
  'handed-over',
  'clear',
  'diverted',
  'cancelled',
  'caller-called',
  'closed',
  'reopened',
]);
export type IncidentStep = z.infer<typeof IncidentStep>;

/** Not for long: what people said is kept, masked and erased in documents. */
export const emergencyTimeline = defineStream({ name: 'emergency.timeline', delivery: 'every', keepForDays: 30 });

/**
 * Something happened that belongs to an incident's story, or to a call that has none yet. The aggregate that did it tells it
 * with the same change, so nothing happens untold; `entryId` is the same on every repeat.
 */
export const IncidentLogged = defineEvent({
  name: 'emergency.incident.logged',
  summary: 'Something happened to an incident, one of its calls or one of its units: one line of its timeline.',
  stream: emergencyTimeline,
  data: Deed.extend({
    /** `TLP-7K2M9QXA#3`: the aggregate and the how manieth change of it. */
    entryId: z.string().regex(/^[A-Za-z0-9._-]{1,40}#\d{1,9}(\.\d{1,3})?$/),
    step: IncidentStep,
    incidentId: IncidentId.optional(),
    callId: CallId.optional(),
    unitId: label(40).optional(),
    /** Written down for a unit by somebody at the desk. */
    onBehalf: z.literal(true).optional(),
    /** Another incident: merged, split off, diverted to. */
    otherIncidentId: IncidentId.optional(),
    agency: Agency.optional(),
    level: IncidentLevel.optional(),
    tag: TriageTag.optional(),
    /** Why, or what was said. */
    words: lines(2000).meta({ class: 'health' }).optional(),
    /** Of the aggregates this comes from, for who sees it. */
    agencies: z.array(Agency).max(Agency.options.length).default([]),
  }),
  key: (logged) => logged.incidentId ?? logged.callId ?? logged.unitId ?? logged.entryId,
  id: (logged) => logged.entryId,
  audience: ({ agencies }) => [...new Set([...emergencyAgencies, ...agencies])],
  urgent: true,
});
export type IncidentLogged = DataOf<typeof IncidentLogged>;

const ByIncident = z.object({ incidentId: IncidentId });
const act = { method: 'POST', params: ByIncident, answer: Incident, status: 200, ...atDesk } as const;

export const OpenIncident = defineRoute({
  name: 'emergency.incidents.open',
  summary:
    'An incident of what a call has told by now; asked again for the same call it answers the same incident. Without a call: what somebody in the field or at the desk saw.',
  method: 'POST',
  path: '/api/emergency/incidents',
  body: z.object({
    callId: CallId.optional(),
    kind: IncidentKind.optional(),
    place: EmergencyPlace.optional(),
    words: lines(2000).meta({ class: 'health' }).optional(),
  }),
  answer: Incident,
  ...atDesk,
});

export const JoinIncident = defineRoute({
  name: 'emergency.incidents.join',
  summary: 'One more caller about an incident that is known.',
  path: '/api/emergency/incidents/:incidentId/calls',
  body: z.object({ callId: CallId }),
  ...act,
});

export const ListIncidents = defineRoute({
  name: 'emergency.incidents.list',
  summary: 'Incidents, last opened first; `open=true` those that are neither closed nor merged.',
  method: 'GET',
  path: '/api/emergency/incidents',
  query: PageQuery.extend({ open: z.stringbool().optional(), kind: IncidentKind.optional() }),
  answer: pageOf(Incident),
  permission: emergencyReaders,
});

export const GetIncident = defineRoute({
  name: 'emergency.incidents.get',
  summary: 'One incident with its timeline, oldest first: those of merged ones, too. The last 1,000 lines.',
  method: 'GET',
  path: '/api/emergency/incidents/:incidentId',
  params: ByIncident,
  answer: z.object({ incident: Incident, timeline: z.array(IncidentLogged.data).max(1000) }),
  permission: emergencyReaders,
  audit: ({ params }: { params: { incidentId: string } }) => [`incident:${params.incidentId}`],
});

export const SuggestDuplicates = defineRoute({
  name: 'emergency.incidents.duplicates',
  summary:
    'Open incidents that may be the same as a call: near in place, as far as both are known, and in time; likeliest first.',
  method: 'GET',
  path: '/api/emergency/calls/:callId/duplicates',
  params: z.object({ callId: CallId }),
  answer: z.object({
    items: z
      .array(
        z.object({
          incidentId: IncidentId,
          /** Between both places, and how uncertain both are together; absent: one of them has none. */
          distanceM: Count.optional(),
          uncertaintyM: Count.optional(),
          agoMs: Count,
          isSameKind: z.boolean(),
          /** Somebody called about it from the same number. */
          isSameNumber: z.boolean(),
        }),
      )
      .max(10),
  }),
  ...atDesk,
});

export const DescribeIncident = defineRoute({
  name: 'emergency.incidents.describe',
  summary: 'Says better what, where and how many: only the fields given are changed.',
  path: '/api/emergency/incidents/:incidentId/description',
  body: z.object({
    kind: IncidentKind.optional(),
    place: EmergencyPlace.optional(),
    victims: Count.max(10_000).optional(),
    words: lines(4000).meta({ class: 'health' }).optional(),
  }),
  ...act,
});

export const GetTriageCard = defineRoute({
  name: 'emergency.triage-card.get',
  summary: 'The card of questions in force, with what to tell the caller.',
  method: 'GET',
  path: '/api/emergency/triage-card',
  answer: TriageCard,
  permission: emergencyReaders,
});

export const TriageIncident = defineRoute({
  name: 'emergency.incidents.triage',
  summary: 'Answers of the life-risk card: only those given are changed; `overruled` where somebody knows better.',
  path: '/api/emergency/incidents/:incidentId/triage',
  body: z.object({
    cardVersion: TriageCard.shape.version,
    answers: z.record(TriageQuestion.shape.questionId, TriageAnswer).meta({ class: 'health' }).optional(),
    overruled: TriageRecord.shape.overruled,
  }),
  ...act,
});

export const RaiseIncident = defineRoute({
  name: 'emergency.incidents.level',
  summary: 'Up or down the ladder, with the reason.',
  path: '/api/emergency/incidents/:incidentId/level',
  body: z.object({ level: IncidentLevel, reason: label(200) }),
  ...act,
});

export const TellAgencies = defineRoute({
  name: 'emergency.incidents.tell',
  summary: 'Other agencies see the incident from now on, on their own desks.',
  path: '/api/emergency/incidents/:incidentId/agencies',
  body: z.object({ agencies: Agencies }),
  ...act,
});

export const MergeIncident = defineRoute({
  name: 'emergency.incidents.merge',
  summary:
    'The same event twice: this one goes into the other, with all its callers; its units go on with the other. Nothing is lost, and it can be split off again.',
  path: '/api/emergency/incidents/:incidentId/merge',
  body: z.object({ into: IncidentId }),
  ...act,
});

export const SplitIncident = defineRoute({
  name: 'emergency.incidents.split',
  summary: 'Takes a merge back: the incident stands alone again with the callers it had.',
  path: '/api/emergency/incidents/:incidentId/split',
  body: z.object({ reason: label(200) }),
  ...act,
});

export const NoteIncident = defineRoute({
  name: 'emergency.incidents.note',
  summary: 'A line in the timeline.',
  path: '/api/emergency/incidents/:incidentId/notes',
  body: z.object({ words: lines(2000).meta({ class: 'health' }) }),
  ...act,
});

export const CloseIncident = defineRoute({
  name: 'emergency.incidents.close',
  summary: 'It is over, and how it ended. 409 while a unit is on it, or when it is over already: by whom is told.',
  path: '/api/emergency/incidents/:incidentId/close',
  body: z.object({ disposition: IncidentDisposition, remark: label(300).optional() }),
  ...act,
});

export const ReopenIncident = defineRoute({
  name: 'emergency.incidents.reopen',
  summary: 'It was not over.',
  path: '/api/emergency/incidents/:incidentId/reopen',
  body: z.object({ reason: label(200) }),
  ...act,
});

export const ExportIncident = defineRoute({
  name: 'emergency.incidents.export',
  summary:
    'Everything about an incident in one file: each line of the timeline with the SHA-256 of the one before and itself, and one of the rest with the last, so that anything changed or missing shows.',
  method: 'GET',
  path: '/api/emergency/incidents/:incidentId/export',
  params: ByIncident,
  answer: z.object({
    incident: Incident,
    exportedAtMs: EpochMs,
    by: AlarmActor,
    timeline: z.array(z.object({ entry: IncidentLogged.data, sha256: z.string() })),
    /** Of everything else in the file and the hash of the last line. */
    sha256: z.string(),
  }),
  permission: dispatchDesk,
  agencies: emergencyAgencies,
  audit: ({ params }: { params: { incidentId: string } }) => [`incident:${params.incidentId}`],
});

export const ClearEmergencyExercise = defineRoute({
  name: 'emergency.exercise.clear',
  summary: 'Removes every simulated call, incident and unit.',
  method: 'DELETE',
  path: '/api/emergency/exercise',
  answer: z.object({ calls: Count, incidents: Count, units: Count }),
  permission: ['city-admin'],
});
