import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useFocus } from '../room/focus.tsx';
import type { Air } from './air.ts';
import { useOpenDistresses } from './distress/open-distresses.ts';
import { TALK } from './kinds.ts';
import { useGroups, type ChosenGroup } from './use-groups.ts';
import { deskKeys, useHold } from './use-hold.ts';
import { useMembership } from './use-membership.ts';

const CHOSEN = 'siaga.desk-talks-to';
const HEARD = 'siaga.desk-hears';

/** The desk's own radio: it goes on while its panel is closed. */
interface Radio extends ChosenGroup {
  air: Air | undefined;
  begin: (air: Air) => void;
  /** Groups that are heard beside the chosen one, because somebody wants it. */
  heard: readonly string[];
  hear: (groupId: string) => void;
}
const RadioContext = createContext<Radio | undefined>(undefined);

/** Its key and its groups are the room's, whatever panel is open; an officer in danger is heard without being looked for. */
export function TalkProvider({ children }: { children: ReactNode }) {
  const [air, begin] = useState<Air>();
  useEffect(() => () => air?.close(), [air]);
  const { show } = useFocus();
  const { items, failure, group, choose } = useGroups(CHOSEN, { follows: air !== undefined });
  const [heard, setHeard] = useState<readonly string[]>(() => localStorage.getItem(HEARD)?.split(' ') ?? []);
  const inDanger = useOpenDistresses().map(({ groupId }) => groupId);
  const isThere = (groupId: string | undefined) => items?.some((one) => one.groupId === groupId) === true;
  useMembership(air, [group?.groupId, ...[...heard, ...inDanger].filter(isThere)]);
  useHold({
    keys: deskKeys,
    down: () => {
      if (air === undefined || group === undefined) show(TALK);
      else air.press(group.groupId, { isEmergency: false });
    },
    up: () => {
      air?.letGo();
    },
  });
  const radio = useMemo(() => {
    const hear = (groupId: string) => {
      const next = heard.includes(groupId) ? heard.filter((one) => one !== groupId) : [...heard, groupId];
      localStorage.setItem(HEARD, next.join(' '));
      setHeard(next);
    };
    return { air, begin, items, failure, group, choose, heard, hear };
  }, [air, items, failure, group, choose, heard]);
  return <RadioContext value={radio}>{children}</RadioContext>;
}

export function useRadio(): Radio {
  const radio = use(RadioContext);
  if (radio === undefined) throw new Error('no radio: the talk domain is not on this page');
  return radio;
}
