import type { AlarmSeverity } from '@siaga/contracts';

const MINUTE_MS = 60_000;

/** The one table of severities, worst first: how long an alarm may stay without an answer before it is escalated. */
const unansweredMs: Readonly<Record<AlarmSeverity, number | undefined>> = {
  critical: MINUTE_MS,
  high: 10 * MINUTE_MS,
  medium: 60 * MINUTE_MS,
  information: undefined,
};

/** Whoever has not answered three times will not answer a fourth. */
export const MOST_ESCALATIONS = 3;

const ranks = Object.keys(unansweredMs) as AlarmSeverity[];

/** 0 is the worst. */
export const rankOf = (severity: AlarmSeverity): number => ranks.indexOf(severity);

export const worseOf = (one: AlarmSeverity, other: AlarmSeverity): AlarmSeverity =>
  rankOf(one) <= rankOf(other) ? one : other;

/** What a domain says, capped: critical is danger to life and nothing else. */
export function cappedSeverity({
  severity,
  lifeRisk,
}: {
  severity: AlarmSeverity;
  lifeRisk?: boolean | undefined;
}): AlarmSeverity {
  return severity === 'critical' && lifeRisk !== true ? 'high' : severity;
}

/** When an unanswered alarm is escalated next; undefined: never. */
export const escalationDue = (severity: AlarmSeverity, fromMs: number): number | undefined => {
  const after = unansweredMs[severity];
  return after === undefined ? undefined : fromMs + after;
};
