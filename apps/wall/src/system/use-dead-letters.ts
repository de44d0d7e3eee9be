import {
  DismissDeadLetters,
  ListDeadLetters,
  ReplayDeadLetters,
  type AnswerOf,
  type DeadLetterSummary,
} from '@siaga/contracts';
import { useCallback, useEffect, useState } from 'react';
import { call, reasonOf } from '../city/api.ts';
import { useSend } from '../room/press.ts';

/** What the last press of a button came to. */
export type Press =
  { at: 'pending' } | { at: 'replayed' | 'dismissed'; count: number } | { at: 'failed'; reason: string };

export interface DeadLetters {
  /** Undefined before the first answer. */
  list: AnswerOf<typeof ListDeadLetters> | undefined;
  /** Why the list could not be fetched the last time. */
  failure: string | undefined;
  press: Press | undefined;
  /** Gives one more try to those named, or to all. */
  giveAgain: (letters: readonly DeadLetterSummary[] | 'all') => void;
  /** Takes one away for good. */
  dismiss: (letter: DeadLetterSummary) => void;
}

/** Dead letters, fetched again with each report of the gateway (`toldMs`), and after each press. */
export function useDeadLetters(toldMs: number | undefined): DeadLetters {
  const [list, setList] = useState<DeadLetters['list']>();
  const [failure, setFailure] = useState<string>();
  const send = useSend();
  const [press, setPress] = useState<Press>();
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

  const show = useCallback((pressed: Promise<Press>) => {
    setPress({ at: 'pending' });
    pressed.then(
      (done) => {
        setPress(done);
        setAsked((times) => times + 1);
      },
      (error: unknown) => {
        setPress({ at: 'failed', reason: reasonOf(error) });
      },
    );
  }, []);

  const giveAgain = useCallback(
    (letters: readonly DeadLetterSummary[] | 'all') => {
      const body = letters === 'all' ? {} : { deadLetterIds: letters.map(({ deadLetterId }) => deadLetterId) };
      const answer = send(ReplayDeadLetters, { body });
      show(answer.then(({ replayed }) => ({ at: 'replayed', count: replayed })));
    },
    [send, show],
  );

  const dismiss = useCallback(
    ({ deadLetterId }: DeadLetterSummary) => {
      const body = { deadLetterIds: [deadLetterId] };
      const answer = send(DismissDeadLetters, { body });
      show(answer.then(({ dismissed }) => ({ at: 'dismissed', count: dismissed })));
    },
    [send, show],
  );

  return { list, failure, press, giveAgain, dismiss };
}
