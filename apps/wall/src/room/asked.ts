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

/** Asks when it is first drawn, when the question changes (memoise it), and again on demand. */
export function useAsked<Answer>(ask: (signal: AbortSignal) => Promise<Answer>): Asked<Answer> {
  const speech = useSpeech();
  const [answer, setAnswer] = useState<Answer>();
  const [error, setError] = useState<unknown>();
  const [times, setTimes] = useState(0);
  useEffect(() => {
    const ending = new AbortController();
    ask(ending.signal).then(
      (value) => {
        if (ending.signal.aborted) return;
        setAnswer(value);
        setError(undefined);
      },
      (cause: unknown) => {
        if (!ending.signal.aborted) setError(cause);
      },
    );
    return () => {
      ending.abort();
    };
  }, [ask, times]);
  const again = useCallback(() => {
    setTimes((before) => before + 1);
  }, []);
  return { answer, failure: error === undefined ? undefined : faultWords(error, speech), again };
}
