import type { AlarmChanged } from '@siaga/contracts';
import { useEffect, useEffectEvent } from 'react';
import { useFocus } from '../../room/focus.tsx';
import { isBare } from '../../room/keys.ts';
import { useDesk } from '../alarms-context.tsx';
import { ALARM, CHOSEN_ALARMS } from '../kinds.ts';
import { useActs } from '../use-acts.ts';
import { isUnanswered, neighbourOf } from './queue.ts';

/** Keys that act on an alarm, whatever its state. */
const oursAtAlarm = ['a', 'g', 'n', 's', 't', 'x'];

const nothing = () => undefined;

const rowOf = (element: Element | null) => element?.closest<HTMLElement>('[data-alarm-id]') ?? null;

/** Rows one can see: what is folded away is passed over. */
const shownRows = () =>
  [...document.querySelectorAll<HTMLElement>('.alarms-column [data-alarm-id]')].filter((row) => row.checkVisibility());

/**
 * Keys of the alarm the operator is at: the row that has the focus, else the one in the panel. They come before those of
 * the room, which the same letters mean other things to; without an alarm only `j` is ours, the way into the list.
 */
export function useAlarmKeys(): void {
  const { focus, show } = useFocus();
  const { listed, find, chosen, choose } = useDesk();
  const acts = useActs();
  const inPanel = focus?.kind === ALARM ? focus.key : undefined;

  const walk = (from: string | undefined, step: number) => {
    const rows = shownRows();
    const ids = rows.map((row) => row.dataset['alarmId'] ?? '');
    const next = neighbourOf(ids, from, step);
    if (next === undefined) return;
    rows[ids.indexOf(next)]?.querySelector('button')?.focus();
    if (inPanel !== undefined) show(ALARM, next);
  };
  const actOf = (key: string, alarm: AlarmChanged): (() => void) | undefined => {
    if (key === 'p') return () => acts.showOnMap(alarm);
    if (!acts.mayAct || !oursAtAlarm.includes(key)) return undefined;
    if (key === 'n') return () => acts.begin(alarm, 'note');
    // it may have ended a moment before the press: then a key does nothing, rather than what the room has it for
    if (alarm.status === 'cleared') return nothing;
    if (key === 'a') return () => (chosen.length > 0 ? show(CHOSEN_ALARMS) : acts.acknowledge(alarm));
    if (key === 's') return () => acts.shelve(alarm);
    if (key === 't') return () => acts.begin(alarm, 'assign');
    if (key === 'g') return acts.mayHold ? () => acts.take(alarm) : nothing;
    return alarm.shelvedUntilMs === undefined && isUnanswered(alarm) ? () => choose(alarm.alarmId) : nothing;
  };
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!isBare(event) || event.defaultPrevented) return;
    const row = rowOf(document.activeElement);
    const at = row?.dataset['alarmId'] ?? inPanel;
    const step = stepOf(event.key, { inList: row !== null, atOne: at !== undefined });
    const alarm = at === undefined ? undefined : find(at);
    const act = step === undefined ? alarm && actOf(event.key, alarm) : () => walk(at, step);
    if (act === undefined || (step !== undefined && listed.length === 0)) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      press(event);
    };
    document.addEventListener('keydown', hear, { capture: true });
    return () => {
      document.removeEventListener('keydown', hear, { capture: true });
    };
  }, []);
}

/** How far a key goes in the list; undefined for one that goes nowhere. */
function stepOf(key: string, { inList, atOne }: { inList: boolean; atOne: boolean }): number | undefined {
  if (key === 'j' || (key === 'ArrowDown' && inList)) return 1;
  if ((key === 'k' && atOne) || (key === 'ArrowUp' && inList)) return -1;
  return undefined;
}
