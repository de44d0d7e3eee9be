import { z } from 'zod';
import { AlarmActor } from './alarm.ts';
import { defineRoute } from './define-route.ts';
import {
  callDesk,
  CallId,
  dispatchDesk,
  emergencyAgencies,
  emergencyReaders,
  IncidentId,
  IncidentKind,
  Simulated,
} from './emergency.ts';
import { Incident } from './emergency-incidents.ts';
import { IncidentLogged } from './emergency-timeline.ts';
import { EpochMs, pageOf, PageQuery } from './shapes.ts';

const Count = z.number().int().min(0);
const ByIncident = z.object({ incidentId: IncidentId });

export const ListIncidents = defineRoute({
  name: 'emergency.incidents.list',
  summary: 'Incidents, last opened first; `open=true` those that are neither closed nor merged.',
  method: 'GET',
  path: '/api/emergency/incidents',
  query: PageQuery.extend({ open: z.stringbool().optional(), kind: IncidentKind.optional() }),
  answer: pageOf(Incident.extend(Simulated.shape)),
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
  permission: callDesk,
  agencies: emergencyAgencies,
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
