import type { TalkFloorChanged, TalkGroup } from '@siaga/contracts';
import { useWho } from '../../alarms/who.tsx';
import { useNow } from '../../link/use-live.ts';
import { useSpeech } from '../../text/speech.tsx';
import { talking } from '../on-the-air.ts';

interface GroupRowProps {
  group: TalkGroup;
  floor: TalkFloorChanged | undefined;
  isChosen: boolean;
  isHeard: boolean;
  onTalk: () => void;
  onHear: () => void;
}

/** One group: who talks in it, and whether this desk hears it or talks to it. */
export function GroupRow({ group: { name, mayTalk }, floor, isChosen, isHeard, onTalk, onHear }: GroupRowProps) {
  const { text, format } = useSpeech();
  const words = text.talk;
  const [now] = talking(floor === undefined ? [] : [floor], useNow());
  const who = useWho(now?.talk?.principalId);
  const says = now?.talk?.isEmergency === true ? words.emergency(who) : words.busy(who);
  return (
    <li
      className="talk-group"
      data-chosen={isChosen}
      data-on-air={now !== undefined}
      data-emergency={now?.talk?.isEmergency}
    >
      <div>
        <strong>{name}</strong>
        <span className="second">
          {now === undefined ? words.onTheLineHere(format.number(floor?.participants ?? 0)) : says}
        </span>
      </div>
      <button type="button" aria-pressed={isHeard} disabled={isChosen} onClick={onHear}>
        {words.hear}
      </button>
      <button type="button" aria-pressed={isChosen} disabled={!mayTalk} onClick={onTalk}>
        {words.talkTo}
      </button>
    </li>
  );
}
