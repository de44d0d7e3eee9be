import type { AssignmentSummary, IncidentChanged, UnitChanged } from '@siaga/contracts';

const endedByOthers: readonly string[] = ['cancelled', 'diverted'];
const endMs = ({ status, atMs }: AssignmentSummary): number => atMs[status] ?? 0;

/** The last job that somebody else ended since the crew came on duty: called back, or sent elsewhere. */
export function endedOf(unit: UnitChanged, incidents: Iterable<IncidentChanged>): AssignmentSummary | undefined {
  const sinceMs = unit.dutySaid?.atMs ?? 0;
  const mine = [...incidents].flatMap(({ assignments }) => assignments.filter(({ unitId }) => unitId === unit.unitId));
  return [...(unit.assignment === undefined ? [] : [unit.assignment]), ...mine]
    .filter((one) => endedByOthers.includes(one.status) && endMs(one) >= sinceMs)
    .sort((one, other) => endMs(other) - endMs(one))[0];
}
