import { CallDisposition, type EmergencyMonth } from '@siaga/contracts';
import { emergencyReportWords } from '../../text/emergency-report-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';
import { FiguresTable } from './figures-table.tsx';

/** Calls of a month as they are reported to the ministry. */
export function CallsTable({ calls }: Pick<EmergencyMonth, 'calls'>) {
  const { text, format } = useSpeechWith(emergencyReportWords);
  const { emergencyReports: own } = text;
  const line = (key: string, name: string, count: number) => ({ key, name, figures: [format.number(count)] });
  const lines = [
    ...CallDisposition.options.map((name) => line(name, own.categories[name], calls.byDisposition[name] ?? 0)),
    line('not-said', own.notSaid, calls.notSaid),
  ];
  return (
    <>
      <FiguresTable
        caption={own.callsTitle}
        headings={[own.category, own.count]}
        lines={lines}
        total={line('all', own.allCalls, calls.total)}
      />
      <p className="second">
        {own.unanswered}: {format.number(calls.unanswered)}
      </p>
    </>
  );
}
