import { z } from 'zod';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineStream } from './define-stream.ts';
import { BookingId, CallId, Deed, emergencyAgencies, IncidentId, Partner } from './emergency.ts';
import { PassedOver } from './emergency-dispatch.ts';
import { IncidentLevel } from './emergency-incidents.ts';
import { TriageAnswers, TriageTag } from './emergency-triage.ts';
import { Agency, EpochMs, label } from './shapes.ts';
import { lines } from './street-reports.ts';

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
  'partner-told',
  'merged',
  'split',
  'noted',
  'unit-skipped',
  'dispatched',
  'alerted',
  'alert-failed',
  'unanswered',
  'overdue',
  'accepted',
  'declined',
  'en-route',
  'on-scene',
  'patient-contact',
  'leaving-scene',
  'at-hospital',
  'handed-over',
  'clear',
  'bed-requested',
  'bed-extended',
  'bed-released',
  'bed-expired',
  'patient-announced',
  'patient-acknowledged',
  'patient-arrived',
  'patient-received',
  'diverted',
  'booking-diverted',
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
    /** The booking that an emergency took its unit from. */
    bookingId: BookingId.optional(),
    agency: Agency.optional(),
    /** Where a bed was asked for. */
    hospital: label(80).optional(),
    /** Told by `channel`: it has no desk here. */
    partner: Partner.optional(),
    /** Of `unit-skipped`: why it was not the one to send. */
    passedOver: PassedOver.optional(),
    /** Of `triaged`: what was answered now, by question of the card. */
    answers: TriageAnswers.optional(),
    /** Of `opened` by a squad: when it saw it, where `atMs` is when that was received. */
    seenAtMs: EpochMs.optional(),
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
