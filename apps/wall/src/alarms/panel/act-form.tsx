import { LONGEST_SHELF_MS, type AlarmChanged } from '@siaga/contracts';
import { useState } from 'react';
import { useNow } from '../../link/use-live.ts';
import { Choice } from '../../room/choice.tsx';
import { useSpeech } from '../../text/speech.tsx';
import type { Act } from '../alarms-context.tsx';
import type { Command } from '../commands.ts';
import { AssignForm } from './assign-form.tsx';
import { CommandForm } from './command-form.tsx';
import { oneLine, ReasonField } from './reason-field.tsx';

const minuteMs = 60_000;
/** For how long something is put aside: minutes; the longest leaves a moment for clocks that differ. */
const shelves = [15, 60, 240, LONGEST_SHELF_MS / minuteMs - 5] as const;

/** The form of one act on one alarm. */
export function ActForm({ alarm, act }: { alarm: AlarmChanged; act: Act }) {
  if (act === 'shelve') return <ShelveForm alarm={alarm} />;
  if (act === 'assign') return <AssignForm alarm={alarm} />;
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
