import { Fault, type Client, type FaultDeed } from '@siaga/contracts';
import { useCallback, useRef, useState } from 'react';
import { call, pressKey } from '../city/api.ts';
import { lastTryClient } from '../city/last-try.ts';
import { faultWords } from '../text/fault-words.ts';
import { useSpeech } from '../text/speech.tsx';

/** A button whose press takes time and may fail. */
export interface Press {
  busy: boolean;
  /** Why the last press failed, in words for who pressed. */
  failure: string | undefined;
  /** Whose deed stood in its way, where the server said so. */
  deed: FaultDeed | undefined;
  /** Runs what a press does; one at a time: another is none while it runs. `send` repeats under its key what failed before, see {@link lastTryClient}. */
  run: (work: (send: Client) => Promise<void>) => void;
}

/** `wordsOf` says what went wrong where the usual words do not fit; undefined leaves it to them. */
export function usePress(wordsOf?: (error: unknown) => string | undefined): Press {
  const speech = useSpeech();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const isRunning = useRef(false);
  const send = useSend();
  const run = useCallback(
    (work: (send: Client) => Promise<void>) => {
      // a second tap comes before the button is drawn as busy
      if (isRunning.current) return;
      isRunning.current = true;
      setBusy(true);
      setError(undefined);
      work(send)
        .catch((cause: unknown) => {
          setError(cause);
        })
        .finally(() => {
          isRunning.current = false;
          setBusy(false);
        });
    },
    [send],
  );
  const failure = error === undefined ? undefined : (wordsOf?.(error) ?? faultWords(error, speech));
  return { busy, failure, deed: error instanceof Fault ? error.deed : undefined, run };
}

/** The client of the commands of one form, for what is no {@link usePress}: see {@link lastTryClient}. */
export function useSend(): Client {
  const [send] = useState(() => lastTryClient(call, pressKey));
  return send;
}
