import {
  GetStreetDarkness,
  GetStreetMonth,
  ListEnergyFindings,
  type RouteContract,
  type StreetMonth,
} from '@siaga/contracts';
import { Download, Printer } from 'lucide-react';
import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import { call, download } from '../../city/api.ts';
import { useCity } from '../../city/city-context.tsx';
import { useNow } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';
import { usePress } from '../../room/press.ts';
import { dishubWords } from '../../text/dishub-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';
import { DarknessTable } from './darkness-table.tsx';
import { EnergySums } from './energy-sums.tsx';
import { FindingsTable } from './findings-table.tsx';
import { KelurahanTable } from './kelurahan-table.tsx';
import { lastMonths, monthInWords } from './months.ts';
import { useRegisters } from './registers-context.tsx';

/** So far back a month can be chosen. */
const MONTHS = 24;

/** Energy and money of a month, and what does not add up. Printed, it is a page of its own. */
export function MonthSection() {
  const { text, language, format } = useSpeechWith(dishubWords);
  const { city } = useCity();
  const nowMs = useNow();
  const months = lastMonths(nowMs, city.timezone, MONTHS);
  // the running month has no bill yet
  const [month, setMonth] = useState(months[1] ?? '');
  const saving = usePress();
  const words = text.dishub;
  const save = ({ path }: Pick<RouteContract, 'path'>, fileName: string) => {
    const ofMonth = path.replace(':month', month) as typeof path;
    saving.run(() => download({ path: ofMonth, accept: 'text/csv' }, fileName));
  };
  return (
    <section className="opd-section opd-month" aria-labelledby="month-heading">
      <h2 id="month-heading">
        {words.monthTitle} <span className="only-print">· {monthInWords(month, language)}</span>
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
        <button
          type="button"
          disabled={saving.busy}
          onClick={() => {
            save(GetStreetMonth, `pju-${month}.csv`);
          }}
        >
          <Download aria-hidden="true" /> {words.csvMonth}
        </button>
        <button
          type="button"
          disabled={saving.busy}
          onClick={() => {
            save(ListEnergyFindings, `pju-temuan-${month}.csv`);
          }}
        >
          <Download aria-hidden="true" /> {words.csvFindings}
        </button>
        <button
          type="button"
          disabled={saving.busy}
          onClick={() => {
            save(GetStreetDarkness, `pju-padam-${month}.csv`);
          }}
        >
          <Download aria-hidden="true" /> {words.csvDarkness}
        </button>
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
      <Month key={month} month={month} />
    </section>
  );
}

function Month({ month }: { month: string }) {
  const { text } = useSpeechWith(dishubWords);
  const words = text.dishub;
  const { times } = useRegisters();
  const { answer, failure, again } = useAsked(
    useCallback(
      async (signal: AbortSignal) => {
        const params = { month };
        const [energy, findings, darkness, simulated] = await Promise.all([
          call(GetStreetMonth, { params }, { signal }),
          call(ListEnergyFindings, { params }, { signal }),
          call(GetStreetDarkness, { params, query: {} }, { signal }),
          call(GetStreetDarkness, { params, query: { simulated: 'true' } }, { signal }),
        ]);
        return { energy, findings, darkness, simulated };
      },
      [month],
    ),
  );
  const askAgain = useEffectEvent(again);
  useEffect(() => {
    if (times > 0) askAgain();
  }, [times]);
  if (failure !== undefined) return <p role="alert">{failure}</p>;
  if (answer === undefined) return <p className="third">{text.loading}</p>;
  const { energy, findings, darkness, simulated } = answer;
  return (
    <>
      <EnergySums energy={energy} />
      {lampsOf(energy) > 0 && <KelurahanTable energy={energy} />}
      <FindingsTable items={findings.items} notJudged={findings.notJudged} />
      <p className="third">{words.monthMeans}</p>
      {darkness.total.lamps === 0 && <p className="third">{words.darknessNone}</p>}
      {darkness.total.lamps > 0 && <DarknessTable darkness={darkness} caption={words.darkness} />}
      {simulated.total.lamps > 0 && <DarknessTable darkness={simulated} caption={words.darknessSimulated} />}
      <p className="third">{words.darknessMeans}</p>
    </>
  );
}

const lampsOf = ({ total: { lamps } }: StreetMonth) => lamps.measured + lamps.estimated + lamps.solar;
