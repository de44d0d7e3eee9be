import type { AssignmentSummary } from '@siaga/contracts';
import { useSpeech } from '../../text/speech.tsx';

interface InsteadOfProps {
  /** The one that had not answered when the next was wanted. */
  silent: AssignmentSummary;
  /** It has answered meanwhile, or is not on its way any more. */
  hasAnswered: boolean;
  /** The one that is to be sent. */
  name: string;
  busy: boolean;
  /** Absent: beside whoever answered. */
  onSend: (insteadOf?: { assignmentId: string; keep: boolean }) => void;
  onDrop: () => void;
}

/** The next is sent because the first is silent: what becomes of the first is asked, never guessed, and nothing is sent before. */
export function InsteadOf({
  silent: { unitName, assignmentId },
  hasAnswered,
  name,
  busy,
  onSend,
  onDrop,
}: InsteadOfProps) {
  const words = useSpeech().text.emergency;
  const question = hasAnswered ? words.answeredMeanwhile(unitName, name) : words.stillSilent(unitName);
  return (
    <div className="instead-of" role="group" aria-label={question}>
      <p role="status" data-tone="attention">
        {question}
      </p>
      {!hasAnswered && (
        <button
          type="button"
          className="strong"
          autoFocus
          disabled={busy}
          onClick={() => {
            onSend({ assignmentId, keep: false });
          }}
        >
          {words.sendInstead(name, unitName)}
        </button>
      )}
      <button
        type="button"
        disabled={busy}
        onClick={() => {
          onSend(hasAnswered ? undefined : { assignmentId, keep: true });
        }}
      >
        {words.sendToo(name)}
      </button>
      <button type="button" disabled={busy} onClick={onDrop}>
        {words.sendNone}
      </button>
    </div>
  );
}
