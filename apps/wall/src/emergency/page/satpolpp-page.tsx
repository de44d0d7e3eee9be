import type { UnitChanged } from '@siaga/contracts';
import { emergencyReportWords } from '../../text/emergency-report-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';
import { MonthSection } from './month-section.tsx';
import { OpdPage } from './opd-page.tsx';
import { OpenIncidents } from './open-incidents.tsx';
import { UnitsSection } from './units-section.tsx';

const isOurs = ({ agency }: Pick<UnitChanged, 'agency'>) => agency === 'satpolpp';
const everyUnit = () => true;

/** `/opd/satpolpp`: what is open in 112, its own units, and the month to print. */
export default function SatpolppPage() {
  return (
    <OpdPage agency="satpolpp">
      <OpenIncidents />
      <Units />
      <MonthSection counts={everyUnit} />
    </OpdPage>
  );
}

function Units() {
  return <UnitsSection title={useSpeechWith(emergencyReportWords).text.emergencyReports.units} isShown={isOurs} />;
}
