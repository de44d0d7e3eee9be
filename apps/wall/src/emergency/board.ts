import {
  isOpenIncident,
  isUnderWay,
  type CallChanged,
  type IncidentChanged,
  type TriageTag,
  type UnitChanged,
} from '@siaga/contracts';

type Known<Data> = ReadonlyMap<string, { data: Data; exercise: boolean }>;

/** What a screen knows of calls, incidents and units. */
export interface Board {
  /**
   * Calls that wait for somebody or are being answered, oldest first: ringing, then answered, then those that somebody has to
   * ring back, whether that was said or nobody answered in time.
   */
  calls: readonly CallChanged[];
  /** Open incidents: worst first, then oldest first, so that an answer moves nothing under the hand. */
  incidents: readonly IncidentChanged[];
  /** In the order of their names. */
  units: readonly UnitChanged[];
  /** Everything that this screen knows, also what is over: a day longer than it lasted. */
  known: { calls: readonly CallChanged[]; incidents: readonly IncidentChanged[] };
  /** Also those that are over, while the screen still knows them. */
  call: (callId: string) => CallChanged | undefined;
  incident: (incidentId: string) => IncidentChanged | undefined;
  unit: (unitId: string) => UnitChanged | undefined;
  isExercise: (id: string) => boolean;
}

/** In this order; what is not here waits for nobody. */
const waits: Partial<Record<CallChanged['status'], number>> = { ringing: 0, talking: 1, 'call-back': 2, unanswered: 2 };
const waitOf = ({ status }: CallChanged): number => waits[status] ?? Infinity;

const tags: readonly (TriageTag | undefined)[] = ['red', 'yellow', undefined, 'green', 'black'];

/** Red before yellow before what nobody has asked about before green; a higher step of the ladder before a lower one. */
const gravity = ({ tag, level }: IncidentChanged): number => tags.indexOf(tag) * 10 - level;

/** Assignments that are not over. */
export const onIt = ({ assignments }: IncidentChanged) => assignments.filter(isUnderWay);

export function boardOf(known: {
  calls: Known<CallChanged>;
  incidents: Known<IncidentChanged>;
  units: Known<UnitChanged>;
}): Board {
  const all = <Data>(map: Known<Data>) => [...map.values()].map(({ data }) => data);
  const { calls, incidents, units } = known;
  return {
    calls: all(calls)
      .filter(({ status }) => status in waits)
      .sort((one, other) => waitOf(one) - waitOf(other) || one.startedAtMs - other.startedAtMs),
    incidents: all(incidents)
      .filter(isOpenIncident)
      .sort((one, other) => gravity(one) - gravity(other) || one.openedAtMs - other.openedAtMs),
    units: all(units).sort((one, other) => one.name.localeCompare(other.name, 'id', { numeric: true })),
    known: { calls: all(calls), incidents: all(incidents) },
    call: (callId) => calls.get(callId)?.data,
    incident: (incidentId) => incidents.get(incidentId)?.data,
    unit: (unitId) => units.get(unitId)?.data,
    isExercise: (id) => [calls, incidents, units].some((map: Known<unknown>) => map.get(id)?.exercise === true),
  };
}
