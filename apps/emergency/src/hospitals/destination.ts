import type { HeldBed } from './hospital-now.ts';

/** Where beds were asked for. */
export interface Waiting {
  readonly _id: string;
  readonly requests: readonly HeldBed[];
}

/** A unit that says it is at a hospital, and of which incident. */
export interface Arrival {
  readonly assignmentId: string;
  readonly incidentId: string;
}

/** The requests that a unit's arrival fulfils; none where nobody can say which. */
export interface Destination {
  readonly hospitalId: string;
  readonly requestIds: readonly string[];
}

/**
 * A unit says that it is at a hospital, not at which. Where beds are held for it at several, it is where its patient was seen
 * already, otherwise where a bed was asked for last: that is where the desk sent it. Where none names it, the one bed of its
 * incident that waits for nobody in particular is meant, if there is only one.
 */
export function destinationOf(
  hospitals: readonly Waiting[],
  { assignmentId, incidentId }: Arrival,
): Destination | undefined {
  const all = hospitals.flatMap(({ _id, requests }) => requests.map((request) => ({ hospitalId: _id, request })));
  const named = all.filter(({ request }) => request.assignmentId === assignmentId && request.status !== 'cancelled');
  if (named.length > 0) {
    const seen = named.filter(({ request }) => request.arrivedAtMs !== undefined);
    const held = named.filter(({ request }) => request.status === 'held');
    const [there] = [seen, held, named].find(({ length }) => length > 0)?.toSorted(latestFirst) ?? [];
    if (there === undefined) return undefined;
    const same = named.filter(({ hospitalId }) => hospitalId === there.hospitalId);
    // one that ran out and was asked for again is the same bed
    const live = same.filter(({ request }) => request.status !== 'expired');
    const meant = live.length > 0 ? live : [there];
    return { hospitalId: there.hospitalId, requestIds: meant.map(({ request }) => request.requestId) };
  }
  const open = all.filter(
    ({ request }) =>
      request.incidentId === incidentId && request.assignmentId === undefined && request.status === 'held',
  );
  const [only] = open;
  return only === undefined || open.length > 1
    ? undefined
    : { hospitalId: only.hospitalId, requestIds: [only.request.requestId] };
}

const latestFirst = (one: { request: HeldBed }, other: { request: HeldBed }) =>
  other.request.requested.atMs - one.request.requested.atMs;
