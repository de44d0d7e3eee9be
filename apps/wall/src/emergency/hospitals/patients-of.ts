import type { Hospital } from '@siaga/contracts';

/** One patient as his hospital is told of him. */
export type Patient = Hospital['requests'][number];

/** Who does not come after all is said for so long, ms: somebody may be waiting at the door. */
const SHOWN_FOR_MS = 2 * 3_600_000;

/** Nobody at the hospital has said that it knows. Who is there needs no reading. */
export const isUnread = ({ status, acknowledged }: Patient): boolean => status === 'held' && acknowledged === undefined;

/** Who is on his way or at the door, unread first, then as they were asked for; and who was called off lately. */
export function patientsOf({ requests }: Pick<Hospital, 'requests'>, nowMs: number) {
  const coming = requests
    .filter(({ status }) => status === 'held' || status === 'arrived')
    .toSorted(
      (one, other) => Number(isUnread(other)) - Number(isUnread(one)) || one.requested.atMs - other.requested.atMs,
    );
  const calledOff = requests.filter(
    ({ status, ended }) =>
      (status === 'cancelled' || status === 'expired') && ended !== undefined && ended.atMs > nowMs - SHOWN_FOR_MS,
  );
  return { coming, calledOff };
}
