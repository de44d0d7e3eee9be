import { Channel, Partner, TellPartner, type IncidentChanged } from '@siaga/contracts';
import { useState } from 'react';
import { Choice } from '../../room/choice.tsx';
import { usePress } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';
import { Refused } from '../refused.tsx';

const ways = Channel.extract(['telephone', 'radio', 'whatsapp', 'in-person']).options;

interface PartnersProps {
  incident: IncidentChanged;
  /** Those that the ladder and the card ask for: first, and said to be. */
  wanted: readonly Partner[];
}

/** Who has no desk here and is told all the same: by whom and by what way stands in the timeline. */
export function Partners({ incident: { incidentId, partners = [] }, wanted }: PartnersProps) {
  const { text } = useSpeech();
  const words = text.emergency;
  const [channel, setChannel] = useState<(typeof ways)[number]>('telephone');
  const press = usePress();
  const inOrder = [...wanted, ...Partner.options.filter((one) => !wanted.includes(one))];
  return (
    <details open={wanted.some((one) => !partners.includes(one))}>
      <summary>{words.tellPartners}</summary>
      <Choice label={words.via} options={ways} chosen={channel} onChoose={setChannel} wraps>
        {(one) => words.channels[one]}
      </Choice>
      <div className="agencies">
        {inOrder.map((partner) => (
          <button
            key={partner}
            type="button"
            aria-pressed={partners.includes(partner)}
            disabled={press.busy}
            onClick={() => {
              press.run(async (send) => {
                await send(TellPartner, { params: { incidentId }, body: { partner, channel } });
              });
            }}
          >
            {[
              words.partners[partner],
              partners.includes(partner) ? words.told : wanted.includes(partner) && words.asked,
            ]
              .filter(Boolean)
              .join(' · ')}
          </button>
        ))}
      </div>
      <Refused press={press} />
    </details>
  );
}
