import type { ReactNode } from 'react';
import { useSpeech } from '../../text/speech.tsx';
import { useDesk } from '../alarms-context.tsx';
import type { Command } from '../commands.ts';
import { KeyForm } from './key-form.tsx';

interface CommandFormProps {
  alarmId: string;
  /** Undefined while something is lacking. */
  command: Command | undefined;
  /** On the button: what it does, to what. */
  send: string;
  children: ReactNode;
}

/** What every form of a command has: the button that names what is sent, its key, and the way out. */
export function CommandForm({ alarmId, command, send, children }: CommandFormProps) {
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
