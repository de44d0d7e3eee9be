import { useSyncExternalStore } from 'react';
import { useSpeech } from '../text/speech.tsx';
import type { Air } from './air.ts';
import { DistressButton } from './distress-button.tsx';
import type { useDistress } from './use-distress.ts';

interface DistressProps {
  air: Air;
  /** Where the microphone opens. */
  groupId: string;
  distress: ReturnType<typeof useDistress>;
}

/** The emergency button, away from the other one; once it was held, what became of it, and the way back. */
export function Distress({ air, groupId, distress }: DistressProps) {
  const { text, format } = useSpeech();
  const words = text.talk.distress;
  const { press } = useSyncExternalStore(air.line.subscribe, air.line.get);
  const { own, busy, failure, isUnsent, raise, end } = distress;
  const speak = () => {
    air.press(groupId, { isEmergency: true });
  };
  if (own === undefined)
    return (
      <>
        <DistressButton
          isBusy={busy}
          onHeld={() => {
            raise();
            speak();
          }}
        />
        {busy && <p role="alert">{isUnsent ? words.unsent : words.sending}</p>}
        {failure !== undefined && <p role="alert">{failure}</p>}
      </>
    );
  const { raisedAtMs, position } = own;
  return (
    <section className="ht-distress-open" aria-label={words.open}>
      <p role="alert">{words.raised(format.time(raisedAtMs))}</p>
      <p>{position === undefined ? words.nowhere : words.where(format.number(Math.round(position.accuracyM)))}</p>
      {press === undefined ? (
        <button type="button" onClick={speak}>
          {words.speak}
        </button>
      ) : (
        <button
          type="button"
          onClick={() => {
            air.letGo();
          }}
        >
          {words.quiet}
        </button>
      )}
      {failure !== undefined && <p role="alert">{failure}</p>}
      <div className="ht-distress-ways">
        {[words.safe, words.mistake].map((reason) => (
          <button
            type="button"
            key={reason}
            disabled={busy}
            onClick={() => {
              air.letGo();
              end(reason);
            }}
          >
            {reason}
          </button>
        ))}
      </div>
    </section>
  );
}
