import { Fault, shiftAt, WriteHandOver, type Agency, type HandOver } from '@siaga/contracts';
import { useId, useState } from 'react';
import { useCity } from '../../city/city-context.tsx';
import { useCityNow, useNow } from '../../link/use-live.ts';
import { usePress } from '../../room/press.ts';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { useDesk } from '../alarms-context.tsx';
import { KeyForm } from '../panel/key-form.tsx';
import { useShiftWords } from './use-shift-words.ts';

/** As much as a note holds. */
const longest = 4000;

interface NoteFormProps {
  agency: Agency;
  /** The note of the shift that is on, if there is one. */
  current: HandOver | undefined;
  /** Called when it was written, or somebody else wrote it. */
  onChanged: () => void;
}

/**
 * The note of the shift that is on. What is not saved yet outlives the panel, and stands beside what somebody else wrote
 * meanwhile: nobody's words are lost to who was faster.
 */
export function NoteForm({ agency, current, onChanged }: NoteFormProps) {
  const { text, format } = useSpeech();
  const { alarms: words } = text;
  const id = useId();
  const may = useMay();
  const cityNow = useCityNow();
  const { drafts } = useDesk();
  const [written, setWritten] = useState(drafts.get(agency));
  const [savedAtMs, setSavedAtMs] = useState<number>();
  const press = usePress((error) =>
    error instanceof Fault && error.kind === 'conflict' ? words.handOverFaster : undefined,
  );
  const shown = written ?? current?.text ?? '';
  const keep = (draft: string | undefined) => {
    setWritten(draft);
    if (draft === undefined) drafts.delete(agency);
    else drafts.set(agency, draft);
  };
  const submit = () => {
    const said = shown.trim();
    if (press.busy || said === '' || written === undefined) return;
    press.run(async (send) => {
      const body = { agency, text: said, ...(current === undefined ? {} : { version: current.version }) };
      try {
        await send(WriteHandOver, { body });
        keep(undefined);
        setSavedAtMs(cityNow());
      } finally {
        onChanged();
      }
    });
  };
  return (
    <section className="hand-over-now">
      <ShiftHeading />
      <KeyForm onSend={submit}>
        <div className="field">
          <label htmlFor={id}>{words.handOverText}</label>
          <textarea
            id={id}
            rows={8}
            maxLength={longest}
            readOnly={!may(WriteHandOver)}
            value={shown}
            onChange={({ target }) => {
              keep(target.value);
            }}
          />
        </div>
        {press.failure !== undefined && <p role="alert">{press.failure}</p>}
        {press.failure !== undefined && current !== undefined && <Theirs note={current} />}
        <p className="alarm-sent" role="status">
          {written === undefined && savedAtMs !== undefined && words.handOverSaved(format.timeWithSeconds(savedAtMs))}
        </p>
        {may(WriteHandOver) && (
          <button
            type="submit"
            className="strong"
            disabled={press.busy || written === undefined || shown.trim() === ''}
          >
            {press.busy ? words.sending : words.handOverSave} <kbd aria-hidden="true">Ctrl Enter</kbd>
          </button>
        )}
      </KeyForm>
    </section>
  );
}

function ShiftHeading() {
  const { timezone } = useCity().city;
  const shiftWords = useShiftWords();
  return <h3>{shiftWords(shiftAt(useNow(), timezone))}</h3>;
}

function Theirs({ note }: { note: HandOver }) {
  const { text } = useSpeech();
  return (
    <div className="hand-over-theirs">
      <h4>{text.alarms.handOverTheirs}</h4>
      <p className="hand-over-text">{note.text}</p>
    </div>
  );
}
