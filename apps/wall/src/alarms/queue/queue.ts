import { AlarmSeverity, type AlarmChanged } from '@siaga/contracts';

/** An alarm as the room sees it. */
export interface QueuedAlarm {
  alarm: AlarmChanged;
  exercise: boolean;
}

/** What waits for somebody, and what was put aside. */
export interface Queue {
  open: readonly QueuedAlarm[];
  shelved: readonly QueuedAlarm[];
}

const rankOf = (severity: AlarmSeverity): number => AlarmSeverity.options.indexOf(severity);

/**
 * Active alarms in the order of the desk: open ones worst first, then oldest first, so that an answer moves nothing under
 * the operator's hand; shelved ones by when they come back. Whether something is put aside the desk says, not the clock.
 */
export function queueOf(known: ReadonlyMap<string, { data: AlarmChanged; exercise: boolean }>): Queue {
  const active = [...known.values()]
    .filter(({ data }) => data.status === 'active')
    .map(({ data, exercise }) => ({ alarm: data, exercise }));
  return {
    open: active
      .filter(({ alarm }) => alarm.shelvedUntilMs === undefined)
      .sort(
        ({ alarm: one }, { alarm: other }) =>
          rankOf(one.severity) - rankOf(other.severity) ||
          one.raisedAtMs - other.raisedAtMs ||
          one.alarmId.localeCompare(other.alarmId),
      ),
    shelved: active
      .filter(({ alarm }) => alarm.shelvedUntilMs !== undefined)
      .sort(({ alarm: one }, { alarm: other }) => (one.shelvedUntilMs ?? 0) - (other.shelvedUntilMs ?? 0)),
  };
}

/** *Belum ditangani*: nobody has said that he looks after it. */
export const isUnanswered = ({ acknowledgement, status }: AlarmChanged): boolean =>
  status === 'active' && acknowledgement === undefined;

/** The worst severity among alarms; undefined for none. */
export const worstOf = (alarms: readonly QueuedAlarm[]): AlarmSeverity | undefined =>
  AlarmSeverity.options.find((severity) => alarms.some(({ alarm }) => alarm.severity === severity));

/** The neighbour of an alarm in the list, `step` further; at an end the last there is. The first one for an unknown. */
export function neighbourOf(ids: readonly string[], alarmId: string | undefined, step: number): string | undefined {
  const at = alarmId === undefined ? -1 : ids.indexOf(alarmId);
  if (at < 0) return ids[0];
  return ids[Math.min(Math.max(at + step, 0), ids.length - 1)];
}
