import { ListTalkGroups, type TalkGroup } from '@siaga/contracts';
import { useCallback, useState } from 'react';
import { call } from '../city/api.ts';
import { useAsked } from '../room/asked.ts';

/** Groups of incidents open and close. */
const LOOK_MS = 15_000;

/** The groups of who is signed in, and the one he has chosen to talk in. */
export interface ChosenGroup {
  /** Undefined: not heard yet. */
  readonly items: readonly TalkGroup[] | undefined;
  readonly failure: string | undefined;
  readonly group: TalkGroup | undefined;
  readonly choose: (groupId: string) => void;
}

/** `remembered`: the name under which this browser keeps what was chosen; `follows`: groups that open are heard of. */
export function useGroups(remembered: string, { follows }: { follows: boolean }): ChosenGroup {
  const ask = useCallback((signal: AbortSignal) => call(ListTalkGroups, {}, { signal }), []);
  const { answer, failure } = useAsked(ask, follows ? { everyMs: LOOK_MS } : undefined);
  const [wanted, setWanted] = useState(() => localStorage.getItem(remembered));
  const items = answer?.items;
  const group = items?.find(({ groupId }) => groupId === wanted) ?? items?.find(({ mayTalk }) => mayTalk) ?? items?.[0];
  const choose = (groupId: string) => {
    localStorage.setItem(remembered, groupId);
    setWanted(groupId);
  };
  return { items, failure, group, choose };
}

/** Where somebody in danger is heard: in his group, or else the first where he may talk. */
export const emergencyGroup = ({ items, group }: ChosenGroup): string | undefined =>
  (group?.mayTalk === true ? group : items?.find(({ mayTalk }) => mayTalk))?.groupId;
