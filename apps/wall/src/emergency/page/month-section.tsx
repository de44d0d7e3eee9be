import { GetEmergencyMonth, type UnitActivity } from '@siaga/contracts';
import { Download, Printer } from 'lucide-react';
import { useCallback, useState } from 'react';
import { call, download } from '../../city/api.ts';
import { useCity } from '../../city/city-context.tsx';
import { useNow } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';
import { usePress } from '../../room/press.ts';
import { lastMonths, monthInWords } from '../../street/page/months.ts';
import { dishubWords } from '../../text/dishub-words.ts';
import { emergencyReportWords } from '../../text/emergency-report-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';
import { ActivityTable } from './activity-table.tsx';
import { CallsTable } from './calls-table.tsx';
import { IntervalsTable } from './intervals-table.tsx';
import { GroupsTables } from './groups-tables.tsx';

/** So far back a month can be chosen: calls are kept for a little more than a year. */
const MONTHS = 24;

const MINUTE_MS = 60_000;

interface MonthSectionProps {
  /** Whose activity is shown. */
  counts: (unit: UnitActivity) => boolean;
}

/** A month of 112 in figures. Printed, it is a page of its own. */
export function MonthSection({ counts }: MonthSectionProps) {
  const { text, language, format } = useSpeechWith(emergencyReportWords);
  const { city } = useCity();
  const nowMs = useNow();
  const months = lastMonths(nowMs, city.timezone, MONTHS);
  const [month, setMonth] = useState(months[0] ?? '');
  const saving = usePress();
  const { emergencyReports: own } = text;
  const shared = useSpeechWith(dishubWords).text.dishub;
  return (
    <section className="opd-section opd-month" aria-labelledby="month-heading">
      <h2 id="month-heading">
        {own.monthTitle} <span className="only-print">· {monthInWords(month, language)}</span>
      </h2>
      <p className="only-print">{shared.printedAt(city.name, `${format.date(nowMs)} ${format.time(nowMs)}`)}</p>
      <div className="opd-bar" data-print="false">
        <label className="opd-choice">
          <span>{shared.month}</span>
          <select
            value={month}
            onChange={({ target }) => {
              setMonth(target.value);
            }}
          >
            {months.map((one) => (
              <option key={one} value={one}>
                {monthInWords(one, language)}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          disabled={saving.busy}
          onClick={() => {
            const path = GetEmergencyMonth.path.replace(':month', month) as typeof GetEmergencyMonth.path;
            saving.run(() => download({ path, accept: 'text/csv' }, `112-${month}.csv`));
          }}
        >
          <Download aria-hidden="true" /> {own.csv}
        </button>
        <button
          type="button"
          onClick={() => {
            print();
          }}
        >
          <Printer aria-hidden="true" /> {shared.print}
        </button>
      </div>
      {saving.failure !== undefined && <p role="alert">{saving.failure}</p>}
      <Month key={month} month={month} counts={counts} />
    </section>
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
