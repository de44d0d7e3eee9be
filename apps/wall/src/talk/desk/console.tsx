import { useSpeech } from '../../text/speech.tsx';
import type { Air } from '../air.ts';
import { LevelMeter } from '../level-meter.tsx';
import { useFloors } from '../on-the-air.ts';
import { Recordings, RecordingsOfDay } from '../recordings.tsx';
import { Standing } from '../standing.tsx';
import { TalkButton } from '../talk-button.tsx';
import { useRadio } from '../talk-context.tsx';
import { useOpenDistresses } from '../distress/open-distresses.ts';
import { GroupRow } from './group-row.tsx';

const SHOWN = 20;
/** The desk's key is the room's, also where this is not drawn. */
const noKeys: readonly string[] = [];

/** All groups of who is here: those he hears, the one he talks to, who talks, and what was said in it. */
export function Console({ air }: { air: Air }) {
  const words = useSpeech().text.talk;
  const { items = [], failure, group, choose, heard, hear } = useRadio();
  const { floors } = useFloors();
  const inDanger = useOpenDistresses().map(({ groupId }) => groupId);
  return (
    <>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {group !== undefined && (
        <>
          <TalkButton key={group.groupId} air={air} group={group} keys={noKeys} isEmergency={false} />
          <p className="second">{words.deskKey(group.name)}</p>
        </>
      )}
      <Standing air={air} />
      <LevelMeter label={words.spokenLevel} level={air.spoken} />
      <LevelMeter label={words.heardLevel} level={air.heard} />
      <ul className="talk-groups" aria-label={words.groups}>
        {items.map((one) => (
          <GroupRow
            key={one.groupId}
            group={one}
            floor={floors.find(({ groupId }) => groupId === one.groupId)}
            isChosen={one === group}
            isHeard={one === group || heard.includes(one.groupId) || inDanger.includes(one.groupId)}
            onTalk={() => {
              choose(one.groupId);
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
