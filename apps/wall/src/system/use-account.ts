import type { Account } from '@siaga/live';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { reasonOf } from '../city/api.ts';
import { useLinked } from '../link/live-context.tsx';

/** The last comparison with the log, whoever asked for it; looked at once a second. */
export function useAccount(): Account | undefined {
  const { live, clock } = useLinked();
  return useSyncExternalStore(clock.subscribe, () => live.account.get());
}

/** How many events of the log this screen did not get. */
export function missedIn(account: Account | undefined): number {
  return account === undefined ? 0 : account.inLog - account.applied;
}

/** Compares every minute while it is on the screen, and on a press; says when a press could not be answered. */
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
