import { SaveLampProgramme, type ListedProgramme } from '@siaga/contracts';
import { useId, useState } from 'react';
import { Field } from '../../room/field.tsx';
import { usePress } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';
import { linesOf, switchesIn } from './switch-lines.ts';

interface ProgrammeFormProps {
  /** Absent: a new one. */
  programme?: ListedProgramme;
  onDone: () => void;
}

/** A programme as a few lines of text: a time or the sun, and how much light. */
export function ProgrammeForm({ programme, onDone }: ProgrammeFormProps) {
  const words = useSpeech().text.control;
  const id = useId();
  const [programmeId, setProgrammeId] = useState(programme?.programmeId ?? '');
  const [name, setName] = useState(programme?.name ?? '');
  const [lines, setLines] = useState(() => linesOf(programme?.switches ?? [], words));
  const { busy, failure, run } = usePress();
  const switches = switchesIn(lines);
  const wrong = 'wrong' in switches ? switches.wrong : undefined;
  const save = () => {
    if ('wrong' in switches) return;
    const version = programme?.version;
    const body = { name, switches, ...(version === undefined ? {} : { version }) };
    run(async (send) => {
      await send(SaveLampProgramme, { params: { programmeId }, body });
      onDone();
    });
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {programme === undefined && (
        <Field
          label={words.programmeId}
          required
          maxLength={40}
          value={programmeId}
          onChange={({ target }) => {
            setProgrammeId(target.value);
          }}
        />
      )}
      <Field
        label={words.programmeName}
        required
        maxLength={60}
        value={name}
        onChange={({ target }) => {
          setName(target.value);
        }}
      />
      <div className="field">
        <label htmlFor={id}>{words.switches}</label>
        <textarea
          id={id}
          aria-describedby={`${id}-hint`}
          rows={4}
          required
          value={lines}
          onChange={({ target }) => {
            setLines(target.value);
          }}
        />
        <p className="field-hint" id={`${id}-hint`}>
          {wrong === undefined ? words.switchesHint : words.switchesWrong(wrong)}
        </p>
      </div>
      {failure !== undefined && <p role="alert">{failure}</p>}
      <button type="submit" disabled={busy || wrong !== undefined || name.trim() === '' || programmeId === ''}>
        {words.save}
      </button>
    </form>
  );
}
