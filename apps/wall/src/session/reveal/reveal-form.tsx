import { FieldClass, Reveal } from '@siaga/contracts';
import { useState } from 'react';
import { Choice } from '../../room/choice.tsx';
import { Field } from '../../room/field.tsx';
import { usePress } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';
import { session } from '../session.ts';

const lengths = [5, 10, 15] as const;
const leastReason = 10;

/** Uncovers what is masked for a few minutes, for a reason that is kept; `first`: what is chosen to begin with. */
export function RevealForm({ first = ['personal'] }: { first?: readonly FieldClass[] }) {
  const { text, format } = useSpeech();
  const words = text.session;
  const [classes, setClasses] = useState(first);
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState<(typeof lengths)[number]>(5);
  const { busy, failure, run } = usePress();
  const complete = classes.length > 0 && reason.trim().length >= leastReason;
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        run(async (send) => {
          await send(Reveal, { body: { classes: [...classes], reason, minutes } });
          setReason('');
          await session.look();
        });
      }}
    >
      <p className="third">{words.revealHow}</p>
      <fieldset className="checks">
        <legend>{words.revealWhat}</legend>
        {FieldClass.options.map((name) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={classes.includes(name)}
              onChange={({ target }) => {
                setClasses(target.checked ? [...classes, name] : classes.filter((one) => one !== name));
              }}
            />
            {words.classes[name]}
          </label>
        ))}
      </fieldset>
      <Field
        label={words.revealReason}
        hint={words.revealReasonRule}
        required
        maxLength={300}
        autoComplete="off"
        value={reason}
        onChange={({ target }) => {
          setReason(target.value);
        }}
      />
      <Choice label={words.revealFor} options={lengths} chosen={minutes} onChoose={setMinutes}>
        {(length) => words.minutes(format.number(length))}
      </Choice>
      {failure !== undefined && <p role="alert">{failure}</p>}
      <button type="submit" className="strong" disabled={busy || !complete}>
        {words.revealStart(format.number(minutes))}
      </button>
    </form>
  );
}
