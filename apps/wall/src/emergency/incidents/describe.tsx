import { DescribeIncident, IncidentKind, type IncidentChanged } from '@siaga/contracts';
import { useState } from 'react';
import { Choice } from '../../room/choice.tsx';
import { usePress } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';
import { Refused } from '../refused.tsx';
import { PlaceField } from '../calls/place-field.tsx';

/** What nobody has said of an incident yet: where it is, and what. */
export function Describe({ incident: { incidentId, place, kind } }: { incident: IncidentChanged }) {
  const words = useSpeech().text.emergency;
  // a search that nobody opened takes no click on the map
  const [isPlacing, setIsPlacing] = useState(false);
  const press = usePress();
  const { run } = press;
  const params = { incidentId };
  if (place !== undefined && kind !== undefined) return null;
  return (
    <section className="incident-part">
      {place === undefined && (
        <details
          onToggle={({ currentTarget }) => {
            setIsPlacing(currentTarget.open);
          }}
        >
          <summary>{words.sayPlace}</summary>
          {isPlacing && (
            <PlaceField
              focuses
              place={undefined}
              onPlace={(said) => {
                if (said === null) return;
                run(async (send) => {
                  await send(DescribeIncident, { params, body: { place: said } });
                });
              }}
            />
          )}
        </details>
      )}
      {kind === undefined && (
        <Choice
          label={words.kind}
          options={IncidentKind.options}
          chosen={undefined}
          onChoose={(said) => {
            run(async (send) => {
              await send(DescribeIncident, { params, body: { kind: said } });
            });
          }}
          wraps
          named
        >
          {(one) => words.kinds[one]}
        </Choice>
      )}
      <Refused press={press} />
    </section>
  );
}
