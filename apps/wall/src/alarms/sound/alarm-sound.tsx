import { AlarmLogged } from '@siaga/contracts';
import { Volume2, VolumeX } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import { useCityNow, useEvery } from '../../link/use-live.ts';
import { useSpeech } from '../../text/speech.tsx';
import { kindWords } from '../alarm-text.ts';
import { speaker } from './speaker.ts';
import { toneOf } from './tone.ts';

/** Sounds, and says to those who hear their screen, what asks for somebody. */
export function AlarmSound() {
  const { text } = useSpeech();
  const cityNow = useCityNow();
  const [last, setLast] = useState<AlarmLogged>();
  useEvery(AlarmLogged, (logged) => {
    const tone = toneOf(logged, cityNow());
    if (tone === undefined) return;
    speaker.play(tone);
    setLast(logged);
  });
  return (
    <p className="spoken" role="status" aria-label={text.alarms.title}>
      {last !== undefined &&
        text.alarms.heard(text.alarms.steps[last.step], `${last.name}, ${kindWords(last.kind, text)}`)}
    </p>
  );
}

/** Turns the sound of this screen on and off, and says when the browser still holds it back. */
export function SoundButton() {
  const { text } = useSpeech();
  const state = useSyncExternalStore(speaker.subscribe, speaker.state);
  const words = { on: text.alarms.soundOn, off: text.alarms.soundOff, waiting: text.alarms.soundWaits }[state];
  return (
    <button
      type="button"
      className="quiet"
      aria-label={words}
      title={words}
      data-tone={state === 'waiting' ? 'attention' : undefined}
      onClick={() => {
        speaker.turn();
      }}
    >
      {state === 'on' ? <Volume2 aria-hidden="true" /> : <VolumeX aria-hidden="true" />}
    </button>
  );
}
