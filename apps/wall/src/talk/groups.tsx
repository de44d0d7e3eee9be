import { Choice } from '../room/choice.tsx';
import { useSpeech } from '../text/speech.tsx';
import type { Air } from './air.ts';
import { Codebooks } from './codebooks/codebooks.tsx';
import type { Distress } from './distress/use-distress.ts';
import { Recordings } from './recordings.tsx';
import { Standing } from './standing.tsx';
import { TalkButton } from './talk-button.tsx';
import { useAwake } from './use-awake.ts';
import { emergencyGroup, type ChosenGroup } from './use-groups.ts';
import { phoneKeys } from './use-hold.ts';
import { useMembership } from './use-membership.ts';

/** All-call: everybody hears it, whatever group he is in. */
const ALL = 'semua';
const SHOWN = 3;

interface GroupsProps {
  air: Air;
  groups: ChosenGroup;
  distress: Distress;
}

/** The groups of who is signed in: he talks in one, and hears all-call beside it. */
export function Groups({ air, groups, distress }: GroupsProps) {
  const words = useSpeech().text.talk;
  const isAwake = useAwake();
  const { items = [], failure, group, choose } = groups;
  const hearsAll = items.some(({ groupId }) => groupId === ALL);
  const isInDanger = distress.help.at !== 'none';
  useMembership(air, [group?.groupId, hearsAll ? ALL : undefined, isInDanger ? emergencyGroup(groups) : undefined]);
  return (
    <>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {groups.items?.length === 0 && <p>{words.noGroups}</p>}
      {group !== undefined && (
        <>
          <Choice
            label={words.group}
            wraps
            options={items.map(({ groupId }) => groupId)}
            chosen={group.groupId}
            onChoose={choose}
          >
            {(groupId) => items.find((one) => one.groupId === groupId)?.name ?? groupId}
          </Choice>
          <Recordings key={group.groupId} groupId={group.groupId} most={SHOWN} />
        </>
      )}
      <Codebooks />
      <div className="ht-thumb">
        {isAwake === false && <p className="second">{words.asleep}</p>}
        <Standing air={air} />
        {group !== undefined && (
          <TalkButton key={group.groupId} air={air} group={group} keys={phoneKeys} isEmergency={isInDanger} />
        )}
      </div>
    </>
  );
}
