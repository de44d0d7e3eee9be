import type { Account } from '@siaga/live';

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
