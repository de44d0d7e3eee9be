import { useState } from 'react';
import { useSpeech } from '../../text/speech.tsx';
import { useHold } from '../use-hold.ts';

/** Nobody presses by sitting on it: so long it is held, ms. */
const HOLD_MS = 1500;
const noKeys: readonly string[] = [];

/** Held long enough it calls for help; let go before, nothing has happened. */
export function DistressButton({ onHeld }: { onHeld: () => void }) {
  const words = useSpeech().text.talk;
  const [timer, setTimer] = useState<ReturnType<typeof setTimeout>>();
  const button = useHold({
    keys: noKeys,
    down: () => {
      const begun = setTimeout(() => {
        setTimer(undefined);
        onHeld();
      }, HOLD_MS);
      setTimer(begun);
    },
    up: () => {
      clearTimeout(timer);
      setTimer(undefined);
    },
  });
  return (
    <button type="button" ref={button} className="ht-distress" data-held={timer !== undefined}>
      {timer === undefined ? words.distress.hold : words.distress.holding}
    </button>
  );
}
