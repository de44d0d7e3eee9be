import type { StreetMonth } from '@siaga/contracts';
import type { ReactNode } from 'react';
import { dishubWords } from '../../text/dishub-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';

/** The sums of a month. What meters counted and what was reckoned stand apart and are never one number. */
export function EnergySums({ energy: { total, bills, darkHours } }: { energy: StreetMonth }) {
  const { text, format } = useSpeechWith(dishubWords);
  const words = text.dishub;
  const { measured, estimated, solar } = total.lamps;
  const kwh = (value: number) => (
    <>
      {format.number(value)} <span>kWh</span>
    </>
  );
  return (
    <dl className="opd-sums">
      <Sum name={words.billed} about={bills === 0 ? words.noBills : words.billsOf(format.number(bills))}>
        {bills === 0 ? '–' : <>Rp {format.number(total.billedRupiah)}</>}
      </Sum>
      <Sum name={words.billedKwh} about={words.billedKwhMeans}>
        {bills === 0 ? '–' : kwh(total.billedKwh)}
      </Sum>
      <Sum name={words.measuredKwh} about={words.lampsBehind(format.number(measured))}>
        {kwh(total.measuredKwh)}
      </Sum>
      <Sum name={words.estimatedKwh} about={words.lampsEstimated(format.number(estimated), format.number(solar))}>
        {kwh(total.estimatedKwh)}
      </Sum>
      <Sum name={words.expectedKwh} about={words.darkHours(format.number(darkHours, 1))}>
        {kwh(total.expectedKwh)}
      </Sum>
    </dl>
  );
}

function Sum({ name, about, children }: { name: string; about: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <strong>{children}</strong>
        <span className="third">{about}</span>
      </dd>
    </div>
  );
}
