import { GetStreetDarkness, GetStreetMonth, ListEnergyFindings, type StreetMonth } from '@siaga/contracts';
import { useCallback, useEffect, useEffectEvent } from 'react';
import { call } from '../../city/api.ts';
import { MonthFrame, type MonthFile } from '../../opd/month-frame.tsx';
import { useAsked } from '../../room/asked.ts';
import { dishubWords } from '../../text/dishub-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';
import { DarknessTable } from './darkness-table.tsx';
import { EnergySums } from './energy-sums.tsx';
import { FindingsTable } from './findings-table.tsx';
import { KelurahanTable } from './kelurahan-table.tsx';
import { useRegisters } from './registers-context.tsx';

/** Energy and money of a month, and what does not add up. */
export function MonthSection() {
  const words = useSpeechWith(dishubWords).text.dishub;
  const files: MonthFile[] = [
    { label: words.csvMonth, route: GetStreetMonth, name: 'pju' },
    { label: words.csvFindings, route: ListEnergyFindings, name: 'pju-temuan' },
    { label: words.csvDarkness, route: GetStreetDarkness, name: 'pju-padam' },
  ];
  // the running month has no bill yet
  return (
    <MonthFrame title={words.monthTitle} first="whole" files={files}>
      {(month) => <Month key={month} month={month} />}
    </MonthFrame>
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
