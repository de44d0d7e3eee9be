import type { Darkness, StreetDarkness } from '@siaga/contracts';
import { dishubWords } from '../../text/dishub-words.ts';
import { useSpeech, useSpeechWith } from '../../text/speech.tsx';

/** How long lamps were dark in a month, by kelurahan: what they said themselves and what was concluded apart. */
export function DarknessTable({
  darkness: { kelurahan, total },
  caption,
}: {
  darkness: StreetDarkness;
  caption: string;
}) {
  const { text } = useSpeechWith(dishubWords);
  const words = text.dishub;
  return (
    <div className="opd-scroll" tabIndex={0} role="group" aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{text.street.kelurahan}</th>
            {[words.darkLamps, words.darkMeasured, words.darkInferred].map((heading) => (
              <th key={heading} scope="col" data-number="true">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kelurahan.map((one) => (
            <Line key={one.kelurahanCode ?? ''} name={one.kelurahan ?? words.elsewhere} dark={one} />
          ))}
        </tbody>
        <tfoot>
          <Line name={words.total} dark={total} />
        </tfoot>
      </table>
    </div>
  );
}

function Line({ name, dark }: { name: string; dark: Darkness }) {
  const { format } = useSpeech();
  return (
    <tr>
      <th scope="row">{name}</th>
      <td data-number="true">{format.number(dark.lamps)}</td>
      <td data-number="true">{format.number(dark.measuredMinutes)}</td>
      <td data-number="true">{format.number(dark.inferredMinutes)}</td>
    </tr>
  );
}
