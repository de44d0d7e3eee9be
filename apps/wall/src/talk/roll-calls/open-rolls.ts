import { RollCallChanged } from '@siaga/contracts';
import { useLatest, useNow } from '../../link/use-live.ts';

/** Whether a roll call takes answers now. */
export const isOpen = ({ ended, untilMs }: RollCallChanged, nowMs: number): boolean =>
  ended === undefined && nowMs < untilMs;

/** Roll calls that this screen sees and that take answers, the last first. */
export function useOpenRolls(): readonly RollCallChanged[] {
  const rolls = useLatest(RollCallChanged);
  const nowMs = useNow();
  return [...rolls.values()]
    .map(({ data }) => data)
    .filter((roll) => isOpen(roll, nowMs))
    .sort((one, other) => other.untilMs - one.untilMs);
}
