import { useCallback, useEffect, useState } from 'react';
import { faultWords } from '../text/fault-words.ts';
import { useSpeech } from '../text/speech.tsx';

/** What a server was asked for. */
export interface Asked<Answer> {
  /** Undefined before the first answer. */
  answer: Answer | undefined;
  /** Why the last question failed, in words. */
  failure: string | undefined;
  again: () => void;
}

/**
 * Asks when it is first drawn, when the question changes (memoise it), and again on demand; with `everyMs` also so long after
 * each answer, or failure: on a slow network no question is given up for the next one.
 */
export function useAsked<Answer>(
  ask: (signal: AbortSignal) => Promise<Answer>,
  { everyMs }: { everyMs?: number } = {},
): Asked<Answer> {
  const speech = useSpeech();
  const [answer, setAnswer] = useState<Answer>();
  const [error, setError] = useState<unknown>();
  const [times, setTimes] = useState(0);
  const again = useCallback(() => {
    setTimes((before) => before + 1);
  }, []);
  useEffect(() => {
    const ending = new AbortController();
    let next: ReturnType<typeof setTimeout> | undefined;
    const askAgain = () => {
      if (everyMs !== undefined) next = setTimeout(again, everyMs);
    };
    ask(ending.signal).then(
      (value) => {
        if (ending.signal.aborted) return;
        setAnswer(value);
        setError(undefined);
        askAgain();
      },
      (cause: unknown) => {
        if (ending.signal.aborted) return;
        setError(cause);
        askAgain();
      },
    );
    return () => {
      ending.abort();
      clearTimeout(next);
    };
  }, [ask, times, again, everyMs]);
  return { answer, failure: error === undefined ? undefined : faultWords(error, speech), again };
}
