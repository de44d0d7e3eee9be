import { AlarmChanged, GetAlarm } from '@siaga/contracts';
import { useMemo } from 'react';
import { call } from '../../city/api.ts';
import { useLatest } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';
import { useFocus } from '../../room/focus.tsx';
import { Panel } from '../../room/panel.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { kindWords } from '../alarm-text.ts';
import { useDesk } from '../alarms-context.tsx';
import { ALARM } from '../kinds.ts';
import { SeverityMark } from '../severity-mark.tsx';
import { ActBar } from './act-bar.tsx';
import { ActForm } from './act-form.tsx';
import { AlarmFacts } from './alarm-facts.tsx';
import { Causes } from './causes.tsx';
import { SentLine } from './sent-line.tsx';
import { Timeline } from './timeline.tsx';

/** Asks for an alarm with its timeline; another version is another question, because it is longer by a step. */
const askOf =
  ({ alarmId }: { alarmId: string; version: number | undefined }) =>
  (signal: AbortSignal) =>
    call(GetAlarm, { params: { alarmId } }, { signal });

/** Everything about one alarm: what, since when, how it is known, what hangs below it, what happened, what one can do. */
export default function AlarmPanel({ focusKey: alarmId }: { focusKey: string }) {
  const { text } = useSpeech();
  const heard = useLatest(AlarmChanged).get(alarmId);
  const version = heard?.data.version;
  const { answer, failure } = useAsked(useMemo(() => askOf({ alarmId, version }), [alarmId, version]));
  const alarm = heard?.data ?? answer?.alarm;
  if (alarm === undefined)
    return (
      <Panel title={text.alarms.title}>
        <p>{failure === undefined ? text.loading : text.alarms.gone}</p>
      </Panel>
    );
  return (
    <Panel
      title={
        <>
          <SeverityMark severity={alarm.severity} />
          <span className="alarm-title">{alarm.name}</span>
          {heard?.exercise === true && <em className="tag">{text.simulationTag}</em>}
        </>
      }
    >
      <Body alarm={alarm} />
      {alarm.status === 'active' && <Causes alarmId={alarmId} version={alarm.version} />}
      {failure !== undefined && <p role="alert">{failure}</p>}
      {answer !== undefined && <Timeline steps={answer.timeline} />}
    </Panel>
  );
}

function Body({ alarm }: { alarm: AlarmChanged }) {
  const { text } = useSpeech();
  const { form } = useDesk();
  const { show } = useFocus();
  const { alarmId, absorbedInto } = alarm;
  return (
    <div className="alarm" data-severity={alarm.severity}>
      <p className="alarm-what">
        <strong>{text.alarms.severities[alarm.severity]}</strong> · {kindWords(alarm.kind, text)}
        {alarm.lifeRisk && <em data-tone="critical"> · {text.alarms.lifeRisk}</em>}
      </p>
      {alarm.detail !== undefined && <p className="second">{alarm.detail}</p>}
      <ActBar alarm={alarm} />
      <SentLine alarmId={alarmId} />
      {form?.alarmId === alarmId && <ActForm key={form.act} alarm={alarm} act={form.act} />}
      <AlarmFacts alarm={alarm} />
      {absorbedInto !== undefined && (
        <button
          type="button"
          onClick={() => {
            show(ALARM, absorbedInto);
          }}
        >
          {text.alarms.toCause}
        </button>
      )}
    </div>
  );
}
