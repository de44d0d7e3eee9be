import { BeginCity } from '@siaga/contracts';
import { useState } from 'react';
import { useCity } from '../city/city-context.tsx';
import { Field } from '../room/field.tsx';
import { usePress } from '../room/press.ts';
import { startWords } from '../text/start-words.ts';
import { useSpeechWith } from '../text/speech.tsx';
import type { StepName } from './standing.ts';

interface BeginHowProps {
  hasBegun: boolean;
  /** Steps that are not done. */
  open: readonly StepName[];
  onBegin: () => void;
}

/** The end of trying things out: names what is not there yet, and wants the city's name before it is pressed. */
export function BeginHow({ hasBegun, open, onBegin }: BeginHowProps) {
  const { text } = useSpeechWith(startWords);
  const words = text.start;
  const { city } = useCity();
  const [typed, setTyped] = useState('');
  const { busy, failure, run } = usePress();
  const isMeant = sameName(typed, city.name);
  const begin = () => {
    run(async (send) => {
      onBegin();
      await send(BeginCity, {});
    });
  };
  if (hasBegun)
    return (
      <div className="doings">
        <button type="button" disabled={busy} onClick={begin}>
          {words.clearAgain}
        </button>
        {failure !== undefined && <p role="alert">{failure}</p>}
      </div>
    );
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isMeant) begin();
      }}
    >
      {open.length > 0 && (
        <div>
          <h3>{words.stillOpen}</h3>
          <ul className="step-open">
            {open.map((name) => (
              <li key={name}>{words.steps[name].title}</li>
            ))}
          </ul>
          <p className="third">{words.stillOpenFine}</p>
        </div>
      )}
      <Field
        label={words.typeName(city.name)}
        required
        autoComplete="off"
        spellCheck={false}
        maxLength={80}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
        }}
      />
      {failure !== undefined && <p role="alert">{failure}</p>}
      <button type="submit" className="grave" disabled={busy || !isMeant}>
        {busy ? words.beginning : words.begin}
      </button>
    </form>
  );
}

/** Capitals and spaces aside. */
function sameName(one: string, other: string): boolean {
  const squeezed = (name: string) => name.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  return squeezed(one) === squeezed(other);
}
