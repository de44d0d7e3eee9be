import { BeginCity } from '@siaga/contracts';
import { Languages } from 'lucide-react';
import { Suspense, useEffect, useMemo, useState } from 'react';
import { admin } from '../admin/admin.ts';
import { useCity } from '../city/city-context.tsx';
import { ExerciseBand } from '../city/exercise-band.tsx';
import { LinkBadge } from '../link/link-badge.tsx';
import { FocusProvider, useFocus } from '../room/focus.tsx';
import { useKeys } from '../room/keys.ts';
import { useMay } from '../session/session-context.tsx';
import { SpeechProvider, useSpeech } from '../text/speech.tsx';
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
          <Page />
        </WasteProvider>
      </FocusProvider>
    </SpeechProvider>
  );
}

function Page() {
  const { text, switchLanguage } = useSpeech();
  const { close } = useFocus();
  const { city } = useCity();
  const may = useMay();
  useKeys(useMemo(() => ({ l: switchLanguage, Escape: close }), [switchLanguage, close]));
  useEffect(() => {
    document.title = `${text.start.title} · Siaga · ${city.name}`;
  }, [text, city.name]);
  return (
    <div className="start">
      <ExerciseBand />
      <Head />
      <div className="start-stage">
        <main className="start-main">
          <h1>{text.start.title}</h1>
          {may(BeginCity) ? <Steps /> : <p>{text.start.notYours}</p>}
        </main>
        <SidePanel />
      </div>
    </div>
  );
}

function Head() {
  const { language, text, switchLanguage } = useSpeech();
  const { city } = useCity();
  return (
    <header className="start-head">
      <p className="brand">
        <span className="brand-name">{text.appName}</span>
        <span className="brand-city">{city.name}</span>
      </p>
      <div className="top-right">
        <a href="/">{text.start.toWall}</a>
        <button
          type="button"
          className="quiet"
          aria-label={`${language.toUpperCase()} · ${text.otherLanguage}`}
          onClick={switchLanguage}
        >
          <Languages aria-hidden="true" />
          <span aria-hidden="true">{language.toUpperCase()}</span>
        </button>
        <LinkBadge />
      </div>
    </header>
  );
}

const panels = { ...waste.panels, ...admin.panels };

/** Import and administration beside the steps, as on the wall. */
function SidePanel() {
  const { text } = useSpeech();
  const { focus } = useFocus();
  const Shown = focus === null ? undefined : panels[focus.kind];
  if (focus === null || Shown === undefined) return null;
  return (
    <aside className="side-panel" aria-label={text.panel}>
      <Suspense>
        <Shown key={focus.kind + focus.key} focusKey={focus.key} />
      </Suspense>
    </aside>
  );
}

function Steps() {
  const { text, format } = useSpeech();
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
