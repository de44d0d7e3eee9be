import type { AlarmChanged } from '@siaga/contracts';
import { useSpeech } from '../../text/speech.tsx';
import { useMe } from '../../session/session-context.tsx';
import { useDesk } from '../alarms-context.tsx';
import { isUnanswered } from '../queue/queue.ts';
import { useActs } from '../use-acts.ts';

/** What can be done with an alarm, each with its key. */
export function ActBar({ alarm }: { alarm: AlarmChanged }) {
  const { text } = useSpeech();
  const { alarms: words } = text;
  const me = useMe();
  const acts = useActs();
  const busy = useDesk().sendings.get(alarm.alarmId)?.state === 'sending';
  const active = alarm.status === 'active';
  const placed = alarm.area !== undefined || alarm.place !== undefined;
  const press = (letter: string, label: string, act: (alarm: AlarmChanged) => void, look = '') => (
    <button
      type="button"
      key={letter}
      className={look}
      disabled={busy}
      onClick={() => {
        act(alarm);
      }}
    >
      {label} <kbd aria-hidden="true">{letter}</kbd>
    </button>
  );
  return (
    <div className="alarm-acts" role="group" aria-label={words.acts}>
      {acts.mayAct && isUnanswered(alarm) && press('a', words.acknowledge, acts.acknowledge, 'strong')}
      {acts.mayHold &&
        active &&
        press('g', alarm.assignee === me.principalId ? words.leaveIt : words.takeIt, acts.take)}
      {acts.mayAct &&
        active &&
        press('t', words.assign, () => {
          acts.begin(alarm, 'assign');
        })}
      {acts.mayAct &&
        active &&
        press('s', alarm.shelvedUntilMs === undefined ? words.shelve : words.unshelve, acts.shelve)}
      {acts.mayAct &&
        press('n', words.note, () => {
          acts.begin(alarm, 'note');
        })}
      {placed && press('p', words.showOnMap, acts.showOnMap)}
    </div>
  );
}
