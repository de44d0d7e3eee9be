import { useEffect, useState } from 'react';
import { useCity } from '../city/city-context.tsx';
import { FocusProvider } from '../room/focus.tsx';
import { Page } from '../room/page.tsx';
import { usePress } from '../room/press.ts';
import { SpeechProvider, useSpeech } from '../text/speech.tsx';
import { Air } from './air.ts';
import { Begin } from './begin.tsx';
import { DistressCall, DistressVoice } from './distress/distress.tsx';
import { useDistress } from './distress/use-distress.ts';
import { Groups } from './groups.tsx';
import { AnswerRolls } from './roll-calls/answer-roll.tsx';
import { emergencyGroup, useGroups } from './use-groups.ts';
import './talk.css';

const noPanels = {};
const REMEMBERED = 'siaga.talk-group';

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

/** The emergency button is there from the first moment, whatever is chosen, heard or allowed. */
function Radio() {
  const { text } = useSpeech();
  const [air, setAir] = useState<Air>();
  useEffect(() => () => air?.close(), [air]);
  const groups = useGroups(REMEMBERED, { follows: true });
  const distress = useDistress();
  const opening = usePress(() => text.talk.unsupported);
  const voiceIn = emergencyGroup(groups);
  const isInDanger = distress.help.at !== 'none';
  useEffect(() => {
    if (!isInDanger) air?.letGo(); // over: nobody listens to an open microphone
  }, [air, isInDanger]);
  const open = (then: (air: Air) => void) => {
    opening.run(async () => {
      const opened = await Air.open();
      opened.touch();
      setAir(opened);
      then(opened);
    });
  };
  return (
    <Page title={text.talk.title} className="ht-page" panels={noPanels}>
      <AnswerRolls />
      <DistressCall
        distress={distress}
        groupId={voiceIn}
        onHeld={() => {
          const speak = (on: Air) => {
            if (voiceIn !== undefined) on.press(voiceIn, { isEmergency: true });
          };
          if (air === undefined) open(speak);
          else speak(air);
        }}
      >
        {air !== undefined && voiceIn !== undefined && <DistressVoice air={air} groupId={voiceIn} />}
      </DistressCall>
      {air === undefined ? (
        <Begin
          opening={opening}
          onBegin={() => {
            open(() => undefined);
          }}
        />
      ) : (
        <Groups air={air} groups={groups} distress={distress} />
      )}
    </Page>
  );
}
