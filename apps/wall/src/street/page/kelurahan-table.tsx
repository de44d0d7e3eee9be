import type { KelurahanEnergy, StreetMonth } from '@siaga/contracts';
import { dishubWords } from '../../text/dishub-words.ts';
import { useSpeech, useSpeechWith } from '../../text/speech.tsx';

/** The month by kelurahan, and its sum. */
export function KelurahanTable({ energy: { kelurahan, total, bills } }: { energy: StreetMonth }) {
  const { text } = useSpeechWith(dishubWords);
  const words = text.dishub;
  return (
    <div className="opd-scroll" tabIndex={0} role="group" aria-label={words.byKelurahan}>
      <table>
        <caption>{words.byKelurahan}</caption>
        <thead>
          <tr>
            <th scope="col">{text.street.kelurahan}</th>
            {[
              words.columns.lamps,
              words.columns.measured,
              words.columns.estimated,
              words.columns.expected,
              words.columns.billed,
              words.columns.rupiah,
            ].map((heading) => (
              <th key={heading} scope="col" data-number="true">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {byName(kelurahan).map((one) => (
            <Line
              key={one.kelurahanCode ?? ''}
              name={one.kelurahan ?? words.elsewhere}
              energy={one}
              isBilled={bills > 0}
            />
          ))}
        </tbody>
        <tfoot>
          <Line name={words.total} energy={total} isBilled={bills > 0} />
        </tfoot>
      </table>
    </div>
  );
}

/** By name; what lies in none comes last. */
function byName(kelurahan: readonly KelurahanEnergy[]): readonly KelurahanEnergy[] {
  const nameOf = (one: KelurahanEnergy) => one.kelurahan ?? '\uffff';
  return kelurahan.toSorted((one, other) => nameOf(one).localeCompare(nameOf(other)));
}

interface LineProps {
  name: string;
  energy: Omit<KelurahanEnergy, 'kelurahan' | 'kelurahanCode'>;
  /** Without any bill a dash stands there, not a nought. */
  isBilled: boolean;
}

function Line({ name, energy, isBilled }: LineProps) {
  const { format } = useSpeech();
  const { lamps, measuredKwh, estimatedKwh, expectedKwh, billedKwh, billedRupiah } = energy;
  const numbers = [
    lamps.measured + lamps.estimated + lamps.solar,
    ...[measuredKwh, estimatedKwh, expectedKwh],
    ...(isBilled ? [billedKwh, billedRupiah] : [undefined, undefined]),
  ];
  return (
    <tr>
      <th scope="row">{name}</th>
      {numbers.map((value, index) => (
        // columns never change their order
        <td key={index} data-number="true">
          {value === undefined ? '–' : format.number(value)}
        </td>
      ))}
    </tr>
  );
}
