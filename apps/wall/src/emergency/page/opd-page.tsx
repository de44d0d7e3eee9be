import type { ReactNode } from 'react';
import { useCity } from '../../city/city-context.tsx';
import { FocusProvider } from '../../room/focus.tsx';
import { Page } from '../../room/page.tsx';
import '../../opd/page.css';
import '../../opd/print.css';
import { emergencyReportWords } from '../../text/emergency-report-words.ts';
import { SpeechProvider, useSpeechWith } from '../../text/speech.tsx';
import { EmergencyProvider } from '../emergency-context.tsx';

interface OpdPageProps {
  /** Whose it is. */
  agency: 'satpolpp' | 'dinkes';
  children: ReactNode;
}

/** A page of an agency of the emergency service, for people who do not watch the wall. */
export function OpdPage({ agency, children }: OpdPageProps) {
  const { city } = useCity();
  return (
    <SpeechProvider timezone={city.timezone}>
      <FocusProvider>
        <EmergencyProvider>
          <Titled agency={agency}>{children}</Titled>
        </EmergencyProvider>
      </FocusProvider>
    </SpeechProvider>
  );
}

/** What there is to see in full is on the wall, one link away. */
const panels = {};

function Titled({ agency, children }: OpdPageProps) {
  const title = useSpeechWith(emergencyReportWords).text.emergencyReports[agency];
  return (
    <Page title={title} className="opd" panels={panels}>
      {children}
    </Page>
  );
}
