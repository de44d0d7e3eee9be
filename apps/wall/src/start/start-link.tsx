import { BeginCity } from '@siaga/contracts';
import { ListChecks } from 'lucide-react';
import { useMay } from '../session/session-context.tsx';
import { startWords } from '../text/start-words.ts';
import { useSpeechWith } from '../text/speech.tsx';
import { START_PATH } from './kinds.ts';
import { useBeganAtMs } from './use-facts.ts';

/** The way to the first hour, until the city works in earnest. */
export function StartLink() {
  const { text } = useSpeechWith(startWords);
  const may = useMay();
  const beganAtMs = useBeganAtMs();
  if (beganAtMs !== undefined || !may(BeginCity)) return null;
  return (
    <button
      type="button"
      onClick={() => {
        location.assign(START_PATH);
      }}
    >
      <ListChecks aria-hidden="true" />
      {text.start.link}
    </button>
  );
}
