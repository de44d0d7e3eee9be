import {
  emergencyAgencies,
  Fault,
  isOpenIncident,
  isUnderWay,
  type Agency,
  type AssignmentChanged,
  type Channel,
  type IncidentDisposition,
  type IncidentLevel,
  type Partner,
} from '@siaga/contracts';
import { placed } from '../calls/place-in-city.ts';
import type { IncidentDocument, StoredIncident } from './incident-document.ts';
import { statusOf, withAssignment } from './incident-times.ts';
import {
  given,
  isPartOf,
  mustBeOpen,
  nothingSaid,
  openAgain,
  SHOWN_MS,
  type Actor,
  type Description,
  type Turn,
} from './incident-turn.ts';

/** What a unit on it does; nothing when it was known. One that is over and gets a unit was not over. */
export function worked(incident: IncidentDocument, said: AssignmentChanged): Turn | undefined {
  const assignments = withAssignment(incident.assignments, said);
  if (assignments === incident.assignments) return undefined;
  const { fields, lines } = atWork(incident, assignments);
  const { agency } = said;
  if (agency === undefined || emergencyAgencies.includes(agency) || incident.told.includes(agency))
    return { fields, lines };
  // its crew is to see what it is sent to
  return { fields: { ...fields, ...alsoTold(incident, [agency]) }, lines: [...lines, { step: 'agency-told', agency }] };
}

/** Who is on it now, and what follows for how far it is. */
export function atWork(incident: IncidentDocument, assignments: AssignmentChanged[]): Turn {
  if (incident.status === 'merged') return { fields: { assignments }, lines: [] };
  if (isOpenIncident(incident)) return { fields: { assignments, status: statusOf(assignments) }, lines: [] };
  if (!assignments.some(isUnderWay)) return { fields: { assignments }, lines: [] };
  return { fields: { assignments, ...openAgain({ assignments }) }, lines: [{ step: 'reopened' }] };
}

/** What, where and how many, said better. */
export function described(incident: StoredIncident, said: Description, { nowMs }: Actor): Turn {
  mustBeOpen(incident, nowMs);
  const { place, words, kind, victims } = said;
  const isMore = kind !== undefined || victims !== undefined || words !== undefined;
  if (place === undefined && !isMore) throw nothingSaid();
  const line = words === undefined ? {} : { words: words.slice(0, 2000).toWellFormed() };
  return {
    fields: {
      ...given(said),
      ...(place === undefined ? {} : { place: placed(place), locatedAtMs: incident.locatedAtMs ?? nowMs }),
    },
    lines: [
      ...(place === undefined ? [] : [{ step: 'placed' as const }]),
      ...(isMore ? [{ step: 'described' as const, ...line }] : []),
    ],
  };
}

/** Up or down the ladder. */
export function raised(incident: StoredIncident, to: { level: IncidentLevel; reason: string }, { nowMs }: Actor): Turn {
  mustBeOpen(incident, nowMs);
  const { level, reason } = to;
  if (incident.level === level)
    throw new Fault('conflict', `insiden ini sudah tingkat ${String(level)} · it is on this level already`);
  return { fields: { level }, lines: [{ step: 'level-changed', level, words: reason }] };
}

/** Agencies see it from now on; nothing when all of them do. */
export function told(incident: StoredIncident, agencies: readonly Agency[], { nowMs }: Actor): Turn | undefined {
  mustBeOpen(incident, nowMs);
  const more = [...new Set(agencies)].filter((agency) => !incident.told.includes(agency));
  if (more.length === 0) return undefined;
  return {
    fields: alsoTold(incident, more),
    lines: more.map((agency) => ({ step: 'agency-told', agency })),
  };
}

const alsoTold = ({ told, agencies }: IncidentDocument, more: readonly Agency[]) => ({
  ...{ told: [...told, ...more], agencies: [...new Set([...agencies, ...more])] },
});

/** Somebody without a desk here was told, by which way; each time is a line. */
export function toldPartner(
  incident: StoredIncident,
  { partner, channel }: { partner: Partner; channel: Channel },
  { nowMs }: Actor,
): Turn {
  mustBeOpen(incident, nowMs);
  const add = (list: readonly Partner[] = []) => [...new Set([...list, partner])];
  return {
    fields: { partnersTold: add(incident.partnersTold), partners: add(incident.partners) },
    lines: [{ step: 'partner-told', partner, channel }],
  };
}

/** A line in the timeline, also of one that is over. */
export const noted = (_: StoredIncident, words: string): Turn => ({ fields: {}, lines: [{ step: 'noted', words }] });

/** Over; not while a unit is on it. */
export function closed(
  incident: StoredIncident,
  { disposition, remark }: { disposition: IncidentDisposition; remark?: string | undefined },
  { by, nowMs }: Actor,
): Turn {
  mustBeOpen(incident, nowMs);
  const busy = incident.assignments.filter(isUnderWay).map(({ unitName, unitId }) => `${unitName} (${unitId})`);
  if (busy.length > 0)
    throw new Fault(
      'conflict',
      `masih ditangani ${busy.join(', ')}: selesaikan atau batalkan unitnya dulu · still on it: clear or cancel these units first`,
    );
  return {
    fields: { status: 'closed', disposition, closed: { by, atMs: nowMs }, wakeAtMs: nowMs + SHOWN_MS },
    lines: [{ step: 'closed', ...(remark === undefined ? {} : { words: remark }) }],
  };
}

/** It was not over. */
export function reopened(incident: StoredIncident, { reason }: { reason: string }): Turn {
  if (incident.status === 'merged') throw isPartOf(incident);
  if (incident.status !== 'closed') throw new Fault('conflict', 'insiden ini masih terbuka · it is open');
  return { fields: openAgain(incident), lines: [{ step: 'reopened', words: reason }] };
}
