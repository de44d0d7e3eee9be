import { useWho } from '../alarms/who.tsx';
import { Tile } from '../room/tile.tsx';
import { useSpeech } from '../text/speech.tsx';
import { useOpenDistresses } from './distress/open-distresses.ts';
import { useFloors } from './on-the-air.ts';

/** In how many groups somebody talks, and who in the first; before that, who is in danger and waits. */
export function TalkTile() {
  const { text, format } = useSpeech();
  const words = text.talk;
  const { onAir } = useFloors();
  const [first] = onAir;
  const who = useWho(first?.talk?.principalId);
  const isEmergency = first?.talk?.isEmergency === true;
  const [inDanger] = useOpenDistresses();
  const officer = useWho(inDanger?.principalId);
  return (
    <Tile
      title={words.title}
      value={format.number(onAir.length)}
      unit={words.talkingNow}
      exception={
        inDanger !== undefined && !isEmergency ? (
          <span data-tone="attention">{words.emergency(officer)}</span>
        ) : first === undefined ? (
          words.nobodyTalks
        ) : (
          <span data-tone={isEmergency ? 'attention' : undefined}>
            {isEmergency ? words.emergency(who) : words.busy(who)} · {first.name}
          </span>
        )
      }
      hue={isEmergency || inDanger !== undefined ? 'attention' : 'information'}
    />
  );
}
