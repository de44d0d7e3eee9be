import type { AssignmentChanged, TriageTag, UnitActivity } from '@siaga/contracts';
import type { StoredUnit } from '../units/unit-now.ts';
import { onDutyMs, type DutyWord, type Span } from './duty-rules.ts';
import type { Case } from './month-cases.ts';

/** What is known of units in a month. */
export interface ActivityBooks {
  /** Of the register. */
  units: readonly Pick<StoredUnit, '_id' | 'name' | 'unitClass' | 'agency'>[];
  cases: readonly Case[];
  /** Words about duties, and a unit's id for each time it was passed over for want of one; absent: not kept any more. */
  duties?: { words: readonly (DutyWord & { unitId: string })[]; skipped: readonly string[] } | undefined;
  span: Span;
}

interface Job {
  assignment: AssignmentChanged;
  tag: TriageTag | undefined;
}

/** What each unit did: those of the register, and those that were sent before they left it. */
export function activityOf({ units, cases, duties, span }: ActivityBooks): UnitActivity[] {
  const all = cases.flatMap(({ assignments, tag }) => assignments.map((assignment): Job => ({ assignment, tag })));
  // what was heard of in two incidents, between a merge and its end, was one job
  const once = [...new Map(all.map((job) => [job.assignment.assignmentId, job])).values()];
  const jobs = Map.groupBy(once, ({ assignment }) => assignment.unitId);
  const said = Map.groupBy(duties?.words ?? [], ({ unitId }) => unitId);
  const known = new Map(units.map((unit) => [unit._id, unit]));
  return [...new Set([...known.keys(), ...jobs.keys()])]
    .map((unitId) => {
      const mine = jobs.get(unitId) ?? [];
      const unit = known.get(unitId);
      return {
        ...{ unitId, name: unit?.name ?? mine[0]?.assignment.unitName ?? unitId },
        ...(unit === undefined ? {} : { unitClass: unit.unitClass, agency: unit.agency }),
        ...countsOf(mine),
        ...(duties !== undefined && {
          onDutyMs: onDutyMs(said.get(unitId) ?? [], span),
          skippedWithoutCrew: duties.skipped.filter((one) => one === unitId).length,
        }),
      };
    })
    .sort((one, other) => one.name.localeCompare(other.name, 'id', { numeric: true }));
}

function countsOf(jobs: readonly Job[]) {
  const count = (counts: (job: Job) => boolean) => jobs.filter(counts).length;
  const stamped = (status: keyof AssignmentChanged['atMs']) =>
    count(({ assignment }) => assignment.atMs[status] !== undefined);
  return {
    ...{ sent: jobs.length, accepted: stamped('accepted'), arrived: stamped('on-scene') },
    ...{ transported: stamped('at-hospital'), declined: stamped('declined') },
    calledOff: count(({ assignment: { status } }) => status === 'cancelled' || status === 'diverted'),
    urgent: count(({ tag }) => tag === 'red' || tag === 'yellow'),
    notUrgent: count(({ tag }) => tag === 'green' || tag === 'black'),
    untriaged: count(({ tag }) => tag === undefined),
  };
}
