import { useFocus } from '../room/focus.tsx';
import { useSpeech } from '../text/speech.tsx';
import { wordsOf } from './finding-words.ts';
import { SYSTEM } from './kinds.ts';
import { useSystem } from './system-context.tsx';
import { ToneMark } from './tone-mark.tsx';

/** Quiet while all is well; else one thing in its own words, or how many. Opens the panel. */
export function SystemLight() {
  const { text, format } = useSpeech();
  const { focus, show, close } = useFocus();
  const { findings, verdict, atMs } = useSystem();
  const [first] = findings;
  const single = findings.length === 1 && first !== undefined && atMs !== undefined && verdict !== 'unknown';
  const words = single ? wordsOf(first, { text, format, atMs }) : `${text.system.title} ${text.system.lights[verdict]}`;
  return (
    <button
      type="button"
      className="system-light"
      data-verdict={verdict}
      aria-expanded={focus?.kind === SYSTEM}
      onClick={() => {
        if (focus?.kind === SYSTEM) close();
        else show(SYSTEM);
      }}
    >
      <ToneMark tone={verdict} />
      <span>{words}</span>
      {findings.length > 1 && verdict !== 'unknown' && (
        <span className="light-count">{text.system.findingsMore(format.number(findings.length))}</span>
      )}
    </button>
  );
}
