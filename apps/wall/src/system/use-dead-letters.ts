import { ListDeadLetters, ReplayDeadLetters, type AnswerOf, type DeadLetterSummary } from '@siaga/contracts';
import { useCallback, useEffect, useState } from 'react';
import { call, pressKey, reasonOf } from '../city/api.ts';

/** What the last press of a replay button came to. */
export type Replay = { at: 'pending' } | { at: 'done'; count: number } | { at: 'failed'; reason: string };

export interface DeadLetters {
  /** Undefined before the first answer. */
  list: AnswerOf<typeof ListDeadLetters> | undefined;
  /** Why the list could not be fetched the last time. */
  failure: string | undefined;
  replay: Replay | undefined;
  /** Gives one more try to those named, or to all. */
  giveAgain: (letters: readonly DeadLetterSummary[] | 'all') => void;
}

/** Dead letters, fetched again with each report of the gateway (`toldMs`), and after each replay. */
export function useDeadLetters(toldMs: number | undefined): DeadLetters {
  const [list, setList] = useState<DeadLetters['list']>();
  const [failure, setFailure] = useState<string>();
  const [replay, setReplay] = useState<Replay>();
  const [asked, setAsked] = useState(0);

  useEffect(() => {
    const ending = new AbortController();
    call(ListDeadLetters, {}, { signal: ending.signal }).then(
      (answer) => {
        setList(answer);
        setFailure(undefined);
      },
      (error: unknown) => {
        if (!ending.signal.aborted) setFailure(reasonOf(error));
      },
    );
    return () => {
      ending.abort();
    };
  }, [toldMs, asked]);

  const giveAgain = useCallback((letters: readonly DeadLetterSummary[] | 'all') => {
    const body = letters === 'all' ? {} : { deadLetterIds: letters.map(({ deadLetterId }) => deadLetterId) };
    setReplay({ at: 'pending' });
    call(ReplayDeadLetters, { body }, { idempotencyKey: pressKey() }).then(
      (answer) => {
        setReplay({ at: 'done', count: answer.replayed });
        setAsked((times) => times + 1);
      },
      (error: unknown) => {
        setReplay({ at: 'failed', reason: reasonOf(error) });
      },
    );
  }, []);

  return { list, failure, replay, giveAgain };
}
