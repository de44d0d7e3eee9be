import { ListDeadLetters, ReplayDeadLetters, type AnswerOf, type DeadLetterSummary } from '@siaga/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { call, pressKey, reasonOf } from '../city/api.ts';

/** What the last press of a replay button came to. */
export type Replay = { at: 'pending' } | { at: 'done'; count: number } | { at: 'failed'; reason: string };

export interface DeadLetters {
  /** Undefined before the first answer. */
  list: AnswerOf<typeof ListDeadLetters> | undefined;
  /** Why the list could not be fetched the last time. */
  failure: string | undefined;
  replay: Replay | undefined;
  /** Whether it was replayed from here before and given up again. */
  isAgain: (letter: DeadLetterSummary) => boolean;
  /** Gives one more try to those named, or to all. */
  giveAgain: (letters: readonly DeadLetterSummary[] | 'all') => void;
}

/** Dead letters, fetched again whenever `count` (how many the gateway tells of) changes, and after each replay. */
export function useDeadLetters(count: number | undefined): DeadLetters {
  const [list, setList] = useState<DeadLetters['list']>();
  const [failure, setFailure] = useState<string>();
  const [replay, setReplay] = useState<Replay>();
  const [asked, setAsked] = useState(0);
  /** When each of those replayed from here had been given up before. */
  const replayed = useRef(new Map<string, number>());

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
  }, [count, asked]);

  const giveAgain = useCallback(
    (letters: readonly DeadLetterSummary[] | 'all') => {
      for (const letter of letters === 'all' ? (list?.items ?? []) : letters)
        replayed.current.set(letter.deadLetterId, letter.givenUpAtMs);
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
    },
    [list],
  );

  const isAgain = useCallback(({ deadLetterId, givenUpAtMs }: DeadLetterSummary) => {
    const before = replayed.current.get(deadLetterId);
    return before !== undefined && before !== givenUpAtMs;
  }, []);

  return { list, failure, replay, isAgain, giveAgain };
}
