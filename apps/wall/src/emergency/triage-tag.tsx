import type { TriageTag } from '@siaga/contracts';
import { useSpeech } from '../text/speech.tsx';
import { letterOf } from './triage-letter.ts';

/** Triage as it hangs on a patient: a letter in its colour, never a shape of severity. A dash: nobody has asked. */
export function Tag({ tag }: { tag: TriageTag | undefined }) {
  const { text } = useSpeech();
  return (
    <span
      className="triage-tag"
      data-tag={tag}
      role="img"
      aria-label={`${text.emergency.triage}: ${tag === undefined ? text.emergency.notAsked : text.emergency.tags[tag]}`}
    >
      {letterOf(tag)}
    </span>
  );
}
