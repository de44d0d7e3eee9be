import { ChangePassword, Password } from '@siaga/contracts';
import { useState } from 'react';
import { session } from '../session.ts';
import { usePress } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';
import { PasswordField } from '../sign-in/password-field.tsx';

/** A new password for who knows the old one. */
export function ChangePasswordForm() {
  const { text } = useSpeech();
  const words = text.session;
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [isDone, setDone] = useState(false);
  const { busy, failure, run } = usePress();
  const isGood = Password.safeParse(next).success;
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isGood) return;
        setDone(false);
        run(async () => {
          await session.call(ChangePassword, { body: { current, next } });
          setCurrent('');
          setNext('');
          setDone(true);
        });
      }}
    >
      <PasswordField
        label={words.currentPassword}
        autoComplete="current-password"
        value={current}
        onChange={setCurrent}
      />
      <PasswordField
        label={words.newPassword}
        autoComplete="new-password"
        value={next}
        onChange={setNext}
        rule={{ words: words.passwordRule, met: isGood }}
      />
      {failure !== undefined && <p role="alert">{failure}</p>}
      {isDone && <p role="status">{words.passwordChanged}</p>}
      <button type="submit" className="strong" disabled={busy || !isGood || current === ''}>
        {words.save}
      </button>
    </form>
  );
}
