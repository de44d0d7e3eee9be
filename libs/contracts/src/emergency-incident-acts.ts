import { z } from 'zod';
import { defineRoute } from './define-route.ts';
import {
  callDesk,
  CallId,
  Channel,
  emergencyAgencies,
  EmergencyPlace,
  IncidentId,
  IncidentKind,
  Partner,
} from './emergency.ts';
import { Incident, IncidentDisposition, IncidentLevel } from './emergency-incidents.ts';
import { TriageAnswers, TriageCard, TriageRecord } from './emergency-triage.ts';
import { DeskAgency, label } from './shapes.ts';
import { lines } from './street-reports.ts';

const Count = z.number().int().min(0);
const atDesk = { permission: callDesk, agencies: emergencyAgencies };
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

export const TriageIncident = defineRoute({
  name: 'emergency.incidents.triage',
  summary: 'Answers of the life-risk card: only those given are changed; `overruled` where somebody knows better.',
  path: '/api/emergency/incidents/:incidentId/triage',
  body: z.object({
    cardVersion: TriageCard.shape.version,
    answers: TriageAnswers.optional(),
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
  body: z.object({ agencies: z.array(DeskAgency).min(1).max(DeskAgency.options.length) }),
  ...act,
});

export const TellPartner = defineRoute({
  name: 'emergency.incidents.tell-partner',
  summary:
    'Somebody without a desk here (Polsek, Kodim, PLN …) was told of the incident by this way: who told whom, when and how stands in its timeline.',
  path: '/api/emergency/incidents/:incidentId/partners',
  body: z.object({ partner: Partner, channel: Channel.extract(['telephone', 'radio', 'whatsapp', 'in-person']) }),
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

export const ClearEmergencyExercise = defineRoute({
  name: 'emergency.exercise.clear',
  summary: 'Removes every simulated call, incident and unit.',
  method: 'DELETE',
  path: '/api/emergency/exercise',
  answer: z.object({ calls: Count, incidents: Count, units: Count }),
  permission: ['city-admin'],
});
