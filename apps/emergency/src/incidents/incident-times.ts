import {
  isUnderWay,
  type AssignmentChanged,
  type AssignmentStatus,
  type IncidentStatus,
  type IncidentTimes,
} from '@siaga/contracts';

/** One who called about an incident. */
export interface CallOfIncident {
  callId: string;
  /** The incident it was opened for or joined: of a merged one's callers another than the one that goes on. */
  incidentId: string;
  answeredAtMs?: number | undefined;
}

/** What an incident's stamps are taken from. */
interface Stamped {
  calls: readonly CallOfIncident[];
  assignments: readonly AssignmentChanged[];
  locatedAtMs?: number | undefined;
  triagedAtMs?: number | undefined;
  timesOfMerged: IncidentTimes;
}

/** The stamp that each status of a unit leaves on its incident. */
const stampOf = {
  dispatched: 'dispatchedAtMs',
  accepted: 'acceptedAtMs',
  'en-route': 'enRouteAtMs',
  'on-scene': 'onSceneAtMs',
  'patient-contact': 'patientContactAtMs',
  'leaving-scene': 'leftSceneAtMs',
  'at-hospital': 'atHospitalAtMs',
  'handed-over': 'handedOverAtMs',
  clear: 'clearAtMs',
} as const satisfies Partial<Record<AssignmentStatus, keyof IncidentTimes>>;

/** The first of each kind over all calls and units, in whatever order they were told. */
export function timesOf({ calls, assignments, locatedAtMs, triagedAtMs, timesOfMerged }: Stamped): IncidentTimes {
  const ofCalls = calls.map(({ answeredAtMs }) => ({ answeredAtMs }));
  const ofUnits = assignments.map(({ atMs }) =>
    Object.fromEntries(Object.entries(stampOf).map(([status, name]) => [name, atMs[status as keyof typeof stampOf]])),
  );
  return firstOfEach([...ofCalls, ...ofUnits, { locatedAtMs, triagedAtMs }, timesOfMerged]);
}

type Stamps = { readonly [Name in keyof IncidentTimes]?: number | undefined };

/** Of several sets of stamps the earliest of each name. */
export function firstOfEach(all: readonly Stamps[]): IncidentTimes {
  const first: Record<string, number> = {};
  for (const [name, atMs] of all.flatMap((stamps) => Object.entries(stamps)))
    if (atMs !== undefined) first[name] = Math.min(atMs, first[name] ?? Infinity);
  return first;
}

/** How far an open incident is, by its unit that is furthest; with none on it, it waits. */
export function statusOf(assignments: readonly AssignmentChanged[]): IncidentStatus {
  const under = new Set(assignments.filter(isUnderWay).map(({ status }) => status));
  if (under.size === 0) return 'active';
  if ([...under].every((status) => status === 'dispatched' || status === 'accepted')) return 'assigned';
  return [...under].every((status) => ['dispatched', 'accepted', 'en-route'].includes(status))
    ? 'en-route'
    : 'on-scene';
}

/** The list with what an assignment says now, or the list itself when that was known; it arrives late and twice. */
export function withAssignment(assignments: AssignmentChanged[], said: AssignmentChanged): AssignmentChanged[] {
  const known = assignments.find(({ assignmentId }) => assignmentId === said.assignmentId);
  if (known !== undefined && known.seq >= said.seq) return assignments;
  const others = assignments.filter((one) => one !== known);
  return [...others, said].sort(byId);
}

/** The same order whatever arrived first. */
const byId = (one: AssignmentChanged, other: AssignmentChanged) => (one.assignmentId < other.assignmentId ? -1 : 1);
