import { MergeIncident, type IncidentChanged } from '@siaga/contracts';
import { distanceM } from '@siaga/geo';
import { useFocus } from '../../room/focus.tsx';
import { usePress } from '../../room/press.ts';
import { SureButton } from '../../room/sure-button.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { useBoard } from '../emergency-context.tsx';
import { INCIDENT } from '../kinds.ts';
import { Refused } from '../refused.tsx';
import { whereOf } from './where-of.ts';

/** Farther apart than that nobody takes two incidents for one, metres. */
const NEAR_M = 500;

/** Open incidents near by that may be the same. */
export function MergeInto({ incident }: { incident: IncidentChanged }) {
  const { text, format } = useSpeech();
  const words = text.emergency;
  const { show } = useFocus();
  const { incidents } = useBoard();
  const press = usePress();
  const { busy, run } = press;
  const near = incidents.flatMap((other) => {
    if (other.incidentId === incident.incidentId || incident.place === undefined || other.place === undefined)
      return [];
    const metres = distanceM(incident.place, other.place);
    return metres <= NEAR_M ? [{ other, metres }] : [];
  });
  if (near.length === 0) return null;
  return (
    <section className="incident-part">
      <h3>{words.maybeSame}</h3>
      {near.map(({ other, metres }) => {
        const name = other.kind === undefined ? words.noKind : words.kinds[other.kind];
        return (
          <SureButton
            key={other.incidentId}
            means={`${words.mergeInto(name)} · ${whereOf(other) ?? other.incidentId}`}
            yes={words.merge}
            busy={busy}
            onSure={() => {
              run(async (send) => {
                const params = { incidentId: incident.incidentId };
                await send(MergeIncident, { params, body: { into: other.incidentId } });
                show(INCIDENT, other.incidentId);
              });
            }}
          >
            {`${words.mergeInto(name)} · ${words.straight(format.number(metres / 1000, 1))}`}
          </SureButton>
        );
      })}
      <Refused press={press} />
    </section>
  );
}
