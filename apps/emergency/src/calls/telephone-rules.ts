import { TelephoneNumber, type TelephoneEvent } from '@siaga/contracts';
import type { CallDocument, TelephoneMarks } from './call-document.ts';
import { RINGS_MS } from './call-life.ts';

/** So long after its end a telephone system may say more of a call, ms; whatever has its name later is another call. */
const ENDED_MS = 6 * 3_600_000;

/** Whether what happened then belongs to another call that was given the same name. */
export const isAnother = ({ ended, abandoned }: TelephoneMarks, atMs: number): boolean =>
  atMs > (ended ?? abandoned ?? Infinity) + ENDED_MS;

/** The marks with one more: repeats and any order of arrival come to the same. */
export function marked(marks: TelephoneMarks, { event }: Pick<TelephoneEvent, 'event'>, atMs: number): TelephoneMarks {
  return { ...marks, [event]: Math.min(marks[event] ?? Infinity, atMs) };
}

/** What the marks say of a call that nobody of ours has taken yet. */
export function saidByMarks(
  marks: TelephoneMarks,
  nowMs: number,
): Pick<CallDocument, 'status' | 'startedAtMs' | 'answeredAtMs' | 'endedAtMs'> {
  const { claimed_externally: answeredAtMs, ended, abandoned } = marks;
  const startedAtMs = Math.min(...Object.values(marks));
  const endedAtMs = ended ?? abandoned;
  const rings = endedAtMs === undefined && nowMs < startedAtMs + RINGS_MS;
  // answered at the telephone itself: it stays in the list until somebody says what it was, by calling back where he must
  const talks = endedAtMs === undefined ? 'talking' : 'call-back';
  const status = answeredAtMs !== undefined ? talks : rings ? 'ringing' : 'unanswered';
  return {
    ...{ status, startedAtMs },
    ...(answeredAtMs !== undefined && { answeredAtMs }),
    ...(endedAtMs !== undefined && { endedAtMs }),
  };
}

/** The number as it is dialled; undefined for one that is hidden, or none. */
export function callerNumberOf({ caller_number }: TelephoneEvent): string | undefined {
  const number = TelephoneNumber.safeParse(caller_number?.replace(/[\s().-]/g, ''));
  return number.success ? number.data : undefined;
}

/** The name without control characters; undefined for none. */
export function callerNameOf({ caller_name }: TelephoneEvent): string | undefined {
  const name = caller_name?.replace(/\p{C}/gu, ' ').trim().slice(0, 80) ?? '';
  return name === '' ? undefined : name;
}
