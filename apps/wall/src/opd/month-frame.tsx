import type { RouteContract, YearMonth } from '@siaga/contracts';
import { Download, Printer } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { download } from '../city/api.ts';
import { useCity } from '../city/city-context.tsx';
import { useNow } from '../link/use-live.ts';
import { usePress } from '../room/press.ts';
import { opdWords } from '../text/opd-words.ts';
import { useSpeechWith } from '../text/speech.tsx';
import { lastMonths, monthInWords } from './months.ts';

/** So far back a month can be chosen. */
const MONTHS = 24;

/** A spreadsheet of a month. */
export interface MonthFile {
  label: string;
  /** Has `:month` in its path and answers `text/csv`. */
  route: Pick<RouteContract, 'path'>;
  /** `112` is saved as `112-2026-11.csv`. */
  name: string;
}

interface MonthFrameProps {
  title: string;
  /** Which month stands there first: the one that runs, or the last whole one. */
  first: 'running' | 'whole';
  files: readonly MonthFile[];
  /** Its figures; begins anew with every month. */
  children: (month: YearMonth) => ReactNode;
}

/** A month of an agency: chosen, saved, printed. On paper it is a page of its own. */
export function MonthFrame({ title, first, files, children }: MonthFrameProps) {
  const { text, language, format } = useSpeechWith(opdWords);
  const { city } = useCity();
  const nowMs = useNow();
  const months = lastMonths(nowMs, city.timezone, MONTHS);
  const [month, setMonth] = useState(months[first === 'running' ? 0 : 1] ?? '');
  const saving = usePress();
  const words = text.opd;
  const save = ({ route: { path }, name }: MonthFile) => {
    const ofMonth = path.replace(':month', month) as typeof path;
    saving.run(() => download({ path: ofMonth, accept: 'text/csv' }, `${name}-${month}.csv`));
  };
  return (
    <section className="opd-section opd-month" aria-labelledby="month-heading">
      <h2 id="month-heading">
        {title} <span className="only-print">· {monthInWords(month, language)}</span>
      </h2>
      <p className="only-print">{words.printedAt(city.name, `${format.date(nowMs)} ${format.time(nowMs)}`)}</p>
      <div className="opd-bar" data-print="false">
        <label className="opd-choice">
          <span>{words.month}</span>
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
        {files.map((file) => (
          <button
            key={file.name}
            type="button"
            disabled={saving.busy}
            onClick={() => {
              save(file);
            }}
          >
            <Download aria-hidden="true" /> {file.label}
          </button>
        ))}
        <button
          type="button"
          onClick={() => {
            print();
          }}
        >
          <Printer aria-hidden="true" /> {words.print}
        </button>
      </div>
      {saving.failure !== undefined && <p role="alert">{saving.failure}</p>}
      {children(month)}
    </section>
  );
}
