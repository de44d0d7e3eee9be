import { useCallback, useState } from 'react';
import { faultWords } from '../text/fault-words.ts';
import { useSpeech } from '../text/speech.tsx';

/** A button whose press takes time and may fail. */
export interface Press {
  busy: boolean;
  /** Why the last press failed, in words for who pressed. */
  failure: string | undefined;
  /** Runs what a press does; one at a time. */
  run: (work: () => Promise<void>) => void;
}

/** `wordsOf` says what went wrong where the usual words do not fit; undefined leaves it to them. */
export function usePress(wordsOf?: (error: unknown) => string | undefined): Press {
  const speech = useSpeech();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = useCallback((work: () => Promise<void>) => {
    setBusy(true);
    setError(undefined);
    work()
      .catch((cause: unknown) => {
        setError(cause);
      })
      .finally(() => {
        setBusy(false);
      });
  }, []);
  const failure = error === undefined ? undefined : (wordsOf?.(error) ?? faultWords(error, speech));
  return { busy, failure, run };
}
