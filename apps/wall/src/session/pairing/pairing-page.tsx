import { useEffect, useState } from 'react';
import { faultWords } from '../../text/fault-words.ts';
import { useSpeech } from '../../text/speech.tsx';
import { Entrance } from '../entrance.tsx';
import { leftOf } from './pairing.ts';
import { usePairing } from './use-pairing.ts';

/** An unattended screen shows its code, large enough to be read from where somebody types it, until it is paired. */
export function PairingPage({ onBack }: { onBack: () => void }) {
  const speech = useSpeech();
  const { session: words } = speech.text;
  const { code, failure } = usePairing();
  return (
    <Entrance title={words.pairTitle} wide>
      {code === undefined && failure === undefined && <p className="pair-code">····-····</p>}
      {code !== undefined && (
        // one letter after another: a code is no word
        <p className="pair-code" aria-label={`${words.pairCode}: ${code.userCode.split('').join(' ')}`} role="img">
          {code.userCode}
        </p>
      )}
      {failure !== undefined && <p role="alert">{faultWords(failure, speech)}</p>}
      <p className="pair-left">
        {code?.untilMs === undefined ? code === undefined ? words.pairAsking : null : <Left untilMs={code.untilMs} />}
      </p>
      <ol className="pair-how">
        {words.pairHow.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <button type="button" onClick={onBack}>
        {words.pairBack}
      </button>
    </Entrance>
  );
}

function Left({ untilMs }: { untilMs: number }) {
  const { language, text } = useSpeech();
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNowMs(Date.now());
    }, 1000);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return text.session.pairLeft(leftOf(untilMs, nowMs, language === 'id' ? '.' : ':'));
}
