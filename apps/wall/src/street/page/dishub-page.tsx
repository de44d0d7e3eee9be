import { AlarmsProvider } from '../../alarms/alarms-context.tsx';
import { alarms } from '../../alarms/alarms.ts';
import { audit } from '../../audit/audit.ts';
import { useCity } from '../../city/city-context.tsx';
import type { Domain } from '../../domain.ts';
import { FocusProvider } from '../../room/focus.tsx';
import { Page } from '../../room/page.tsx';
import { dishubWords } from '../../text/dishub-words.ts';
import { SpeechProvider, useSpeechWith } from '../../text/speech.tsx';
import { StreetProvider } from '../street-context.tsx';
import { street } from '../street.ts';
import { StreetTiles } from '../street-tiles.tsx';
import { ControlSection } from '../control/control-section.tsx';
import { FootageSection } from '../footage/footage-section.tsx';
import { AlarmsSection } from './alarms-section.tsx';
import { IMPORT_REGISTER, ImportRegisterPanel } from './import-register-panel.tsx';
import { ImportsSection } from './imports-section.tsx';
import { MonthSection } from './month-section.tsx';
import '../../opd/page.css';
import '../../opd/print.css';
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
              <Sections />
            </RegistersProvider>
          </StreetProvider>
        </AlarmsProvider>
      </FocusProvider>
    </SpeechProvider>
  );
}

const panels: NonNullable<Domain['panels']> = {
  ...alarms.panels,
  ...street.panels,
  ...audit.panels,
  [IMPORT_REGISTER]: ImportRegisterPanel,
};

/** Its sections; lamps, panels and imports open beside them. */
function Sections() {
  const words = useSpeechWith(dishubWords).text.dishub;
  return (
    <Page title={words.title} className="opd" panels={panels}>
      <section className="opd-tiles" aria-label={words.now}>
        <StreetTiles />
      </section>
      <AlarmsSection />
      <ControlSection />
      <FootageSection />
      <MonthSection />
      <RegistersSection />
      <ImportsSection />
    </Page>
  );
}
