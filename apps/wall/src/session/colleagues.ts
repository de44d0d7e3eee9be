import { ListColleagues, PrincipalId, type Colleague } from '@siaga/contracts';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { KnownColleagues } from './known-colleagues.ts';
import { useMay } from './session-context.tsx';
import { session } from './session.ts';

const colleagues = new KnownColleagues(async (ids) => {
  const { items } = await session.call(ListColleagues, { query: { ids: ids.join(',') } });
  return items;
});

const follow = () => {
  const state = session.get();
  // a question that is open meanwhile changes nothing: who comes back is mostly the same
  if (state.at === 'in') colleagues.belongTo(`${state.me.principalId} ${state.me.sessionId ?? ''}`);
  else if (state.at === 'out') colleagues.belongTo(undefined);
};
session.subscribe(follow);
follow();

/**
 * Who somebody is, by the id that stands in an event or a list: his name and agencies, and only his id when he works here no
 * more or is no person (`service`, a script). undefined until that is known; for ever on a screen that nobody stands at.
 */
export function useColleague(principalId: string | undefined): Colleague | undefined {
  const mayAsk = useMay()(ListColleagues);
  const isPerson = PrincipalId.safeParse(principalId).success;
  useEffect(() => {
    if (mayAsk && isPerson && principalId !== undefined) colleagues.want(principalId);
  }, [mayAsk, isPerson, principalId]);
  return useSyncExternalStore(colleagues.subscribe, () =>
    principalId === undefined ? undefined : colleagues.get(principalId),
  );
}

/** The same of several people (memoise `principalIds`); who is not known yet is left out. */
export function useColleagues(principalIds: readonly string[]): readonly Colleague[] {
  const mayAsk = useMay()(ListColleagues);
  useEffect(() => {
    if (!mayAsk) return;
    for (const principalId of principalIds)
      if (PrincipalId.safeParse(principalId).success) colleagues.want(principalId);
  }, [mayAsk, principalIds]);
  const known = useSyncExternalStore(colleagues.subscribe, colleagues.all);
  return useMemo(
    () => principalIds.flatMap((principalId) => known.get(principalId)?.colleague ?? []),
    [principalIds, known],
  );
}
