import { useCallback } from 'react';
import { useMe } from '../session/session-context.tsx';
import { useSpeech } from '../text/speech.tsx';

/** What the desk calls itself in what it tells. */
const DESK = 'service';

/** Says who did something, from the id that stands in the log. */
export function useWho(): (actor: string) => string {
  const { principalId } = useMe();
  const { text } = useSpeech();
  const words = text.alarms;
  return useCallback(
    (actor: string) => {
      if (actor === DESK) return words.siaga;
      return actor === principalId ? words.me : words.somebody;
    },
    [principalId, words],
  );
}
