import type { BedRequest, HospitalChanged, IncidentChanged } from '@siaga/contracts';

/** Beds asked for an incident: also for those that were merged into it, whose patients are its own now. */
export function askedFor(
  { requests }: Pick<HospitalChanged, 'requests'>,
  { incidentId, merged }: Pick<IncidentChanged, 'incidentId' | 'merged'>,
): readonly BedRequest[] {
  const ids = new Set([incidentId, ...merged]);
  return requests.filter((request) => ids.has(request.incidentId));
}
