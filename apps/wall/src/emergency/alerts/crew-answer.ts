import type { AlertOutcome, AssignmentSummary, Channel, UnitChanged } from '@siaga/contracts';

/** An assignment as the unit that is on it has it: with its alerts and until when it should have answered. */
export type Sent = NonNullable<UnitChanged['assignment']>;

/** What the unit knows of an assignment; undefined when it is on another, or nothing is known of it yet. */
export const sentOf = ({ assignmentId }: AssignmentSummary, unit: UnitChanged | undefined): Sent | undefined =>
  unit?.assignment?.assignmentId === assignmentId ? unit.assignment : undefined;

/**
 * How far a crew is from having answered: `waiting`, `silent` from when the server says that nothing was heard of it,
 * `late` from its answer time on, by the city's clock. Undefined: it has answered, or its assignment is over.
 */
export function answerOf(sent: Sent | undefined, nowMs: number): 'waiting' | 'silent' | 'late' | undefined {
  if (sent?.status !== 'dispatched') return undefined;
  if (nowMs >= sent.answerByMs) return 'late';
  return sent.isUnanswered === true ? 'silent' : 'waiting';
}

/** Whether somebody at the desk should see to it: nothing was heard of the crew, or its answer is late. */
export function isOverdue(sent: Sent | undefined, nowMs: number): boolean {
  const answer = answerOf(sent, nowMs);
  return answer === 'silent' || answer === 'late';
}

/** Ways that are tried for everybody who is sent: nothing heard of one is worth a word. */
const always: readonly Channel[] = ['app', 'push'];
/** Ways in the order in which they are tried. */
const inTurn: readonly Channel[] = [...always, 'sms', 'whatsapp', 'telephone', 'radio', 'in-person'];
const worth = { delivered: 2, sent: 1, failed: 0 } as const;

/** How one way of alerting fared, over all phones of a crew. */
export interface WayTried {
  channel: Channel;
  /** Undefined: nothing was heard of it. */
  outcome: AlertOutcome | undefined;
}

/** Each way once, in the order of trying: the best that it came to, for one phone that rang is enough; of equals the latest. */
export function waysTried(alerts: readonly AlertOutcome[]): WayTried[] {
  return inTurn.flatMap((channel) => {
    const [outcome] = alerts
      .filter((one) => one.channel === channel)
      .toSorted((one, other) => worth[other.outcome] - worth[one.outcome] || other.atMs - one.atMs);
    return outcome === undefined && !always.includes(channel) ? [] : [{ channel, outcome }];
  });
}
