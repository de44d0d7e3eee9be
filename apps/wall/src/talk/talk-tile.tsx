import { useWho } from '../alarms/who.tsx';
import { Tile } from '../room/tile.tsx';
import { useSpeech } from '../text/speech.tsx';
import { useFloors } from './on-the-air.ts';

/** Who talks, and how many are on the line. */
export function TalkTile() {
  const { text, format } = useSpeech();
  const words = text.talk;
  const { floors, onAir } = useFloors();
  const [first] = onAir;
  const who = useWho(first?.talk?.principalId);
  const participants = floors.reduce((sum, floor) => sum + floor.participants, 0);
  const isEmergency = first?.talk?.isEmergency === true;
  return (
    <Tile
      title={words.title}
      value={format.number(participants)}
      unit={words.onTheLine}
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
