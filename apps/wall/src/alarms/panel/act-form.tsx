import { LONGEST_SHELF_MS, type AlarmChanged } from '@siaga/contracts';
import { useState, type ReactNode } from 'react';
import { useNow } from '../../link/use-live.ts';
import { Choice } from '../../room/choice.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { useDesk, type Act } from '../alarms-context.tsx';
import type { Command } from '../commands.ts';
import { KeyForm } from './key-form.tsx';
import { oneLine, ReasonField } from './reason-field.tsx';

const minuteMs = 60_000;
/** For how long something is put aside: minutes; the longest leaves a moment for clocks that differ. */
const shelves = [15, 60, 240, LONGEST_SHELF_MS / minuteMs - 5] as const;

/** The form of one act on one alarm. */
export function ActForm({ alarm, act }: { alarm: AlarmChanged; act: Act }) {
  if (act === 'shelve') return <ShelveForm alarm={alarm} />;
  return <WordsForm alarm={alarm} act={act} />;
}

function WordsForm({ alarm, act }: { alarm: AlarmChanged; act: 'acknowledge' | 'note' }) {
  const { text } = useSpeech();
  const [written, setWritten] = useState('');
  const words = oneLine(written);
  const { alarms } = text;
  const command: Command = act === 'note' ? { act, text: words } : { act, ...(words === '' ? {} : { reason: words }) };
  return (
    <CommandForm
      alarmId={alarm.alarmId}
      command={act === 'note' && words === '' ? undefined : command}
      send={act === 'note' ? alarms.sendNote : alarms.sendAcknowledge(alarm.name)}
    >
      <ReasonField
        label={act === 'note' ? alarms.noteText : alarms.reasonOptional}
        value={written}
        onValue={setWritten}
      />
    </CommandForm>
  );
}

function ShelveForm({ alarm }: { alarm: AlarmChanged }) {
  const { text, format } = useSpeech();
  const [written, setWritten] = useState('');
  const [minutes, setMinutes] = useState<number>(shelves[1]);
  const reason = oneLine(written);
  // to the full minute: what is said again after a failure is the same command
  const untilMs = (Math.ceil(useNow() / minuteMs) + minutes) * minuteMs;
  const { alarms } = text;
  return (
    <CommandForm
      alarmId={alarm.alarmId}
      command={reason === '' ? undefined : { act: 'shelve', untilMs, reason }}
      send={alarms.sendShelve(format.moment(untilMs, untilMs))}
    >
      <ReasonField label={alarms.reason} value={written} onValue={setWritten} />
      <Choice label={alarms.shelveFor} options={shelves} chosen={minutes} onChoose={setMinutes}>
        {(length) => format.duration(Math.ceil(length / 15) * 15 * minuteMs)}
      </Choice>
    </CommandForm>
  );
}

interface CommandFormProps {
  alarmId: string;
  /** Undefined while something is lacking. */
  command: Command | undefined;
  /** On the button: what it does, to what. */
  send: string;
  children: ReactNode;
}

/** What every form of a command has: the button that names what is sent, its key, and the way out. */
function CommandForm({ alarmId, command, send, children }: CommandFormProps) {
  const { text } = useSpeech();
  const desk = useDesk();
  const busy = desk.sendings.get(alarmId)?.state === 'sending';
  const away = () => {
    desk.openForm(null);
    focusRow(alarmId);
  };
  const submit = () => {
    if (command === undefined || busy) return;
    void desk.send(alarmId, command).then((recorded) => {
      if (recorded) away();
    });
  };
  return (
    <KeyForm onSend={submit} onAway={away}>
      {children}
      <p className="alarm-form-ends">
        <button type="submit" className="strong" disabled={busy || command === undefined}>
          {busy ? text.alarms.sending : send} <kbd aria-hidden="true">Ctrl Enter</kbd>
        </button>
        <button type="button" onClick={away}>
          {text.session.cancel}
        </button>
      </p>
    </KeyForm>
  );
}

/** Back to the list, where the next alarm is one key away. */
function focusRow(alarmId: string): void {
  document.querySelector<HTMLElement>(`[data-alarm-id="${CSS.escape(alarmId)}"] button`)?.focus();
}
