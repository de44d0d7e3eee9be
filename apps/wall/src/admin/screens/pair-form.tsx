import { Fault, PairScreen, type Agency, type PairedScreen } from '@siaga/contracts';
import { useState } from 'react';
import { Field } from '../../room/field.tsx';
import { usePress } from '../../room/press.ts';
import { useMe } from '../../session/session-context.tsx';
import { adminWords } from '../../text/admin-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';
import { AgencyChecks } from '../access-fields.tsx';

interface PairFormProps {
  onPaired: (screen: PairedScreen) => void;
  onCancel: () => void;
}

/** The code a screen shows, what it is called from now on, and what it may see. */
export function PairForm({ onPaired, onCancel }: PairFormProps) {
  const { text } = useSpeechWith(adminWords);
  const words = text.admin;
  const me = useMe();
  const [userCode, setUserCode] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [agencies, setAgencies] = useState<readonly Agency[]>(me.agencies);
  const { busy, failure, run } = usePress((error) =>
    error instanceof Fault && error.kind === 'not-found' ? words.codeUnknown : undefined,
  );
  const isComplete = userCode.trim() !== '' && displayName.trim() !== '' && agencies.length > 0;
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        run(async (send) => {
          const body = { userCode, displayName, agencies: [...agencies] };
          onPaired(await send(PairScreen, { body }));
        });
      }}
    >
      <p>{words.pairHow}</p>
      <Field
        label={words.code}
        className="code-input"
        placeholder="WDJB-MJHT"
        required
        autoFocus
        maxLength={20}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        value={userCode}
        onChange={({ target }) => {
          setUserCode(target.value.toUpperCase());
        }}
      />
      <Field
        label={words.screenName}
        hint={words.screenNameHint}
        required
        maxLength={80}
        autoComplete="off"
        value={displayName}
        onChange={({ target }) => {
          setDisplayName(target.value);
        }}
      />
      <AgencyChecks agencies={agencies} onChange={setAgencies} />
      {failure !== undefined && <p role="alert">{failure}</p>}
      <div className="doings">
        <button type="submit" className="strong" disabled={busy || !isComplete}>
          {words.pair}
        </button>
        <button type="button" onClick={onCancel}>
          {text.session.cancel}
        </button>
      </div>
    </form>
  );
}
