import { NotebookPen } from 'lucide-react';
import { useFocus } from '../room/focus.tsx';
import { useMay } from '../session/session-context.tsx';
import { useSystem } from '../system/system-context.tsx';
import { useSpeech } from '../text/speech.tsx';
import { ListHandOvers } from '@siaga/contracts';
import { useDesk } from './alarms-context.tsx';
import { CHOSEN_ALARMS, HAND_OVER } from './kinds.ts';
import { AlarmList } from './queue/alarm-list.tsx';
import { isUnanswered } from './queue/queue.ts';
import { SoundButton } from './sound/alarm-sound.tsx';
import { useAlarmKeys } from './queue/use-alarm-keys.ts';

/** The alarm queue: what waits for somebody, worst first, and folded away what was put aside. */
export function AlarmsColumn() {
  const { text, format } = useSpeech();
  const { queue } = useDesk();
  const silentSinceMs = useSilence();
  useAlarmKeys();
  return (
    <section className="alarms-column" aria-labelledby="alarms-heading" data-stale={silentSinceMs !== undefined}>
      <Head />
      {silentSinceMs !== undefined && (
        <p className="alarms-stale" role="status">
          {text.alarms.deskSilent(format.time(silentSinceMs))}
        </p>
      )}
      {queue.open.length > 0 && <AlarmList label={text.alarms.title} alarms={queue.open} choosing="several" />}
      {queue.open.length === 0 && silentSinceMs === undefined && <p className="nothing">{text.alarms.none}</p>}
      <Chosen />
      {queue.shelved.length > 0 && (
        <details className="alarms-shelved">
          <summary>{text.alarms.shelvedTitle(format.number(queue.shelved.length))}</summary>
          <AlarmList
            label={text.alarms.shelvedTitle(format.number(queue.shelved.length))}
            alarms={queue.shelved}
            choosing="none"
          />
        </details>
      )}
    </section>
  );
}

function Head() {
  const { text, format } = useSpeech();
  const { open } = useDesk().queue;
  const { show } = useFocus();
  const may = useMay();
  const unanswered = open.filter(({ alarm }) => isUnanswered(alarm)).length;
  return (
    <header className="column-head">
      <h2 id="alarms-heading">
        {text.alarms.title} <strong>{format.number(open.length)}</strong>
      </h2>
      <div className="alarms-head-end">
        {unanswered > 0 && <p data-tone="attention">{text.alarms.countUnanswered(format.number(unanswered))}</p>}
        {may(ListHandOvers) && (
          <button
            type="button"
            className="quiet"
            onClick={() => {
              show(HAND_OVER);
            }}
          >
            <NotebookPen aria-hidden="true" /> {text.alarms.handOverShort}
          </button>
        )}
        <SoundButton />
      </div>
    </header>
  );
}

/** What is chosen for one answer. */
function Chosen() {
  const { text, format } = useSpeech();
  const { chosen, chooseNone } = useDesk();
  const { show } = useFocus();
  if (chosen.length === 0) return null;
  return (
    <p className="alarms-chosen">
      <button
        type="button"
        className="strong"
        onClick={() => {
          show(CHOSEN_ALARMS);
        }}
      >
        {text.alarms.answerChosen(format.number(chosen.length))}
      </button>
      <button type="button" onClick={chooseNone}>
        {text.alarms.chooseNone}
      </button>
    </p>
  );
}

/** Since when the desk itself has not been heard: then this list says what was, not what is. */
function useSilence(): number | undefined {
  const { services } = useSystem();
  const desks = services.filter(({ report }) => report.service === 'alarms');
  if (desks.length === 0 || desks.some(({ state }) => state !== 'silent')) return undefined;
  return Math.max(...desks.map(({ heardMs }) => heardMs));
}
