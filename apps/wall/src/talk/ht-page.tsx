import { useEffect, useState } from 'react';
import { useCity } from '../city/city-context.tsx';
import { FocusProvider } from '../room/focus.tsx';
import { Page } from '../room/page.tsx';
import { usePress } from '../room/press.ts';
import { SpeechProvider, useSpeech } from '../text/speech.tsx';
import { Air } from './air.ts';
import { Groups } from './groups.tsx';
import './talk.css';

const noPanels = {};

/** `/ht`: a radio in a hand, in daylight and in the rain: its group, one large button, and what became of the last press. */
export default function HtPage() {
  const { city } = useCity();
  return (
    <SpeechProvider timezone={city.timezone}>
      <FocusProvider>
        <Radio />
      </FocusProvider>
    </SpeechProvider>
  );
}

function Radio() {
  const { text } = useSpeech();
  const [air, setAir] = useState<Air>();
  useEffect(() => () => air?.close(), [air]);
  return (
    <Page title={text.talk.title} className="ht-page" panels={noPanels}>
      {air === undefined ? <Begin onBegun={setAir} /> : <Groups air={air} />}
    </Page>
  );
}

/** Browsers give sound and microphone to a page that somebody has touched. */
function Begin({ onBegun }: { onBegun: (air: Air) => void }) {
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
