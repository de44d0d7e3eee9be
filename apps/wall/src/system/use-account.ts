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

/** How many events of the log this screen did not get. */
export function missedIn(account: Account | undefined): number {
  return account === undefined ? 0 : account.inLog - account.applied;
}

/** `unknown`: nothing of the session could be compared, so that nothing was found missing says nothing. */
export function verdictOnAccount(account: Account): 'missed' | 'whole' | 'nothing-yet' | 'unknown' {
  if (missedIn(account) > 0) return 'missed';
  if (account.inLog > 0) return 'whole';
  return account.complete ? 'nothing-yet' : 'unknown';
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
