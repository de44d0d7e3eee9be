import { DistressChanged } from '@siaga/contracts';
import { useLatest } from '../../link/use-live.ts';

/** Whose call for help is open, the oldest first: he waits longest. */
export function useOpenDistresses(): readonly DistressChanged[] {
  return [...useLatest(DistressChanged).values()]
    .map(({ data }) => data)
    .filter(({ ended }) => ended === undefined)
    .sort((one, other) => one.raisedAtMs - other.raisedAtMs);
}
