import {
  Incident,
  IncidentChanged,
  type Agency,
  type AssignmentChanged,
  type EmergencyPlace,
  type IncidentDisposition,
  type IncidentKind,
  type IncidentLevel,
  type IncidentStatus,
  type IncidentTimes,
  type Partner,
  type TriageRecord,
  type TriageTag,
} from '@siaga/contracts';
import { defineCollection, stateOf, type Stored } from '@siaga/store';
import { timesOf, type CallOfIncident } from './incident-times.ts';

/** So many callers, units and merged ones an incident has, as its contract says. */
export const MOST_CALLS = 200;
export const MOST_ASSIGNMENTS = 100;
export const MOST_MERGED = 100;

/** Somebody who did something to it, as the next one is told. */
export interface Doer {
  by: string;
  atMs: number;
}

/** Two incidents while they become one: nobody closes either, or merges it with a third. */
export interface Merging extends Doer {
  /** Same in both. */
  token: string;
  otherId: string;
}

/** An incident as the rules see it. */
export interface IncidentDocument {
  status: IncidentStatus;
  kind?: IncidentKind | undefined;
  level: IncidentLevel;
  tag?: TriageTag | undefined;
  place?: EmergencyPlace | undefined;
  victims?: number | undefined;
  words?: string | undefined;
  triage?: TriageRecord | undefined;
  /** Its own and those of incidents merged into it. */
  calls: CallOfIncident[];
  /** Likewise. */
  assignments: AssignmentChanged[];
  merged: string[];
  /** Agencies that were told of it. */
  told: Agency[];
  /** Also those that were told of what was merged into it. */
  agencies: Agency[];
  /** Partners without a desk that were told of it; absent: none. */
  partnersTold?: Partner[] | undefined;
  /** Also those that were told of what was merged into it. */
  partners?: Partner[] | undefined;
  /** First stamps of its own that no call or unit has. */
  locatedAtMs?: number | undefined;
  triagedAtMs?: number | undefined;
  /** First stamps of incidents merged into it. */
  timesOfMerged: IncidentTimes;
  mergedInto?: string | undefined;
  mergedBy?: Doer | undefined;
  /** The round on which a squad found it. */
  patrolId?: string | undefined;
  /** When that was, by its telephone; it may have been told much later. */
  seenAtMs?: number | undefined;
  merging?: Merging | undefined;
  disposition?: IncidentDisposition | undefined;
  closed?: Doer | undefined;
  openedAtMs: number;
  changedAtMs: number;
  exercise: boolean;
  /** Over for so long that screens are not told of it any more; lists are. */
  archived?: true | undefined;
}

export type StoredIncident = Stored<IncidentDocument>;

/** Incidents; `_id` is the incidentId. */
export const incidents = defineCollection<IncidentDocument>({
  name: 'emergency_incidents',
  called: 'insiden',
  fields: {
    status: { type: String, required: true },
    kind: String,
    level: { type: Number, required: true },
    tag: String,
    place: { type: Object, default: undefined },
    victims: Number,
    words: String,
    triage: { type: Object, default: undefined },
    calls: { type: [Object], required: true },
    assignments: { type: [Object], required: true },
    merged: { type: [String], required: true },
    told: { type: [String], required: true },
    agencies: { type: [String], required: true },
    partnersTold: { type: [String], default: undefined },
    partners: { type: [String], default: undefined },
    locatedAtMs: Number,
    triagedAtMs: Number,
    timesOfMerged: { type: Object, required: true },
    mergedInto: String,
    patrolId: String,
    seenAtMs: Number,
    mergedBy: { type: Object, default: undefined },
    merging: { type: Object, default: undefined },
    disposition: String,
    closed: { type: Object, default: undefined },
    openedAtMs: { type: Number, required: true },
    changedAtMs: { type: Number, required: true },
    exercise: { type: Boolean, required: true },
    archived: Boolean,
  },
  indexes: [
    { name: 'opened', fields: { openedAtMs: 1 } },
    { name: 'status', fields: { status: 1, openedAtMs: 1 } },
    { name: 'merged-into', fields: { mergedInto: 1 }, sparse: true },
    { name: 'merged', fields: { merged: 1 } },
    { name: 'exercise', fields: { exercise: 1 } },
  ],
  state: stateOf(IncidentChanged, (stored) => (stored.archived === true ? null : shownOf(stored))),
});

/** What screens are told of an incident: what the contract names, and nothing else. */
const shownOf = (stored: StoredIncident): IncidentChanged => IncidentChanged.data.parse(saidOf(stored));

/** What the desk works with: also what was said, and triage. */
export const incidentOf = (stored: StoredIncident): Incident => Incident.parse(saidOf(stored));

/** Never more than the contract lets through: what cannot be told would stop everything behind it. */
function saidOf({ _id, calls, ...stored }: StoredIncident) {
  const { assignments, merged } = stored;
  return {
    ...{ ...stored, incidentId: _id, times: timesOf({ calls, ...stored }) },
    callIds: calls.map(({ callId }) => callId).slice(0, MOST_CALLS),
    assignments: assignments.slice(-MOST_ASSIGNMENTS),
    merged: merged.slice(0, MOST_MERGED),
  };
}
