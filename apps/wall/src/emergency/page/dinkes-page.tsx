import type { UnitActivity, UnitChanged } from '@siaga/contracts';
import { emergencyReportWords } from '../../text/emergency-report-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';
import { MonthSection } from './month-section.tsx';
import { OpdPage } from './opd-page.tsx';
import { UnitsSection } from './units-section.tsx';

/** Ambulances of whomever, and whatever else Dinkes keeps. */
const isOurs = ({ agency, unitClass }: Pick<UnitChanged, 'agency' | 'unitClass'>) =>
  agency === 'dinkes' || unitClass === 'ambulance';
/** One that left the register is somebody's: nobody's work disappears from a month. */
const counts = ({ agency, unitClass }: UnitActivity) =>
  agency === undefined || unitClass === undefined || isOurs({ agency, unitClass });

/** `/opd/dinkes`: who drives which ambulance until when, where it stands, and what it did in a month. */
export default function DinkesPage() {
  return (
    <OpdPage agency="dinkes">
      <Ambulances />
      <MonthSection counts={counts} />
    </OpdPage>
  );
}

function Ambulances() {
  return <UnitsSection title={useSpeechWith(emergencyReportWords).text.emergencyReports.ambulances} isShown={isOurs} />;
}
