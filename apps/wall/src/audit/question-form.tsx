import { useState } from 'react';
import { Field } from '../room/field.tsx';
import { useFocus } from '../room/focus.tsx';
import { auditWords } from '../text/audit-words.ts';
import { useSpeechWith } from '../text/speech.tsx';
import { AUDIT } from './kinds.ts';

/** What of the trail is asked for: one thing by kind and id, or all of it. */
export function QuestionForm({ focusKey }: { focusKey: string }) {
  const { text } = useSpeechWith(auditWords);
  const words = text.audit;
  const { show } = useFocus();
  const asked = focusKey.startsWith('@') ? '' : focusKey;
  const kinds = Object.keys(words.things);
  const [kind, setKind] = useState(kinds.find((one) => asked.startsWith(`${one}:`)) ?? 'truck');
  const [id, setId] = useState(asked.slice(asked.indexOf(':') + 1));
  return (
    <form
      className="audit-form"
      onSubmit={(event) => {
        event.preventDefault();
        const typed = id.trim();
        // copied from the file, it brings its kind along
        const isWhole = kinds.some((one) => typed.startsWith(`${one}:`));
        show(AUDIT, isWhole ? typed : `${kind}:${typed}`);
      }}
    >
      <label className="field">
        <span>{words.kind}</span>
        <select
          value={kind}
          onChange={({ target }) => {
            setKind(target.value);
          }}
        >
          {kinds.map((one) => (
            <option key={one} value={one}>
              {words.things[one]}
            </option>
          ))}
        </select>
      </label>
      <Field
        label={words.id}
        hint={words.idHint}
        required
        autoFocus={focusKey === ''}
        maxLength={170}
        autoComplete="off"
        spellCheck={false}
        pattern="\s*[\w.:\/*@+\-]+\s*"
        title={words.idRule}
        value={id}
        onChange={({ target }) => {
          setId(target.value);
        }}
      />
      <button type="submit" className="strong">
        {words.look}
      </button>
    </form>
  );
}
