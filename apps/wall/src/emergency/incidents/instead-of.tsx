import type { AssignmentSummary } from '@siaga/contracts';
import { useSpeech } from '../../text/speech.tsx';

interface InsteadOfProps {
  /** The one that has not answered. */
  silent: AssignmentSummary;
  /** The one that is to be sent. */
  name: string;
  busy: boolean;
  onKeep: (keep: boolean) => void;
}

/** The next is sent because the first is silent: what becomes of the first is asked, never guessed. */
export function InsteadOf({ silent, name, busy, onKeep }: InsteadOfProps) {
  const words = useSpeech().text.emergency;
  return (
    <div className="instead-of" role="group" aria-label={words.stillSilent(silent.unitName)}>
      <p role="status" data-tone="attention">
        {words.stillSilent(silent.unitName)}
      </p>
      <button
        type="button"
        className="strong"
        autoFocus
        disabled={busy}
        onClick={() => {
          onKeep(false);
        }}
      >
        {words.sendInstead(name, silent.unitName)}
      </button>
      <button
        type="button"
        disabled={busy}
        onClick={() => {
          onKeep(true);
        }}
      >
        {words.sendToo(name)}
      </button>
    </div>
  );
}
