import { usePress } from '../room/press.ts';
import { useSpeech } from '../text/speech.tsx';
import { Air } from './air.ts';

/** Browsers give sound and microphone to a page that somebody has touched. */
export function Begin({ onBegun }: { onBegun: (air: Air) => void }) {
  const words = useSpeech().text.talk;
  const { busy, failure, run } = usePress(() => words.unsupported);
  return (
    <>
      <p>{words.beginWhy}</p>
      {failure !== undefined && <p role="alert">{failure}</p>}
      <button
        type="button"
        className="strong ht-begin"
        disabled={busy}
        onClick={() => {
          run(async () => {
            const air = await Air.open();
            air.touch();
            onBegun(air);
          });
        }}
      >
        {words.begin}
      </button>
    </>
  );
}
