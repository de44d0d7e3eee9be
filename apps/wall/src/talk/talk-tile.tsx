import { useWho } from '../alarms/who.tsx';
import { Tile } from '../room/tile.tsx';
import { useSpeech } from '../text/speech.tsx';
import { useFloors } from './on-the-air.ts';

/** In how many groups somebody talks, and who in the first. */
export function TalkTile() {
  const { text, format } = useSpeech();
  const words = text.talk;
  const { onAir } = useFloors();
  const [first] = onAir;
  const who = useWho(first?.talk?.principalId);
  const isEmergency = first?.talk?.isEmergency === true;
  return (
    <Tile
      title={words.title}
      value={format.number(onAir.length)}
      unit={words.talkingNow}
      exception={
        first === undefined ? (
          words.nobodyTalks
        ) : (
          <span data-tone={isEmergency ? 'attention' : undefined}>
            {isEmergency ? words.emergency(who) : words.busy(who)} · {first.name}
          </span>
        )
      }
      hue={isEmergency ? 'attention' : 'information'}
    />
  );
}
