import { CircleUser, MonitorCheck } from 'lucide-react';
import { useFocus } from '../../room/focus.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { ME } from '../kinds.ts';
import { useMe } from '../session-context.tsx';
import { nameOf } from './name-of.ts';

/** Whose screen this is. A screen without operator says its own name and offers nothing. */
export function WhoChip() {
  const { text } = useSpeech();
  const { focus, show, close } = useFocus();
  const me = useMe();
  if (me.kind === 'screen')
    return (
      <p className="who-chip" aria-label={text.session.screenHere(me.displayName)}>
        <MonitorCheck aria-hidden="true" />
        <span>{me.displayName}</span>
      </p>
    );
  return (
    <button
      type="button"
      className="who-chip"
      aria-expanded={focus?.kind === ME}
      onClick={() => {
        if (focus?.kind === ME) close();
        else show(ME);
      }}
    >
      <CircleUser aria-hidden="true" />
      <span>{nameOf(me, text)}</span>
    </button>
  );
}
