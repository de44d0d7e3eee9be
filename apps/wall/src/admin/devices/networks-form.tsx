import { useId, useState } from 'react';
import { adminWords } from '../../text/admin-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';
import { networksOf } from './networks.ts';

interface NetworksFormProps {
  networks: readonly string[];
  busy: boolean;
  onSave: (networks: string[]) => void;
}

/** The networks a device may report from. */
export function NetworksForm({ networks, busy, onSave }: NetworksFormProps) {
  const { text } = useSpeechWith(adminWords);
  const words = text.admin;
  const id = useId();
  const [lines, setLines] = useState(networks.join('\n'));
  const [wrong, setWrong] = useState<string>();
  return (
    <form
      className="form part"
      onSubmit={(event) => {
        event.preventDefault();
        const read = networksOf(lines);
        setWrong('wrong' in read ? read.wrong : undefined);
        if ('networks' in read) onSave(read.networks);
      }}
    >
      <div className="field">
        <label htmlFor={id}>{words.networks}</label>
        <textarea
          id={id}
          rows={2}
          spellCheck={false}
          aria-describedby={`${id}-hint`}
          value={lines}
          onChange={({ target }) => {
            setLines(target.value);
          }}
        />
        <p className="field-hint" id={`${id}-hint`}>
          {words.networksHint}
        </p>
      </div>
      {wrong !== undefined && <p role="alert">{words.networkWrong(wrong)}</p>}
      <button type="submit" disabled={busy}>
        {words.saveNetworks}
      </button>
    </form>
  );
}
