import { GetEmergencyMonth, type UnitActivity } from '@siaga/contracts';
import { useCallback } from 'react';
import { call } from '../../city/api.ts';
import { MonthFrame } from '../../opd/month-frame.tsx';
import { useAsked } from '../../room/asked.ts';
import { emergencyReportWords } from '../../text/emergency-report-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';
import { ActivityTable } from './activity-table.tsx';
import { CallsTable } from './calls-table.tsx';
import { IntervalsTable } from './intervals-table.tsx';
import { GroupsTables } from './groups-tables.tsx';

const MINUTE_MS = 60_000;

interface MonthSectionProps {
  /** Whose activity is shown. */
  counts: (unit: UnitActivity) => boolean;
}

/** A month of 112 in figures. */
export function MonthSection({ counts }: MonthSectionProps) {
  const words = useSpeechWith(emergencyReportWords).text.emergencyReports;
  const files = [{ label: words.csv, route: GetEmergencyMonth, name: '112' }];
  return (
    <MonthFrame title={words.monthTitle} first="running" files={files}>
      {(month) => <Month key={month} month={month} counts={counts} />}
    </MonthFrame>
  );
}

function Month({ month, counts }: MonthSectionProps & { month: string }) {
  const { text, format } = useSpeechWith(emergencyReportWords);
  const { emergencyReports: own } = text;
  const { answer, failure } = useAsked(
    useCallback((signal: AbortSignal) => call(GetEmergencyMonth, { params: { month } }, { signal }), [month]),
  );
  if (failure !== undefined) return <p role="alert">{failure}</p>;
  if (answer === undefined) return <p className="third">{text.loading}</p>;
  const { targetMs, reckonedAtMs, total, open, withoutUnit, duplicates, exercises } = answer;
  const target = format.number(targetMs / MINUTE_MS);
  const reckoned = `${format.date(reckonedAtMs)} ${format.time(reckonedAtMs)}`;
  return (
    <>
      <IntervalsTable intervals={total.intervals} />
      <GroupsTables month={answer} />
      <p className="second">
        {own.counts(format.number(open), format.number(withoutUnit), format.number(duplicates))}
        {exercises > 0 && ` ${own.leftOut(format.number(exercises))}`}
      </p>
      {answer.callsErasedBeforeMs !== undefined && <p className="second">{own.erased}</p>}
      <p className="third">{own.means(target, reckoned)}</p>
      <CallsTable calls={answer.calls} />
      <ActivityTable units={answer.units.filter(counts)} />
    </>
  );
}
