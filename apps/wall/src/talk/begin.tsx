import type { Press } from '../room/press.ts';
import { useSpeech } from '../text/speech.tsx';

interface BeginProps {
  opening: Pick<Press, 'busy' | 'failure'>;
  onBegin: () => void;
}

/** Browsers give sound and microphone to a page that somebody has touched. */
export function Begin({ opening: { busy, failure }, onBegin }: BeginProps) {
  const words = useSpeech().text.talk;
  return (
    <>
      <p>{words.beginWhy}</p>
      {failure !== undefined && <p role="alert">{failure}</p>}
      <button type="button" className="strong ht-begin" disabled={busy} onClick={onBegin}>
        {words.begin}
      </button>
    </>
  );
}
