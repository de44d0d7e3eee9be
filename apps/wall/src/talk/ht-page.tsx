import { useEffect, useState } from 'react';
import { useCity } from '../city/city-context.tsx';
import { FocusProvider } from '../room/focus.tsx';
import { Page } from '../room/page.tsx';
import { SpeechProvider, useSpeech } from '../text/speech.tsx';
import type { Air } from './air.ts';
import { Begin } from './begin.tsx';
import { Groups } from './groups.tsx';
import { AnswerRolls } from './roll-calls/answer-roll.tsx';
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
      <AnswerRolls />
      {air === undefined ? <Begin onBegun={setAir} /> : <Groups air={air} />}
    </Page>
  );
}
