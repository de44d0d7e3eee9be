import { useFocus } from '../../room/focus.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { CONTROL } from '../kinds.ts';
import { useOverrides } from './seen-overrides.ts';

/** How much is switched by hand now; opens it. Nothing is said while every lamp follows its programme. */
export function ControlLight() {
  const { text, format } = useSpeech();
  const { focus, show, close } = useFocus();
  const open = useOverrides().filter(({ phase }) => phase !== 'over');
  if (open.length === 0) return null;
  return (
    <button
      type="button"
      className="system-light"
      aria-expanded={focus?.kind === CONTROL}
      onClick={() => {
        if (focus?.kind === CONTROL) close();
        else show(CONTROL, 'overrides');
      }}
    >
      {text.control.light(format.number(open.length))}
    </button>
  );
}
