import { AssignmentStatus, endsOfAssignment, kindsWithPatients, type IncidentKind } from '@siaga/contracts';

const withPatient = [
  'en-route',
  'on-scene',
  'patient-contact',
  'leaving-scene',
  'at-hospital',
  'handed-over',
  'clear',
] as const;
const without = ['en-route', 'on-scene', 'clear'] as const;

/** What a crew may press in its order. */
export type FieldStep = (typeof withPatient)[number];

/** The steps still ahead, the next one first: no hospital for a wasp nest, and none at all after an end. */
export function stepsAhead(status: AssignmentStatus, kind: IncidentKind | undefined): readonly FieldStep[] {
  if (endsOfAssignment.has(status)) return [];
  const steps: readonly FieldStep[] = kind === undefined || kindsWithPatients.has(kind) ? withPatient : without;
  const order: readonly AssignmentStatus[] = ['dispatched', 'accepted', ...withPatient];
  const at = order.indexOf(status);
  return steps.filter((step) => order.indexOf(step) > at);
}

/** The furthest of what is said of one job: no step leads back. */
export const furthest = (status: AssignmentStatus, others: readonly AssignmentStatus[]): AssignmentStatus =>
  AssignmentStatus.options.findLast((step) => step === status || others.includes(step)) ?? status;
