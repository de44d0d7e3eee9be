import { useEffect } from 'react';
import type { Air } from './air.ts';

/** In these groups, and out of every other. */
export function useMembership(air: Air | undefined, groupIds: readonly (string | undefined)[]): void {
  const wanted = [...new Set(groupIds.filter((groupId) => groupId !== undefined))].join(' ');
  useEffect(() => {
    if (air === undefined) return;
    const { line } = air;
    const ids = wanted === '' ? [] : wanted.split(' ');
    for (const groupId of line.get().groups.keys()) if (!ids.includes(groupId)) line.leave(groupId);
    for (const groupId of ids) line.join(groupId);
  }, [air, wanted]);
}
