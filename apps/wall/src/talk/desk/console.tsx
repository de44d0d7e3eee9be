import { ListTalkGroups } from '@siaga/contracts';
import { useCallback, useState } from 'react';
import { call } from '../../city/api.ts';
import { useAsked } from '../../room/asked.ts';
import { useSpeech } from '../../text/speech.tsx';
import type { Air } from '../air.ts';
import { useFloors } from '../on-the-air.ts';
import { Recordings, RecordingsOfDay } from '../recordings.tsx';
import { Standing } from '../standing.tsx';
import { TalkButton } from '../talk-button.tsx';
import { deskKeys } from '../use-hold.ts';
import { useMembership } from '../use-membership.ts';
import { GroupRow } from './group-row.tsx';

const CHOSEN = 'siaga.desk-talks-to';
const HEARD = 'siaga.desk-hears';
/** Groups of incidents open and close. */
const LOOK_MS = 15_000;
const SHOWN = 20;

/** All groups of who is here: those he hears, the one he talks to, who talks, and what was said in it. */
export function Console({ air }: { air: Air }) {
  const words = useSpeech().text.talk;
  const ask = useCallback((signal: AbortSignal) => call(ListTalkGroups, {}, { signal }), []);
  const { answer, failure } = useAsked(ask, { everyMs: LOOK_MS });
  const { floors } = useFloors();
  const [chosen, setChosen] = useState(() => localStorage.getItem(CHOSEN));
  const [heard, setHeard] = useState<readonly string[]>(() => localStorage.getItem(HEARD)?.split(' ') ?? []);
  const items = answer?.items ?? [];
  const group = items.find(({ groupId }) => groupId === chosen) ?? items.find(({ mayTalk }) => mayTalk) ?? items[0];
  const open = items.map(({ groupId }) => groupId);
  useMembership(air, [
    group?.groupId,
    ...heard.filter((groupId) => groupId !== group?.groupId && open.includes(groupId)),
  ]);
  const hear = (groupId: string) => {
    const next = heard.includes(groupId) ? heard.filter((one) => one !== groupId) : [...heard, groupId];
    localStorage.setItem(HEARD, next.join(' '));
    setHeard(next);
  };
  return (
    <>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {group !== undefined && (
        <>
          <TalkButton key={group.groupId} air={air} group={group} keys={deskKeys} isEmergency={false} />
          <p className="second">{words.deskKey(group.name)}</p>
        </>
      )}
      <Standing air={air} />
      <ul className="talk-groups" aria-label={words.groups}>
        {items.map((one) => (
          <GroupRow
            key={one.groupId}
            group={one}
            floor={floors.find(({ groupId }) => groupId === one.groupId)}
            isChosen={one === group}
            isHeard={one === group || heard.includes(one.groupId)}
            onTalk={() => {
              localStorage.setItem(CHOSEN, one.groupId);
              setChosen(one.groupId);
            }}
            onHear={() => {
              hear(one.groupId);
            }}
          />
        ))}
      </ul>
      {group !== undefined && (
        <>
          <Recordings key={group.groupId} groupId={group.groupId} most={SHOWN} />
          <RecordingsOfDay key={`day ${group.groupId}`} groupId={group.groupId} />
        </>
      )}
    </>
  );
}
