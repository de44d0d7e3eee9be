import { kelurahan } from '@siaga/geo';
import { useId } from 'react';
import { Field } from '../../room/field.tsx';
import { useSpeech } from '../../text/speech.tsx';
import type { Chosen } from './chosen.ts';

interface ThingsFormProps {
  chosen: Chosen;
  onChoose: (chosen: Chosen) => void;
  /** All of a kelurahan may be meant, too. */
  areas?: true;
}

/** Chooses lamps and panels by their ids, and a kelurahan by its name. */
export function ThingsForm({ chosen, onChoose, areas }: ThingsFormProps) {
  const words = useSpeech().text.control;
  const id = useId();
  return (
    <>
      <Field
        label={words.lamps}
        hint={words.lampsHint}
        value={chosen.lamps}
        onChange={({ target }) => {
          onChoose({ ...chosen, lamps: target.value });
        }}
      />
      <Field
        label={words.panels}
        value={chosen.panels}
        onChange={({ target }) => {
          onChoose({ ...chosen, panels: target.value });
        }}
      />
      {areas === true && (
        <div className="field">
          <label htmlFor={id}>{words.kelurahan}</label>
          <select
            id={id}
            value={chosen.kelurahanCode}
            onChange={({ target }) => {
              onChoose({ ...chosen, kelurahanCode: target.value });
            }}
          >
            <option value="">{words.noKelurahan}</option>
            {kelurahan().map((one) => (
              <option key={one.code} value={one.code}>
                {one.name}
              </option>
            ))}
          </select>
        </div>
      )}
    </>
  );
}
