import { useCallback } from 'react';
import { useFocus } from '../../room/focus.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { useDesk } from '../alarms-context.tsx';
import { ALARM } from '../kinds.ts';
import { useActs } from '../use-acts.ts';
import { AlarmRow } from './alarm-row.tsx';
import { isUnanswered, type QueuedAlarm } from './queue.ts';

/** More rows than anybody reads; the desk answers the rest under `GET /api/alarms`. */
const mostRows = 200;

interface ListProps {
  label: string;
  alarms: readonly QueuedAlarm[];
  /** Whether several of them can be answered at once. */
  choosing: 'several' | 'none';
}

/** Alarms of one kind of standing, with a box each for whoever answers several at once. */
export function AlarmList({ label, alarms, choosing }: ListProps) {
  const { text, format } = useSpeech();
  const { focus, show } = useFocus();
  const { chosen, choose, sendings, openForm } = useDesk();
  const { mayAct } = useActs();
  const mixed = alarms.some(({ exercise }) => exercise) && alarms.some(({ exercise }) => !exercise);
  const open = useCallback(
    (alarmId: string) => {
      openForm(null);
      show(ALARM, alarmId);
    },
    [openForm, show],
  );
  return (
    <ul className="alarm-list" aria-label={label} data-choosing={chosen.length > 0}>
      {alarms.slice(0, mostRows).map((queued) => {
        const { alarmId, name } = queued.alarm;
        return (
          <li key={alarmId} data-alarm-id={alarmId}>
            <AlarmRow
              queued={queued}
              shown={focus?.kind === ALARM && focus.key === alarmId}
              tagged={mixed && queued.exercise}
              sending={sendings.get(alarmId)}
              onOpen={open}
            />
            {mayAct && choosing === 'several' && isUnanswered(queued.alarm) && (
              <input
                type="checkbox"
                aria-label={text.alarms.choose(name)}
                checked={chosen.includes(alarmId)}
                onChange={() => {
                  choose(alarmId);
                }}
              />
            )}
          </li>
        );
      })}
      {alarms.length > mostRows && (
        <li className="nothing">{text.alarms.more(format.number(alarms.length - mostRows))}</li>
      )}
    </ul>
  );
}
