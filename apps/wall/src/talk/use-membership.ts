import { useEffect } from 'react';
import type { Air } from './air.ts';

/** In these groups, and out of every other. */
export function useMembership({ line }: Air, groupIds: readonly (string | undefined)[]): void {
  const wanted = groupIds.filter((groupId) => groupId !== undefined).join(' ');
  useEffect(() => {
    const ids = wanted === '' ? [] : wanted.split(' ');
    for (const groupId of line.get().groups.keys()) if (!ids.includes(groupId)) line.leave(groupId);
    for (const groupId of ids) line.join(groupId);
  }, [line, wanted]);
}
