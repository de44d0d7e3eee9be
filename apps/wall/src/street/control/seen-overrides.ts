import { LampOverrideChanged } from '@siaga/contracts';
import { useMemo } from 'react';
import { useLatest } from '../../link/use-live.ts';

/** Overrides as screens are told, last taken first; those over for less than an hour among them. */
export function useOverrides(): readonly LampOverrideChanged[] {
  const heard = useLatest(LampOverrideChanged);
  return useMemo(() => [...heard.values()].map(({ data }) => data).sort((a, b) => b.takenAtMs - a.takenAtMs), [heard]);
}
