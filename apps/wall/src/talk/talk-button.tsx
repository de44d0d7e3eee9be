import type { TalkGroup } from '@siaga/contracts';
import { useSyncExternalStore } from 'react';
import { useWho } from '../alarms/who.tsx';
import { useSpeech } from '../text/speech.tsx';
import type { Air } from './air.ts';
import { faceOf, type Face } from './face.ts';
import { useHold } from './use-hold.ts';

interface TalkButtonProps {
  air: Air;
  group: TalkGroup;
  /** Keys that are held as the button is. */
  keys: readonly string[];
  /** Its presses go before those of others: who holds it is in danger. */
  isEmergency: boolean;
}

/** The one large button: red and ringed on the air, green while it waits for a word, amber in the queue, grey when another talks. */
export function TalkButton({ air, group, keys, isEmergency }: TalkButtonProps) {
  const { text, format } = useSpeech();
  const line = useSyncExternalStore(air.line.subscribe, air.line.get);
  const isHeard = useSyncExternalStore(air.level.subscribe, air.level.get);
  const face = faceOf(line, group, isHeard);
  const who = useWho(face.face === 'busy' ? face.principalId : undefined);
  const button = useHold({
    keys,
    down: () => {
      air.press(group.groupId, { isEmergency });
    },
    up: () => {
      air.letGo();
    },
  });
  const words = useWords(face, who);
  return (
    <>
      <button
        type="button"
        ref={button}
        className="ht-button"
        data-face={face.face === 'busy' && face.isEmergency ? 'alert' : face.face}
        aria-label={`${text.talk.button}: ${group.name}`}
        aria-pressed={line.press !== undefined}
        onContextMenu={(event) => {
          event.preventDefault();
        }}
      >
        <span>{words}</span>
        {'listeners' in face && <small>{text.talk.listeners(format.number(face.listeners))}</small>}
        {'endingInMs' in face && <small>{text.talk.endingIn(format.duration(face.endingInMs))}</small>}
      </button>
      <p className="spoken" role="status">
        {words}
      </p>
    </>
  );
}

function useWords(face: Face, who: string): string {
  const { text, format } = useSpeech();
  const words = text.talk;
  if (face.face === 'busy') {
    const said = face.isEmergency ? words.emergency(who) : words.busy(who);
    return face.isDrill ? `${words.drill} · ${said}` : said;
  }
  if (face.face === 'waiting') return words.waiting(format.number(face.position));
  return face.face === 'closed' ? face.reason : words.faces[face.face];
}
