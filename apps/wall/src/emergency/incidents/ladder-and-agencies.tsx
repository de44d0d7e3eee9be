import { Agency, emergencyAgencies, RaiseIncident, TellAgencies, type IncidentChanged } from '@siaga/contracts';
import { useState } from 'react';
import { Choice } from '../../room/choice.tsx';
import { usePress } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';
import { ReasonForm } from '../reason-form.tsx';

const levels = [1, 2, 3] as const;
const others = Agency.options.filter((agency) => !emergencyAgencies.includes(agency));

/** Up and down the ladder, and who else is told: they see the incident on their own screens from then on. */
export function LadderAndAgencies({ incident }: { incident: IncidentChanged }) {
  const { text } = useSpeech();
  const words = text.emergency;
  const [level, setLevel] = useState<(typeof levels)[number]>(incident.level);
  const { busy, failure, run } = usePress();
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
        {others.map((agency) => {
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
              {text.session.agencies[agency]} {isTold && `· ${words.told}`}
            </button>
          );
        })}
      </div>
      {failure !== undefined && <p role="alert">{failure}</p>}
    </section>
  );
}
