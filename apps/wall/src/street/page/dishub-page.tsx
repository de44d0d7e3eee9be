import { Languages } from 'lucide-react';
import { Suspense, useEffect, useMemo } from 'react';
import { AlarmsProvider } from '../../alarms/alarms-context.tsx';
import { alarms } from '../../alarms/alarms.ts';
import { useCity } from '../../city/city-context.tsx';
import { ExerciseBand } from '../../city/exercise-band.tsx';
import type { Domain } from '../../domain.ts';
import { LinkBadge } from '../../link/link-badge.tsx';
import { FocusProvider, useFocus } from '../../room/focus.tsx';
import { useKeys } from '../../room/keys.ts';
import { SpeechProvider, useSpeech } from '../../text/speech.tsx';
import { StreetProvider } from '../street-context.tsx';
import { street } from '../street.ts';
import { StreetTiles } from '../street-tiles.tsx';
import { AlarmsSection } from './alarms-section.tsx';
import { IMPORT_REGISTER, ImportRegisterPanel } from './import-register-panel.tsx';
import { ImportsSection } from './imports-section.tsx';
import { MonthSection } from './month-section.tsx';
import './page.css';
import './print.css';
import { RegistersProvider } from './registers-context.tsx';
import { RegistersSection } from './registers-section.tsx';

/** `/opd/dishub`: the lamps and cameras of Dishub, their alarms, their money and their registers. */
export default function DishubPage() {
  const { city } = useCity();
  return (
    <SpeechProvider timezone={city.timezone}>
      <FocusProvider>
        <AlarmsProvider>
          <StreetProvider>
            <RegistersProvider>
              <Page />
            </RegistersProvider>
          </StreetProvider>
        </AlarmsProvider>
      </FocusProvider>
    </SpeechProvider>
  );
}

function Page() {
  const { text, switchLanguage } = useSpeech();
  const { close } = useFocus();
  const { city } = useCity();
  useKeys(useMemo(() => ({ l: switchLanguage, Escape: close }), [switchLanguage, close]));
  useEffect(() => {
    document.title = `${text.street.page.title} · Siaga · ${city.name}`;
  }, [text, city.name]);
  return (
    <div className="opd">
      <ExerciseBand />
      <Head />
      <div className="opd-stage">
        <main className="opd-main">
          <h1>{text.street.page.title}</h1>
          <section className="opd-tiles" aria-label={text.street.page.now}>
            <StreetTiles />
          </section>
          <AlarmsSection />
          <MonthSection />
          <RegistersSection />
          <ImportsSection />
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
    <header className="opd-head">
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

const panels: NonNullable<Domain['panels']> = {
  ...alarms.panels,
  ...street.panels,
  [IMPORT_REGISTER]: ImportRegisterPanel,
};

/** Lamps, panels and imports beside the page, as on the wall. */
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
