import { Fault, IncidentKind, MASKED, TelephoneNumber, type CallChanged } from '@siaga/contracts';
import { useId } from 'react';
import { Choice } from '../../room/choice.tsx';
import { Field } from '../../room/field.tsx';
import { faultWords } from '../../text/fault-words.ts';
import { useSpeech } from '../../text/speech.tsx';
import { digitsOf } from '../digits-of.ts';
import { Refused } from '../refused.tsx';
import { PlaceField } from './place-field.tsx';
import type { Saving } from './notes-saver.ts';
import type { CallNotesForm } from './use-notes.ts';

const MOST_VICTIMS = 10_000;

/** What is known by now, in the order in which one asks: where, what, how many, the words, who. Saved as it is typed. */
export function CallForm({ call, notes: { note, saving } }: { call: CallChanged; notes: CallNotesForm }) {
  const { text } = useSpeech();
  const words = text.emergency;
  const id = useId();
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <PlaceField
        focuses
        place={call.place}
        onPlace={(place) => {
          note({ place });
        }}
      />
      <Choice
        label={words.kind}
        options={IncidentKind.options}
        chosen={call.kind}
        onChoose={(kind) => {
          note({ kind: kind === call.kind ? null : kind });
        }}
        wraps
      >
        {(kind) => words.kinds[kind]}
      </Choice>
      <Field
        label={words.victims}
        type="number"
        inputMode="numeric"
        min={0}
        max={MOST_VICTIMS}
        defaultValue={call.victims ?? ''}
        onChange={({ target }) => {
          const victims = target.value === '' ? null : Math.round(target.valueAsNumber);
          if (victims === null || (victims >= 0 && victims <= MOST_VICTIMS)) note({ victims });
        }}
      />
      <div className="field">
        <label htmlFor={id}>{words.said}</label>
        <textarea
          id={id}
          rows={4}
          maxLength={2000}
          defaultValue={readable(call.words)}
          onChange={({ target }) => {
            note({ words: target.value.trim() === '' ? null : target.value.trim() });
          }}
        />
      </div>
      <Field
        label={words.callerName}
        maxLength={80}
        defaultValue={readable(call.callerName)}
        onChange={({ target }) => {
          note({ callerName: target.value.trim() === '' ? null : target.value.trim() });
        }}
      />
      <Field
        label={words.callerNumber}
        type="tel"
        maxLength={20}
        defaultValue={readable(call.number)}
        onChange={({ target }) => {
          const number = digitsOf(target.value);
          // half a number is none: it is saved once it is one
          if (number === '') note({ number: null });
          else if (TelephoneNumber.safeParse(number).success) note({ number });
        }}
      />
      <Saved saving={saving} />
    </form>
  );
}

/** What stands in a field; what is masked is never written back. */
const readable = (said: string | undefined): string => (said === undefined || said === MASKED ? '' : said);

function Saved({ saving }: { saving: Saving }) {
  const speech = useSpeech();
  const { text, format } = speech;
  const words = text.emergency;
  if (saving.state === 'failed')
    return (
      <Refused
        press={{
          failure: `${words.notSaved}: ${faultWords(saving.error, speech)}`,
          deed: saving.error instanceof Fault ? saving.error.deed : undefined,
        }}
      />
    );
  if (saving.state === 'saving') return <p className="third">{words.saving}</p>;
  return <p className="third">{saving.atMs === undefined ? '' : words.saved(format.timeWithSeconds(saving.atMs))}</p>;
}
