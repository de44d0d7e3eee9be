import { faultWords } from '../text/fault-words.ts';
import { useSpeech } from '../text/speech.tsx';
import type { QueueState } from './step-queue.ts';

/** What is not confirmed yet, and what was refused, in words; nothing when the city has everything. */
export function Sent({ state: { waiting, refused, isUnkept } }: { state: QueueState<unknown> }) {
  const speech = useSpeech();
  const { text, format } = speech;
  return (
    <>
      {waiting.length > 0 && (
        <p role="status" data-tone="attention">
          {text.field.pending(format.number(waiting.length))}
        </p>
      )}
      {isUnkept === true && <p role="alert">{text.field.unkept}</p>}
      {refused !== undefined && (
        <p role="alert">
          {text.field.refused}: {faultWords(refused.why, speech)}
        </p>
      )}
    </>
  );
}
