import type { UnitActivity } from '@siaga/contracts';
import { emergencyReportWords } from '../../text/emergency-report-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';
import { FiguresTable } from './figures-table.tsx';

const HOUR_MS = 3_600_000;

/** What units did in a month, and how often nobody sat in them. */
export function ActivityTable({ units }: { units: readonly UnitActivity[] }) {
  const { text, format } = useSpeechWith(emergencyReportWords);
  const { emergencyReports: own } = text;
  if (units.length === 0) return <p className="third">{own.activityNone}</p>;
  const headings = [
    ...[own.unit, own.sent, own.urgent, own.notUrgent, own.untriaged, own.arrived, own.transported],
    ...[own.dutyHours, own.skipped, own.km],
  ];
  const lines = units.map((unit) => {
    const { sent, urgent, notUrgent, untriaged, arrived, transported, skippedWithoutCrew } = unit;
    const jobs = [sent, urgent, notUrgent, untriaged, arrived, transported].map((count) => format.number(count));
    const hours = unit.onDutyMs === undefined ? own.forgotten : format.number(unit.onDutyMs / HOUR_MS, 1);
    const skipped = skippedWithoutCrew === undefined ? own.forgotten : format.number(skippedWithoutCrew);
    const figures = [...jobs, hours, skipped, own.unmeasured];
    return { key: unit.unitId, name: unit.name, figures };
  });
  return (
    <>
      <FiguresTable caption={own.activity} headings={headings} lines={lines} />
      <p className="third">{own.activityMeans}</p>
    </>
  );
}
