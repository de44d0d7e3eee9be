import { belongsTo, emergencyAgencies, type Incident, type IncidentLogged } from '@siaga/contracts';
import type { Principal } from '@siaga/service';
import { incidentOf, type StoredIncident } from './incident-document.ts';

type Asker = Pick<Principal, 'agencies' | 'roles'>;

/** What somebody is told of an incident: who only was told of it gets neither what callers said nor what they answered. */
export function incidentFor(asker: Asker, stored: StoredIncident): Incident {
  const incident = incidentOf(stored);
  if (belongsTo(asker, emergencyAgencies)) return incident;
  delete incident.words;
  delete incident.place?.words;
  delete incident.triage?.answers;
  delete incident.triage?.overruled;
  return incident;
}

/** The lines that somebody may read: the same rule as the audience of their events. */
export const linesFor = (asker: Asker, lines: readonly IncidentLogged[]): IncidentLogged[] =>
  lines.filter(({ agencies }) => belongsTo(asker, [...emergencyAgencies, ...agencies]));
