import { LogOut } from 'lucide-react';
import { SureButton } from '../../room/sure-button.tsx';
import { usePress } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';
import { countUnsent } from '../of-one-person.ts';
import { session } from '../session.ts';

/** Ends the session on this device, and takes everything of it off; what still waits for a signal is said first. */
export function SignOut() {
  const { text, format } = useSpeech();
  const words = text.session;
  const { busy, failure, run } = usePress();
  const leave = () => {
    run(() => session.signOut());
  };
  const unsent = countUnsent(localStorage);
  return (
    <>
      {unsent > 0 ? (
        <SureButton
          means={words.unsentLost(format.number(unsent))}
          yes={words.signOutAnyway}
          busy={busy}
          onSure={leave}
        >
          {words.signOut}
        </SureButton>
      ) : (
        <button type="button" disabled={busy} onClick={leave}>
          <LogOut aria-hidden="true" />
          {words.signOut}
        </button>
      )}
      {failure !== undefined && <p role="alert">{failure}</p>}
    </>
  );
}
