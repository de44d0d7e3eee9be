import type { DeadLetterSummary } from '@siaga/contracts';
import { ageMs } from '../link/age.ts';
import { useSpeech } from '../text/speech.tsx';

interface RowProps {
  letter: DeadLetterSummary;
  atMs: number;
  /** Absent while it cannot be replayed. */
  onReplay: (() => void) | undefined;
}

/** One event: who gave it up, why in plain words, what the machine said, how long ago. */
export function DeadLetterRow({ letter, atMs, onReplay }: RowProps) {
  const { text, format } = useSpeech();
  const words = text.system;
  const { group, cause, attempts, origin, givenUpAtMs, leftOut } = letter;
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
      <p className="dead-letter-cause">{cause}</p>
      <p className="third">
        {text.ago(age)} · {group.split('.').slice(2).join('.')} · {origin.topic}/{origin.partition}/{origin.offset}
      </p>
      {!leftOut && (
        <button
          type="button"
          disabled={onReplay === undefined}
          aria-label={words.replayOne(service, age)}
          onClick={onReplay}
        >
          {words.replay}
        </button>
      )}
    </article>
  );
}
