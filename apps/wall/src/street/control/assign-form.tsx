import { AssignLampProgramme, type ListedProgramme } from '@siaga/contracts';
import { useId, useState } from 'react';
import { usePress } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';
import { chosenOf, thingsIn } from './chosen.ts';
import { ThingsForm } from './things-form.tsx';

interface AssignFormProps {
  programmes: readonly ListedProgramme[];
  onDone: () => void;
}

/** Which programme panels and lamps follow from now on. */
export function AssignForm({ programmes, onDone }: AssignFormProps) {
  const words = useSpeech().text.control;
  const id = useId();
  const [chosen, setChosen] = useState(() => chosenOf(undefined));
  const [programmeId, setProgrammeId] = useState('');
  const { busy, failure, run } = usePress();
  const things = thingsIn(chosen);
  const assign = () => {
    const body = { things, ...(programmeId === '' ? {} : { programmeId }) };
    run(async (send) => {
      await send(AssignLampProgramme, { body });
      setChosen(chosenOf(undefined));
      onDone();
    });
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        assign();
      }}
    >
      <ThingsForm chosen={chosen} onChoose={setChosen} />
      <div className="field">
        <label htmlFor={id}>{words.programme}</label>
        <select
          id={id}
          value={programmeId}
          onChange={({ target }) => {
            setProgrammeId(target.value);
          }}
        >
          <option value="">{words.asPanel}</option>
          {programmes.map((one) => (
            <option key={one.programmeId} value={one.programmeId}>
              {one.name}
            </option>
          ))}
        </select>
      </div>
      {failure !== undefined && <p role="alert">{failure}</p>}
      <button type="submit" disabled={busy || things.length === 0}>
        {words.assign}
      </button>
    </form>
  );
}
