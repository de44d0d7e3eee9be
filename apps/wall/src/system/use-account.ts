import type { Account } from '@siaga/live';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { reasonOf } from '../city/api.ts';
import { useLinked } from '../link/live-context.tsx';

/** The last comparison with the log. While somebody uses it, one is made about every minute. */
export function useAccount(): Account | undefined {
  const { live } = useLinked();
  const subscribe = useCallback((listener: () => void) => live.account.subscribe(listener), [live]);
  return useSyncExternalStore(subscribe, () => live.account.get());
}

/** Compares on a press; says when that could not be answered. */
export function useAccountCheck(): { checking: boolean; failure: string | undefined; check: () => void } {
  const { live } = useLinked();
  const [checking, setChecking] = useState(false);
  const [failure, setFailure] = useState<string>();
  useEffect(() => live.account.subscribe(() => setFailure(undefined)), [live]);
  const check = () => {
    setChecking(true);
    live.account
      .check()
      .then(
        () => {
          setFailure(undefined);
        },
        (error: unknown) => {
          setFailure(reasonOf(error));
        },
      )
      .finally(() => {
        setChecking(false);
      });
  };
  return { checking, failure, check };
}
