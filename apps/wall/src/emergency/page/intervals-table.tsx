import { ResponseInterval, type ResponseGroup } from '@siaga/contracts';
import { emergencyReportWords } from '../../text/emergency-report-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';
import { FiguresTable } from './figures-table.tsx';

/** Each part of an answer, over the whole city; what was not measured is said to be so. */
export function IntervalsTable({ intervals }: Pick<ResponseGroup, 'intervals'>) {
  const { text, format } = useSpeechWith(emergencyReportWords);
  const { emergencyReports: own } = text;
  const lines = ResponseInterval.options.map((name) => {
    const { p50Ms, p90Ms, measured, notRecorded, contradicting } = intervals[name];
    // what never had to happen is not missing
    const otherwise = notRecorded + contradicting > 0 ? own.unmeasured : '–';
    const lasted = (ms: number | undefined) => (ms === undefined ? otherwise : format.duration(ms));
    const counts = [measured, notRecorded, contradicting].map((count) => format.number(count));
    return { key: name, name: own.intervals[name], figures: [lasted(p50Ms), lasted(p90Ms), ...counts] };
  });
  const headings = [own.interval, own.median, own.p90, own.measured, own.notRecorded, own.contradicting];
  return <FiguresTable caption={own.intervalsTitle} headings={headings} lines={lines} />;
}
