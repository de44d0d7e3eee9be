import {
  RESPONSE_TARGET_MS,
  ResponseInterval,
  type AnswerOf,
  type CallDisposition,
  type GetEmergencyMonth,
  type IncidentDisposition,
  type IntervalSummary,
  type ResponseGroup,
} from '@siaga/contracts';
import { measured, summaryOf } from './interval-rules.ts';
import { caseOf, endsOf, type CallOfMonth, type Case, type IncidentOfMonth } from './month-cases.ts';

type EmergencyMonth = AnswerOf<typeof GetEmergencyMonth>;

/** What is read of a month. */
export interface MonthBooks {
  /** Opened in the month, real ones. */
  incidents: readonly IncidentOfMonth[];
  /** Begun in the month or the day before: of incidents that began at its edge. */
  calls: readonly CallOfMonth[];
  fromMs: number;
}

/** Each incident once: what was merged is part of another, what was closed as the same is another. */
export function casesOf({ incidents, calls }: MonthBooks): Case[] {
  const byId = new Map(calls.map((call) => [call._id, call]));
  return incidents
    .filter(({ status, disposition }) => status !== 'merged' && disposition !== 'duplicate')
    .map((incident) => caseOf(incident, (callId) => byId.get(callId)));
}

/** Incidents and calls of a month in figures. */
export function figuresOf(
  books: MonthBooks,
  cases: readonly Case[],
): Omit<EmergencyMonth, 'month' | 'reckonedAtMs' | 'units' | 'bookings' | 'exercises'> {
  const over = cases.filter(({ isOpen }) => !isOpen);
  return {
    targetMs: RESPONSE_TARGET_MS,
    total: groupOf(cases),
    open: cases.length - over.length,
    withoutUnit: over.filter(({ assignments }) => assignments.length === 0).length,
    duplicates: books.incidents.filter(({ disposition }) => disposition === 'duplicate').length,
    dispositions: countBy<IncidentDisposition>(over.map(({ disposition }) => disposition)),
    byKind: groupsBy(cases, ({ kind }) => kind)
      .map(([kind, group]) => ({ ...group, ...(kind === undefined ? {} : { kind }) }))
      .sort((one, other) => other.incidents - one.incidents),
    byKelurahan: groupsBy(cases, ({ kelurahanCode }) => kelurahanCode)
      .map(([kelurahanCode, group]) => ({ ...group, ...(kelurahanCode === undefined ? {} : { kelurahanCode }) }))
      .sort((one, other) => ((one.kelurahanCode ?? '~') < (other.kelurahanCode ?? '~') ? -1 : 1)),
    calls: callsOf(books),
  };
}

/** How fast a set of incidents was answered. */
export function groupOf(cases: readonly Case[]): ResponseGroup {
  const inTime = endsOf(cases, 'response').map(measured);
  const intervals = ResponseInterval.options.map((interval) => [interval, summaryOf(endsOf(cases, interval))] as const);
  return {
    incidents: cases.length,
    withinTarget: inTime.filter((ms) => typeof ms === 'number' && ms < RESPONSE_TARGET_MS).length,
    intervals: Object.fromEntries(intervals) as Record<ResponseInterval, IntervalSummary>,
  };
}

function groupsBy<Key>(cases: readonly Case[], keyOf: (one: Case) => Key): [Key, ResponseGroup][] {
  return [...Map.groupBy(cases, keyOf)].map(([key, group]) => [key, groupOf(group)]);
}

function callsOf({ calls, fromMs }: MonthBooks): EmergencyMonth['calls'] {
  const begun = calls.filter(({ startedAtMs }) => startedAtMs >= fromMs);
  const answered = begun.filter(({ answeredAtMs }) => answeredAtMs !== undefined);
  return {
    total: begun.length,
    unanswered: begun.filter(({ answeredAtMs, status }) => answeredAtMs === undefined && status !== 'ringing').length,
    byDisposition: countBy<CallDisposition>(begun.map(({ disposition }) => disposition)),
    notSaid: begun.filter(({ disposition }) => disposition === undefined).length,
    answer: summaryOf(answered.map(({ telephone, answeredAtMs }) => ({ fromMs: telephone?.ringing, toMs: answeredAtMs }))), // prettier-ignore
  };
}

function countBy<Name extends string>(names: readonly (Name | undefined)[]): Partial<Record<Name, number>> {
  const counts: Partial<Record<Name, number>> = {};
  for (const name of names) if (name !== undefined) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
