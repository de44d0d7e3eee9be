import { faultKinds, type DeadLetterSummary, type FaultSummary } from '@siaga/contracts';
import { useState } from 'react';
import { ageMs } from '../link/age.ts';
import { useSpeech } from '../text/speech.tsx';

interface RowProps {
  letter: DeadLetterSummary;
  atMs: number;
  /** A press is under way. */
  busy: boolean;
  onReplay: () => void;
  onDismiss: () => void;
}

/** One event: who gave it up, why in plain words, what Siaga said of it, how long ago. */
export function DeadLetterRow({ letter, atMs, busy, onReplay, onDismiss }: RowProps) {
  const { text, format } = useSpeech();
  const words = text.system;
  const { group, fault, attempts, origin, givenUpAtMs, leftOut } = letter;
  // `<city>.<app>.<Class>.<method>` and `<city>.<stream>`: the city is known.
  const [, service = group] = group.split('.');
  const stream = origin.topic.split('.').slice(1).join('.');
  // What is replayed goes through a stream of its own; a letter from there has been given up before.
  const again = stream === 'replays';
  const age = format.duration(ageMs(givenUpAtMs, atMs));
  return (
    <article className="dead-letter">
      <p>
        {again ? words.deadLetterReplayed(service) : words.deadLetterBy(service, stream)}:{' '}
        {attempts === 1 ? words.deadLetterInvalid : words.deadLetterAttempts(format.number(attempts))}
        {again && <em className="tag">{words.deadLetterAgain}</em>}
      </p>
      {leftOut && <p className="third">{words.deadLetterLeftOut}</p>}
      <p className="dead-letter-cause">{fault === undefined ? words.deadLetterUnknown : wordsOf(fault)}</p>
      <p className="third">
        {text.ago(age)} · {group.split('.').slice(2).join('.')} · {origin.topic}/{origin.partition}/{origin.offset}
      </p>
      <div className="dead-letter-presses">
        {!leftOut && (
          <button type="button" disabled={busy} aria-label={words.replayOne(service, age)} onClick={onReplay}>
            {words.replay}
          </button>
        )}
        <DismissButton label={words.dismissOne(service, age)} busy={busy} onDismiss={onDismiss} />
      </div>
    </article>
  );
}

/** The kind in both languages, and what our own code said. */
const wordsOf = ({ kind, detail }: FaultSummary) =>
  detail === undefined ? faultKinds[kind].title : `${faultKinds[kind].title}: ${detail}`;

/** Asks once more: what is dismissed does not come back. */
function DismissButton({ label, busy, onDismiss }: { label: string; busy: boolean; onDismiss: () => void }) {
  const { text } = useSpeech();
  const words = text.system;
  const [asking, setAsking] = useState(false);
  const ask = () => {
    setAsking(!asking);
  };
  if (!asking)
    return (
      <button type="button" disabled={busy} aria-label={label} onClick={ask}>
        {words.dismiss}
      </button>
    );
  return (
    <span role="group" aria-label={label}>
      {words.dismissSure}{' '}
      <button type="button" disabled={busy} onClick={onDismiss}>
        {words.dismissYes}
      </button>{' '}
      <button type="button" onClick={ask}>
        {words.dismissNo}
      </button>
    </span>
  );
}
