import {
  kindsWithPatients,
  type AssignmentStatus,
  type IncidentChanged,
  type IncidentDisposition,
} from '@siaga/contracts';

const stepsWithPatient: ReadonlySet<AssignmentStatus> = new Set([
  ...(['patient-contact', 'leaving-scene', 'at-hospital', 'handed-over'] as const),
]);
const endsWithPatient: ReadonlySet<IncidentDisposition> = new Set([
  ...(['treated-released', 'transported', 'refused', 'no-patient-found'] as const),
]);

/** Somebody is hurt, or may be: by its kind, or because somebody said so; also where nobody said what it is. */
export function hasPatients({ kind, victims = 0, tag }: Pick<IncidentChanged, 'kind' | 'victims' | 'tag'>): boolean {
  return kind === undefined || kindsWithPatients.has(kind) || victims > 0 || tag !== undefined;
}

/** Whether a step or an end fits an incident: no hospital for a wasp nest. */
export function fits(
  what: AssignmentStatus | IncidentDisposition,
  incident: Parameters<typeof hasPatients>[0],
): boolean {
  const isOfPatients = [stepsWithPatient, endsWithPatient].some((set: ReadonlySet<string>) => set.has(what));
  return !isOfPatients || hasPatients(incident);
}
