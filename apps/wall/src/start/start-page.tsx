import { BeginCity } from '@siaga/contracts';
import { useState } from 'react';
import { admin } from '../admin/admin.ts';
import { useCity } from '../city/city-context.tsx';
import { FocusProvider } from '../room/focus.tsx';
import { Page } from '../room/page.tsx';
import { useMay } from '../session/session-context.tsx';
import { startWords } from '../text/start-words.ts';
import { SpeechProvider, useSpeechWith } from '../text/speech.tsx';
import { WasteProvider } from '../waste/waste-context.tsx';
import { waste } from '../waste/waste.ts';
import { BeginHow } from './begin-step.tsx';
import { PhoneHow, TrackerHow } from './device-steps.tsx';
import { AccountHow, BackupHow, PeopleHow, ScreenHow, TrucksHow } from './other-steps.tsx';
import { useRemembered } from './remembered.ts';
import { openSteps, progressOf, standingsOf, type StepName } from './standing.ts';
import './start.css';
import { Step } from './step.tsx';
import { useFacts, useSimulatedTrucks } from './use-facts.ts';

/** `/mulai`: from an installation to a city that works in earnest. Every step is judged by what the city says of itself. */
export default function StartPage() {
  const { city } = useCity();
  return (
    <SpeechProvider timezone={city.timezone}>
      <FocusProvider>
        <WasteProvider>
          <StepsPage />
        </WasteProvider>
      </FocusProvider>
    </SpeechProvider>
  );
}

const panels = { ...waste.panels, ...admin.panels };

/** The steps, for whoever may begin the city; import and administration open beside them. */
function StepsPage() {
  const { text } = useSpeechWith(startWords);
  const may = useMay();
  return (
    <Page title={text.start.title} className="start" panels={panels}>
      {may(BeginCity) ? <Steps /> : <p>{text.start.notYours}</p>}
    </Page>
  );
}

function Steps() {
  const { text, format } = useSpeechWith(startWords);
  const words = text.start;
  const [isTrackerSkipped, skipTracker] = useRemembered('skip-tracker');
  const [isBackupSaid, sayBackup] = useRemembered('backup-said');
  const [clearing, setClearing] = useState<number>();
  const simulatedTrucks = useSimulatedTrucks();
  const facts = useFacts({ isTrackerSkipped, isBackupSaid });
  const standings = standingsOf(facts);
  const { done, of } = progressOf(standings);
  const open = openSteps(standings);
  const next = open[0] ?? (standings.begin.at === 'done' ? undefined : 'begin');
  const step = (name: StepName) => ({ name, standing: standings[name], isNext: name === next });
  return (
    <>
      <p className="start-about">{words.about}</p>
      <p className="start-progress" role="status">
        {words.progress(format.number(done), format.number(of))}
      </p>
      <progress max={of} value={done} aria-hidden="true" />
      <ol className="steps" aria-label={words.title}>
        <Step {...step('account')}>
          <AccountHow />
        </Step>
        <Step {...step('phone')}>
          <PhoneHow facts={facts} />
        </Step>
        <Step
          {...step('tracker')}
          always={
            standings.tracker.at === 'left-out' && (
              <div className="doings">
                <button
                  type="button"
                  onClick={() => {
                    skipTracker(false);
                  }}
                >
                  {words.unskip}
                </button>
              </div>
            )
          }
        >
          <TrackerHow
            facts={facts}
            onSkip={() => {
              skipTracker(true);
            }}
          />
        </Step>
        <Step {...step('trucks')}>
          <TrucksHow />
        </Step>
        <Step {...step('people')}>
          <PeopleHow />
        </Step>
        <Step {...step('screen')}>
          <ScreenHow />
        </Step>
        <Step {...step('backup')}>
          <BackupHow facts={facts} onSaid={sayBackup} />
        </Step>
        <Step
          {...step('begin')}
          always={
            standings.begin.at === 'done' &&
            clearing !== undefined &&
            clearing > 0 && <p className="step-how">{words.cleared(format.number(clearing))}</p>
          }
        >
          <BeginHow
            hasBegun={facts.begin.beganAtMs !== undefined}
            open={open}
            onBegin={() => {
              setClearing((before) => before ?? simulatedTrucks);
            }}
          />
        </Step>
      </ol>
    </>
  );
}
