import { useSyncExternalStore } from 'react';
import { useSpeech } from '../text/speech.tsx';
import type { Air } from './air.ts';

/** How link and microphone stand, and what became of the last press. */
export function Standing({ air }: { air: Air }) {
  const { text, format } = useSpeech();
  const words = text.talk;
  const { link, outcome } = useSyncExternalStore(air.line.subscribe, air.line.get);
  const microphone = useSyncExternalStore(air.microphone.subscribe, air.microphone.get);
  const isWell = link === 'open' && microphone === 'on';
  return (
    <div className="ht-standing">
      {outcome !== undefined && (
        <p role="status" data-why={outcome.why}>
          {outcome.why === 'sent' ? words.sentFor(format.duration(outcome.heardMs)) : words.outcomes[outcome.why]}
        </p>
      )}
      {isWell ? (
        <p className="second">{`${words.link.open} · ${words.microphone.on}`}</p>
      ) : (
        <p role={link === 'lost' ? 'alert' : undefined}>{words.link[link]}</p>
      )}
      {link === 'replaced' && (
        <button
          type="button"
          onClick={() => {
            air.line.retry();
          }}
        >
          {words.takeBack}
        </button>
      )}
      {!isWell && (
        <p role={['refused', 'missing', 'insecure'].includes(microphone) ? 'alert' : undefined}>
          {words.microphone[microphone]}
        </p>
      )}
    </div>
  );
}
