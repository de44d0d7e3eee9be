import { openAssignment, DeclareDuty, UnitChanged } from '@siaga/contracts';
import { useState } from 'react';
import { useCity } from '../city/city-context.tsx';
import { useCityNow, useLatest, useLink, useNow } from '../link/use-live.ts';
import { FocusProvider } from '../room/focus.tsx';
import { Page } from '../room/page.tsx';
import { usePress } from '../room/press.ts';
import { useMe } from '../session/session-context.tsx';
import { SpeechProvider, useSpeech } from '../text/speech.tsx';
import './field.css';
import { ChooseUnit } from './choose-unit.tsx';
import { Alert } from './alert.tsx';
import { Ended } from './ended-job.tsx';
import { FieldDistress } from './field-distress.tsx';
import { Job } from './job.tsx';
import { Parking } from './parking.tsx';
import { useLockScreen } from './pocket/use-lock-screen.ts';
import { RingInPocket } from './pocket/ring-in-pocket.tsx';
import { Position } from './position.tsx';
import { Patrol } from './patrol.tsx';
import { NextBooking } from './next-booking.tsx';
import { Sent } from './sent.tsx';
import { Sound } from './sound.tsx';
import { keptCrew } from './kept-crew.ts';
import { KeptJob } from './kept-job.tsx';
import { useKeepCrew } from './use-keep-crew.ts';
import { usePresses, type Presses } from './use-presses.ts';

export { KeptPage } from './kept-page.tsx';

const noPanels = {};

/** `/field`: what a crew has in its hand, by day and in the rain: its job, one large button, and what is not sent yet. */
export default function FieldPage() {
  const { city } = useCity();
  return (
    <SpeechProvider timezone={city.timezone}>
      <FocusProvider>
        <Crew />
      </FocusProvider>
    </SpeechProvider>
  );
}

function Crew() {
  const { text } = useSpeech();
  const me = useMe();
  const presses = usePresses(me.principalId, useCityNow());
  const units = useLatest(UnitChanged);
  const mine = [...units.values()].map(({ data }) => data).find(({ crew }) => crew.some(({ principalId }) => principalId === me.principalId)); // prettier-ignore
  const job = mine && openAssignment(mine);
  useKeepCrew(mine, presses.crew);
  useLockScreen(job?.status === 'dispatched' ? job.assignmentId : undefined);
  return (
    <Page title={mine?.name ?? text.field.title} className="field-page" panels={noPanels}>
      <link rel="manifest" href="/field.webmanifest" />
      {mine === undefined && <NoUnit presses={presses} />}
      <Sound />
      {mine !== undefined && <Ended unit={mine} />}
      {mine !== undefined && job !== undefined && (
        <Alert unitId={mine.unitId} assignmentId={job.assignmentId} isAccepted={job.status !== 'dispatched'} />
      )}
      {mine !== undefined && job !== undefined && (
        <Job key={job.assignmentId} unit={mine} assignment={job} queue={presses.crew} />
      )}
      {mine !== undefined && <Patrol unit={mine} queue={presses.squad} />}
      {mine !== undefined && job === undefined && <NextBooking unit={mine} queue={presses.crew} />}
      {mine !== undefined && job === undefined && <OnDuty unit={mine} />}
      {mine?.duty === 'on' && job === undefined && <Parking unit={mine} />}
      <RingInPocket />
      {mine !== undefined && <Position key={mine.unitId} unit={mine} />}
      <Sent presses={presses} />
      <FieldDistress />
    </Page>
  );
}

/** Before the city has said whose he is: what this phone knew. */
function NoUnit({ presses }: { presses: Presses }) {
  const words = useSpeech().text.field;
  const { principalId } = useMe();
  const isAsked = useLink().lastFrameAt !== undefined;
  const [kept] = useState(() => keptCrew(localStorage));
  if (isAsked) return <ChooseUnit />;
  if (kept?.principalId === principalId) return <KeptJob kept={kept} presses={presses} />;
  return <p role="status">{words.loading}</p>;
}

function OnDuty({ unit: { unitId, dutyUntilMs } }: { unit: UnitChanged }) {
  const { text, format } = useSpeech();
  const words = text.field;
  const nowMs = useNow();
  const { busy, failure, run } = usePress();
  return (
    <>
      <p className="field-now">
        {dutyUntilMs === undefined ? words.ready : words.readyUntil(format.moment(dutyUntilMs, nowMs))}
      </p>
      <p className="second">{words.waits}</p>
      {failure !== undefined && <p role="alert">{failure}</p>}
      <button
        type="button"
        disabled={busy}
        onClick={() => {
          run(async (send) => {
            await send(DeclareDuty, { params: { unitId }, body: { duty: 'off' } });
          });
        }}
      >
        {words.endDuty}
      </button>
    </>
  );
}
