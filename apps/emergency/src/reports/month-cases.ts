import {
  isOpenIncident,
  type AssignmentChanged,
  type AssignmentStatus,
  type IncidentKind,
  type IncidentDisposition,
  type ResponseInterval,
  type TriageTag,
} from '@siaga/contracts';
import type { StoredCall } from '../calls/call-document.ts';
import type { StoredIncident } from '../incidents/incident-document.ts';
import { timesOf } from '../incidents/incident-times.ts';
import type { Ends, Stamps } from './interval-rules.ts';
import { endsIn } from './interval-rules.ts';

/** Of an incident what a month is reckoned from. */
export type IncidentOfMonth = Pick<
  StoredIncident,
  '_id' | 'status' | 'kind' | 'tag' | 'place' | 'calls' | 'assignments' | 'timesOfMerged' | 'disposition' | 'openedAtMs'
>;

/** Of a call likewise. */
export type CallOfMonth = Pick<
  StoredCall,
  '_id' | 'status' | 'startedAtMs' | 'answeredAtMs' | 'disposition' | 'telephone'
>;

/** One incident as the month counts it. */
export interface Case {
  kind: IncidentKind | undefined;
  kelurahanCode: string | undefined;
  tag: TriageTag | undefined;
  isOpen: boolean;
  disposition: IncidentDisposition | undefined;
  assignments: readonly AssignmentChanged[];
  stamps: Stamps;
}

/** What ends an assignment before anybody arrived, unless a stamp says so. */
const ENDED_EARLY: ReadonlySet<AssignmentStatus> = new Set(['declined', 'cancelled', 'diverted']);

/** An incident with what its calls know. */
export function caseOf(incident: IncidentOfMonth, callOf: (callId: string) => CallOfMonth | undefined): Case {
  const { kind, place, tag, disposition, calls, openedAtMs } = incident;
  // while a city tries things out, simulated units go to real calls: they count for nobody
  const assignments = incident.assignments.filter(({ isSimulated }) => isSimulated !== true);
  const callers = calls.map(({ callId }) => callOf(callId)).filter((call) => call !== undefined);
  const begunAtMs = calls.length === 0 ? openedAtMs : first(callers.map((call) => call.startedAtMs));
  const ringsAtMs = first(callers.map(({ telephone }) => telephone?.ringing));
  return {
    ...{ kind, kelurahanCode: place?.kelurahanCode, tag, disposition, assignments },
    isOpen: isOpenIncident(incident),
    stamps: { ...timesOf({ ...incident, assignments }), begunAtMs, ringsAtMs },
  };
}

const first = (all: readonly (number | undefined)[]): number | undefined =>
  all.reduce((least, one) => (one === undefined || (least ?? Infinity) < one ? least : one), undefined);

/** The ends of an interval in each case that had it, or must have had it: what never began is not missing. */
export const endsOf = (cases: readonly Case[], interval: ResponseInterval): Ends[] =>
  cases.flatMap((one) => {
    const ends = endsIn(one.stamps, interval);
    const isWhole = ends.fromMs !== undefined && ends.toMs !== undefined;
    return isWhole || (!one.isOpen && mustHave(one, interval)) ? [ends] : [];
  });

function mustHave({ assignments, stamps, disposition }: Case, interval: ResponseInterval): boolean {
  if (interval === 'answer') return stamps.answeredAtMs !== undefined;
  if (interval === 'to-hospital' || interval === 'hand-over')
    return (stamps.atHospitalAtMs ?? stamps.handedOverAtMs) !== undefined || disposition === 'transported';
  const hasGone = assignments.some(({ status, atMs }) => !ENDED_EARLY.has(status) || atMs['on-scene'] !== undefined);
  if (interval === 'dispatch') return hasGone && stamps.answeredAtMs !== undefined;
  return hasGone;
}
