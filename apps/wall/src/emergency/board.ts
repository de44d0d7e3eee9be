import {
  endsOfAssignment,
  type CallChanged,
  type IncidentChanged,
  type TriageTag,
  type UnitChanged,
} from '@siaga/contracts';

type Known<Data> = ReadonlyMap<string, { data: Data; exercise: boolean }>;

/** What a screen knows of calls, incidents and units. */
export interface Board {
  /** Calls that wait for somebody or are being answered: ringing first, then those to call back, oldest first. */
  calls: readonly CallChanged[];
  /** Open incidents: worst first, then oldest first, so that an answer moves nothing under the hand. */
  incidents: readonly IncidentChanged[];
  /** In the order of their names. */
  units: readonly UnitChanged[];
  /** Also those that are over, while the screen still knows them. */
  call: (callId: string) => CallChanged | undefined;
  incident: (incidentId: string) => IncidentChanged | undefined;
  unit: (unitId: string) => UnitChanged | undefined;
  isExercise: (id: string) => boolean;
}

const waits = ['ringing', 'talking', 'call-back'];
const tags: readonly (TriageTag | undefined)[] = ['red', 'yellow', undefined, 'green', 'black'];

/** Red before yellow before what nobody has asked about before green; a higher step of the ladder before a lower one. */
const gravity = ({ tag, level }: IncidentChanged): number => tags.indexOf(tag) * 10 - level;

export const isOpen = ({ status }: Pick<IncidentChanged, 'status'>): boolean =>
  status !== 'closed' && status !== 'merged';

/** Assignments that are not over. */
export const onIt = ({ assignments }: IncidentChanged) =>
  assignments.filter(({ status }) => !endsOfAssignment.has(status));

/** What a unit is on now; its last one stays with it when that is over. */
export const jobOf = ({ assignment }: UnitChanged) =>
  assignment === undefined || endsOfAssignment.has(assignment.status) ? undefined : assignment;

export function boardOf(known: {
  calls: Known<CallChanged>;
  incidents: Known<IncidentChanged>;
  units: Known<UnitChanged>;
}): Board {
  const all = <Data>(map: Known<Data>) => [...map.values()].map(({ data }) => data);
  const { calls, incidents, units } = known;
  return {
    calls: all(calls)
      .filter(({ status }) => waits.includes(status))
      .sort((one, other) => waits.indexOf(one.status) - waits.indexOf(other.status) || one.startedAtMs - other.startedAtMs), // prettier-ignore
    incidents: all(incidents)
      .filter(isOpen)
      .sort((one, other) => gravity(one) - gravity(other) || one.openedAtMs - other.openedAtMs),
    units: all(units).sort((one, other) => one.name.localeCompare(other.name, 'id', { numeric: true })),
    call: (callId) => calls.get(callId)?.data,
    incident: (incidentId) => incidents.get(incidentId)?.data,
    unit: (unitId) => units.get(unitId)?.data,
    isExercise: (id) => [calls, incidents, units].some((map: Known<unknown>) => map.get(id)?.exercise === true),
  };
}
