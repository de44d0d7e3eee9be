import { isDeepStrictEqual } from 'node:util';
import { LONGEST_SHELF_MS, type AlarmLogged, type AlarmSeverity } from '@siaga/contracts';
import type { Alarm, TimelineStep } from './alarm-document.ts';
import { ALARMS_KEPT_MS } from '../retention-rules.ts';
import { escalationDue, MOST_ESCALATIONS, rankOf, worseOf } from './severities.ts';

/** What holds for a root of the forest now, as far as an alarm tells of it. */
export type RootSaid = Pick<
  Alarm,
  'conditionKey' | 'thingKey' | 'exercise' | 'thing' | 'name' | 'kind' | 'agency' | 'severity' | 'lifeRisk' | 'basis'
> &
  Pick<Alarm, 'detail' | 'sinceMs' | 'affected' | 'kelurahanCodes' | 'place' | 'area'>;

/** An alarm after something happened to it, and what did, in order. */
export interface Turn {
  readonly alarm: Alarm;
  readonly steps: readonly TimelineStep[];
}

/** Who does something, when. */
export interface Actor {
  readonly by: string;
  readonly nowMs: number;
}

/** A condition that returns so soon after its alarm's end opens the same one again. */
export const REOPEN_MS = 600_000;

/** So long screens show what is over: the shift that comes sees what the one before it saw. */
export const SHOWN_MS = 86_400_000;

/** The desk itself. */
const DESK = 'service';

export function raised(said: RootSaid, nowMs: number): Turn {
  const alarm: Alarm = {
    ...said,
    status: 'active',
    archived: false,
    worstSeverity: said.severity,
    escalatedTimes: 0,
    reopenedTimes: 0,
    raisedAtMs: nowMs,
    changedAtMs: nowMs,
    order: '',
    steps: 0,
  };
  return turn(unanswered(alarm, nowMs), { step: 'raised', by: DESK, atMs: nowMs });
}

/** Opens an alarm that ended a moment ago: it is the same trouble, and waits for an answer again. */
export function reopened(alarm: Alarm, said: RootSaid, nowMs: number): Turn {
  const open: Alarm = {
    ...over(alarm, said),
    status: 'active',
    worstSeverity: said.severity,
    reopenedTimes: alarm.reopenedTimes + 1,
    changedAtMs: nowMs,
    clearedAtMs: undefined,
    clearedBy: undefined,
    absorbedInto: undefined,
  };
  return turn(unanswered(open, nowMs), { step: 'reopened', by: DESK, atMs: nowMs });
}

/**
 * An active alarm after its condition, or what hangs below it, has changed; undefined when it would say the same. Worse
 * than it was: whoever answered has not answered this, and what was put aside comes back.
 */
export function renewed(alarm: Alarm, said: RootSaid, nowMs: number): Turn | undefined {
  const next: Alarm = { ...over(alarm, said), worstSeverity: worseOf(alarm.worstSeverity, said.severity) };
  const change = rankOf(said.severity) - rankOf(alarm.severity);
  if (change === 0) return isSame(alarm, next) ? undefined : turn({ ...next, changedAtMs: nowMs });
  const changed = { ...next, changedAtMs: nowMs };
  if (change > 0) return turn(clockFrom(changed, nowMs), { step: 'eased', by: DESK, atMs: nowMs });
  return turn(unanswered(changed, nowMs), { step: 'worsened', by: DESK, atMs: nowMs });
}

export function cleared(alarm: Alarm, how: { absorbedInto?: string | undefined }, nowMs: number): Turn {
  const clearedBy = how.absorbedInto === undefined ? 'ended' : 'absorbed';
  const ended = { ...alarm, status: 'cleared', clearedBy, clearedAtMs: nowMs, changedAtMs: nowMs } as const;
  const into = how.absorbedInto === undefined ? {} : { absorbedInto: how.absorbedInto };
  const step = { step: 'cleared', by: DESK, atMs: nowMs, clearedBy, ...into } as const;
  return turn({ ...ended, ...into, shelvedUntilMs: undefined, escalateAtMs: undefined }, step);
}

/** Undefined when somebody has already: the alarm says who. */
export function acknowledged(alarm: Alarm, { by, nowMs }: Actor, reason?: string): Turn | undefined {
  if (alarm.acknowledgement !== undefined) return undefined;
  const why = reason === undefined ? {} : { reason };
  const answered = { ...alarm, acknowledgement: { by, atMs: nowMs, ...why }, escalateAtMs: undefined };
  return turn({ ...answered, changedAtMs: nowMs }, { step: 'acknowledged', by, atMs: nowMs, ...why });
}

/** Undefined when it is that person's already. */
export function assigned(alarm: Alarm, { by, nowMs }: Actor, assignee: string | undefined): Turn | undefined {
  if (alarm.assignee === assignee) return undefined;
  const whose = assignee === undefined ? {} : { assignee };
  return turn({ ...alarm, assignee, changedAtMs: nowMs }, { step: 'assigned', by, atMs: nowMs, ...whose });
}

/** Undefined when it is put aside already. A time that is too late is cut to {@link LONGEST_SHELF_MS}. */
export function shelved(
  alarm: Alarm,
  { by, nowMs }: Actor,
  how: { untilMs: number; reason: string },
): Turn | undefined {
  if (alarm.shelvedUntilMs !== undefined) return undefined;
  const untilMs = Math.min(how.untilMs, nowMs + LONGEST_SHELF_MS);
  const aside = { ...alarm, shelvedUntilMs: untilMs, escalateAtMs: undefined, changedAtMs: nowMs };
  return turn(aside, { step: 'shelved', by, atMs: nowMs, reason: how.reason, untilMs });
}

/** Undefined when it is not put aside. */
export function unshelved(alarm: Alarm, { by, nowMs }: Actor): Turn | undefined {
  if (alarm.shelvedUntilMs === undefined) return undefined;
  const back = clockFrom({ ...alarm, shelvedUntilMs: undefined, changedAtMs: nowMs }, nowMs);
  return turn(back, { step: 'unshelved', by, atMs: nowMs });
}

export function noted(alarm: Alarm, { by, nowMs }: Actor, text: string): Turn {
  return turn({ ...alarm, changedAtMs: nowMs }, { step: 'noted', by, atMs: nowMs, reason: text });
}

/** What is due by now; undefined when nothing is. What is to leave is for the caller to see: {@link isToLeave}. */
export function due(alarm: Alarm, nowMs: number): Turn | undefined {
  const { shelvedUntilMs, escalateAtMs, clearedAtMs } = alarm;
  if (clearedAtMs !== undefined)
    return alarm.archived || clearedAtMs + SHOWN_MS > nowMs ? undefined : turn({ ...alarm, archived: true });
  if (shelvedUntilMs !== undefined && shelvedUntilMs <= nowMs) return unshelved(alarm, { by: DESK, nowMs });
  if (escalateAtMs === undefined || escalateAtMs > nowMs) return undefined;
  const times = alarm.escalatedTimes + 1;
  const escalated = clockFrom({ ...alarm, escalatedTimes: times, changedAtMs: nowMs }, nowMs);
  return turn(escalated, { step: 'escalated', by: DESK, atMs: nowMs, times });
}

export const isToLeave = ({ clearedAtMs }: Alarm, nowMs: number): boolean =>
  clearedAtMs !== undefined && clearedAtMs + ALARMS_KEPT_MS <= nowMs;

type StepSaid = Omit<TimelineStep, 'seq' | 'severity'>;

/** The alarm with its place in lists and its timer, and its steps numbered. */
function turn(alarm: Alarm, ...said: readonly StepSaid[]): Turn {
  const steps = said.map((step, index) => ({ ...step, seq: alarm.steps + index + 1, severity: alarm.severity }));
  const next = { ...alarm, steps: alarm.steps + said.length };
  return { alarm: { ...next, order: orderOf(next), wakeAtMs: wakeOf(next) }, steps };
}

/** It waits for an answer, from now on. */
function unanswered(alarm: Alarm, nowMs: number): Alarm {
  const fresh = { ...alarm, acknowledgement: undefined, shelvedUntilMs: undefined, escalatedTimes: 0 };
  return clockFrom(fresh, nowMs);
}

/** The clock of its escalation, begun anew where it has one. */
function clockFrom(alarm: Alarm, nowMs: number): Alarm {
  const isWaiting = alarm.acknowledgement === undefined && alarm.shelvedUntilMs === undefined;
  const mayGo = isWaiting && alarm.escalatedTimes < MOST_ESCALATIONS;
  return { ...alarm, escalateAtMs: mayGo ? escalationDue(alarm.severity, nowMs) : undefined };
}

const wakeOf = ({ archived, shelvedUntilMs, escalateAtMs, clearedAtMs }: Alarm): number | undefined =>
  clearedAtMs === undefined ? (shelvedUntilMs ?? escalateAtMs) : clearedAtMs + (archived ? ALARMS_KEPT_MS : SHOWN_MS);

/** What the forest says of it now; what it no longer says is gone. */
const over = (alarm: Alarm, said: RootSaid): Alarm => ({
  ...alarm,
  ...{ detail: undefined, place: undefined, area: undefined },
  ...said,
});

const LATEST_MS = 8_640_000_000_000_000;
const digits = (value: number) => String(value).padStart(16, '0');

/** Lists are in the order of this text: open, worst first, oldest first; then put aside; then over, latest first. */
function orderOf({ status, severity, raisedAtMs, shelvedUntilMs, clearedAtMs = 0 }: Alarm): string {
  if (status === 'cleared') return `2-0-${digits(LATEST_MS - clearedAtMs)}`;
  return `${shelvedUntilMs === undefined ? '0' : '1'}-${rankText(severity)}-${digits(raisedAtMs)}`;
}

const rankText = (severity: AlarmSeverity) => String(rankOf(severity));

/** Whether they say the same; a database keeps no undefined and its own order of fields. */
const isSame = (one: Alarm, other: Alarm): boolean => isDeepStrictEqual(plain(one), plain(other));

const plain = (alarm: Alarm): unknown => JSON.parse(JSON.stringify(alarm));

/** A step as the log tells it. */
export function loggedOf(alarmId: string, alarm: Alarm, step: TimelineStep): AlarmLogged {
  const { thing, name, kind, agency } = alarm;
  return { alarmId, thing, name, kind, agency, ...step };
}
