import { Fault, UserName } from '@siaga/contracts';
import { MonitorUp } from 'lucide-react';
import { useState } from 'react';
import { Field } from '../../room/field.tsx';
import { usePress } from '../../room/press.ts';
import type { Dictionary } from '../../text/dictionary.ts';
import { inLanguage } from '../../text/fault-words.ts';
import type { Language } from '../../text/format.ts';
import { useSpeech } from '../../text/speech.tsx';
import { Entrance } from '../entrance.tsx';
import { isUnauthenticated } from '../renewal.ts';
import { session, type OutReason } from '../session.ts';
import { PasswordField } from './password-field.tsx';

/** Name and password; why one has to, when somebody was signed in before. */
export function SignInPage({ why, onPair }: { why: OutReason | undefined; onPair: () => void }) {
  const { language, text } = useSpeech();
  const words = text.session;
  const [userName, setUserName] = useState('');
  const [password, setPassword] = useState('');
  const { busy, failure, run } = usePress((error) => {
    if (!isUnauthenticated(error)) return undefined;
    return inLanguage(error.message, language) ?? words.wrongPassword;
  });
  const signIn = () => {
    run(async () => {
      if (!UserName.safeParse(userName).success) throw new Fault('unauthenticated', words.wrongPassword);
      await session.signIn({ userName, password });
    });
  };
  return (
    <Entrance title={words.signIn}>
      {why !== undefined && <p className="entrance-why">{whyOut(why, text, language)}</p>}
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          signIn();
        }}
      >
        <Field
          label={words.userName}
          name="username"
          required
          autoFocus
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          value={userName}
          onChange={({ target }) => {
            setUserName(target.value);
          }}
        />
        <PasswordField label={words.password} autoComplete="current-password" value={password} onChange={setPassword} />
        {failure !== undefined && <p role="alert">{failure}</p>}
        <button type="submit" className="strong" disabled={busy}>
          {busy ? words.signingIn : words.signIn}
        </button>
      </form>
      <p className="entrance-note">{words.forgotten}</p>
      <footer className="entrance-foot">
        <MonitorUp aria-hidden="true" />
        <span>{words.unattended}</span>
        <button type="button" onClick={onPair}>
          {words.pairIt}
        </button>
      </footer>
    </Entrance>
  );
}

function whyOut(why: OutReason, { session: words }: Dictionary, language: Language): string {
  if (why.by === 'himself') return words.outHimself;
  return `${inLanguage(why.said, language) ?? words.outOver} ${words.outUnexpected}`;
}
