import { ListTalkGroups } from '@siaga/contracts';
import { useCallback, useState } from 'react';
import { call } from '../city/api.ts';
import { useAsked } from '../room/asked.ts';
import { Choice } from '../room/choice.tsx';
import { useSpeech } from '../text/speech.tsx';
import type { Air } from './air.ts';
import { Distress } from './distress.tsx';
import { Recordings } from './recordings.tsx';
import { Standing } from './standing.tsx';
import { TalkButton } from './talk-button.tsx';
import { useAwake } from './use-awake.ts';
import { useDistress } from './use-distress.ts';
import { useMembership } from './use-membership.ts';
import { phoneKeys } from './use-hold.ts';

const REMEMBERED = 'siaga.talk-group';
/** All-call: everybody hears it, whatever group he is in. */
const ALL = 'semua';
/** Groups of incidents open and close. */
const LOOK_MS = 30_000;
const SHOWN = 3;

/** The groups of who is signed in: he talks in one, and hears all-call beside it. */
export function Groups({ air }: { air: Air }) {
  const words = useSpeech().text.talk;
  const ask = useCallback((signal: AbortSignal) => call(ListTalkGroups, {}, { signal }), []);
  const { answer, failure } = useAsked(ask, { everyMs: LOOK_MS });
  const [wanted, setWanted] = useState(() => localStorage.getItem(REMEMBERED));
  const isAwake = useAwake();
  const items = answer?.items ?? [];
  const group = items.find(({ groupId }) => groupId === wanted) ?? items[0];
  const hearsAll = items.some(({ groupId }) => groupId === ALL);
  const distress = useDistress(group?.groupId);
  useMembership(air, [group?.groupId, hearsAll ? ALL : undefined]);
  return (
    <>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {answer !== undefined && items.length === 0 && <p>{words.noGroups}</p>}
      {group !== undefined && (
        <>
          {group.mayTalk && <Distress air={air} groupId={group.groupId} distress={distress} />}
          <Choice
            label={words.group}
            wraps
            options={items.map(({ groupId }) => groupId)}
            chosen={group.groupId}
            onChoose={(groupId) => {
              localStorage.setItem(REMEMBERED, groupId);
              setWanted(groupId);
            }}
          >
            {(groupId) => items.find((one) => one.groupId === groupId)?.name ?? groupId}
          </Choice>
          <Recordings key={group.groupId} groupId={group.groupId} most={SHOWN} />
        </>
      )}
      <div className="ht-thumb">
        {isAwake === false && <p className="second">{words.asleep}</p>}
        <Standing air={air} />
        {group !== undefined && (
          <TalkButton
            key={group.groupId}
            air={air}
            group={group}
            keys={phoneKeys}
            isEmergency={distress.own !== undefined}
          />
        )}
      </div>
    </>
  );
}
