import {
  DeskAgency,
  emergencyAgencies,
  RaiseIncident,
  SuggestUnits,
  TellAgencies,
  type IncidentChanged,
} from '@siaga/contracts';
import { useMemo, useState } from 'react';
import { call } from '../../city/api.ts';
import { useAsked } from '../../room/asked.ts';
import { Choice } from '../../room/choice.tsx';
import { usePress } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';
import { useMay } from '../../session/session-context.tsx';
import { ReasonForm } from '../reason-form.tsx';
import { Refused } from '../refused.tsx';
import { Partners } from './partners.tsx';

const levels = [1, 2, 3] as const;
const others = DeskAgency.options.filter((agency) => !emergencyAgencies.includes(agency));

/** What the card of an incident of this kind, tag and level asks for; undefined for who may not send units. */
function useCard({ incidentId, kind, tag, level }: IncidentChanged) {
  const may = useMay()(SuggestUnits);
  const because = [kind, tag, level].join(' ');
  const { answer } = useAsked(useMemo(() => askOf({ incidentId, because, may }), [incidentId, because, may]));
  return answer;
}

const askOf =
  ({ incidentId, may }: { incidentId: string; because: string; may: boolean }) =>
  (signal: AbortSignal) =>
    may ? call(SuggestUnits, { params: { incidentId } }, { signal }) : Promise.resolve(undefined);

/** Up and down the ladder, and who else is told: they see the incident on their own screens from then on. */
export function LadderAndAgencies({ incident }: { incident: IncidentChanged }) {
  const { text } = useSpeech();
  const words = text.emergency;
  const [level, setLevel] = useState<(typeof levels)[number]>(incident.level);
  const press = usePress();
  const { busy, run } = press;
  const { tell = [], partners = [] } = useCard(incident) ?? {};
  const inOrder = [...others].sort((one, other) => Number(tell.includes(other)) - Number(tell.includes(one)));
  const params = { incidentId: incident.incidentId };
  return (
    <section className="incident-part">
      <Choice label={words.level} options={levels} chosen={level} onChoose={setLevel} wraps>
        {(one) => words.levelWords[one]}
      </Choice>
      {level !== incident.level && (
        <ReasonForm
          label={words.levelReason}
          yes={words.levelWords[level]}
          busy={busy}
          onReason={(reason) => {
            run(async (send) => {
              await send(RaiseIncident, { params, body: { level, reason } });
            });
          }}
        />
      )}
      <h3>{words.tellAgencies}</h3>
      <div className="agencies">
        {inOrder.map((agency) => {
          const isTold = incident.agencies.includes(agency);
          return (
            <button
              key={agency}
              type="button"
              aria-pressed={isTold}
              disabled={busy || isTold}
              onClick={() => {
                run(async (send) => {
                  await send(TellAgencies, { params, body: { agencies: [agency] } });
                });
              }}
            >
              {text.session.agencies[agency]} {isTold ? `· ${words.told}` : tell.includes(agency) && `· ${words.asked}`}
            </button>
          );
        })}
      </div>
      <Partners incident={incident} wanted={partners} />
      <Refused press={press} />
    </section>
  );
}
