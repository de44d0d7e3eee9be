import { AcknowledgeAlarms, type AlarmOutcome } from '@siaga/contracts';
import { useState } from 'react';
import { Panel } from '../../room/panel.tsx';
import { usePress } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';
import { kindWords } from '../alarm-text.ts';
import { useDesk } from '../alarms-context.tsx';
import { SeverityMark } from '../severity-mark.tsx';
import { KeyForm } from './key-form.tsx';
import { oneLine, ReasonField } from './reason-field.tsx';

/** Several alarms answered at once, for one reason that stands in the log of each. */
export default function ChosenPanel() {
  const { text, format } = useSpeech();
  const { alarms: words } = text;
  const { queue, chosen, chooseNone } = useDesk();
  const [written, setWritten] = useState('');
  const [outcomes, setOutcomes] = useState<readonly AlarmOutcome[]>();
  const { busy, failure, run } = usePress();
  const reason = oneLine(written);
  const submit = () => {
    if (reason === '' || chosen.length === 0 || busy) return;
    run(async (send) => {
      const { items } = await send(AcknowledgeAlarms, { body: { alarmIds: [...chosen], reason } });
      setOutcomes(items);
      setWritten('');
      chooseNone();
    });
  };
  const shown = queue.open.filter(({ alarm }) => chosen.includes(alarm.alarmId));
  return (
    <Panel title={words.chosenTitle(format.number(chosen.length))}>
      <p className="alarm-sent" role="status">
        {outcomes !== undefined && <Outcomes outcomes={outcomes} />}
      </p>
      {shown.length > 0 && (
        <>
          <ul className="chosen-alarms">
            {shown.map(({ alarm }) => (
              <li key={alarm.alarmId} className="cause">
                <SeverityMark severity={alarm.severity} />
                <span className="cause-name">{alarm.name}</span>
                <span className="cause-about">{kindWords(alarm.kind, text)}</span>
              </li>
            ))}
          </ul>
          <KeyForm onSend={submit} onAway={chooseNone}>
            <ReasonField label={words.reason} value={written} onValue={setWritten} />
            {failure !== undefined && <p role="alert">{failure}</p>}
            <button type="submit" className="strong" disabled={busy || reason === ''}>
              {busy ? words.sending : words.answerChosen(format.number(shown.length))}{' '}
              <kbd aria-hidden="true">Ctrl Enter</kbd>
            </button>
          </KeyForm>
        </>
      )}
    </Panel>
  );
}

function Outcomes({ outcomes }: { outcomes: readonly AlarmOutcome[] }) {
  const { text, format } = useSpeech();
  const { alarms: words } = text;
  const count = (which: AlarmOutcome['outcome']) => outcomes.filter(({ outcome }) => outcome === which).length;
  const parts = [
    words.answeredAll(format.number(count('done'))),
    ...(count('already') > 0 ? [words.someAlready(format.number(count('already')))] : []),
    ...(count('unknown') > 0 ? [words.someUnknown(format.number(count('unknown')))] : []),
  ];
  return parts.join(' · ');
}
