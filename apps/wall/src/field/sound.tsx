import { useEffect, useSyncExternalStore } from 'react';
import { speaker } from '../alarms/sound/speaker.ts';
import { useSpeech } from '../text/speech.tsx';

/** What holds back the sound of the next job, the browser or somebody, ends with one tap. */
export function Sound() {
  const words = useSpeech().text.field;
  const state = useSyncExternalStore(speaker.subscribe, speaker.state);
  useEffect(() => {
    speaker.prepare();
  }, []);
  if (state === 'on') return null;
  return (
    <button
      type="button"
      onClick={() => {
        speaker.turn();
      }}
    >
      {words.sound}
    </button>
  );
}
