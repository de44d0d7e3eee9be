import { ListCalls, OpenCall } from '@siaga/contracts';
import { History, Plus } from 'lucide-react';
import { useFocus } from '../room/focus.tsx';
import { useMay } from '../session/session-context.tsx';
import { useSpeech } from '../text/speech.tsx';
import { CallRow } from './calls/call-row.tsx';
import './emergency.css';
import { useBoard } from './emergency-context.tsx';
import { IncidentRow } from './incidents/incident-row.tsx';
import { CALL, INCIDENT, OVER } from './kinds.ts';

/** Calls that wait, then open incidents, worst first; nothing at all where neither is nor may be. */
export function EmergencyColumn() {
  const { text, format } = useSpeech();
  const words = text.emergency;
  const { calls, incidents, isExercise } = useBoard();
  const { focus, show, canShow } = useFocus();
  const may = useMay();
  const mayOpen = may(OpenCall);
  if (!mayOpen && incidents.length === 0) return null;
  const shown = (kind: string, key: string) => focus?.kind === kind && focus.key === key;
  return (
    <section className="emergency-column" aria-labelledby="emergency-heading">
      <header className="column-head">
        <h2 id="emergency-heading">
          {words.incidents} <strong>{format.number(incidents.length)}</strong>
        </h2>
        {may(ListCalls) && canShow(OVER) && (
          <button
            type="button"
            className="quiet"
            onClick={() => {
              show(OVER);
            }}
          >
            <History aria-hidden="true" /> {words.over}
          </button>
        )}
        {mayOpen && (
          <button
            type="button"
            className="quiet"
            onClick={() => {
              show(CALL);
            }}
          >
            <Plus aria-hidden="true" /> {words.newCall} <kbd>b</kbd>
          </button>
        )}
      </header>
      {mayOpen && calls.length > 0 && (
        <ul className="call-list" aria-label={words.calls}>
          {calls.map((call) => (
            <li key={call.callId}>
              <CallRow call={call} isShown={shown(CALL, call.callId)} />
            </li>
          ))}
        </ul>
      )}
      {incidents.length === 0 && <p className="nothing">{words.none}</p>}
      <ul className="incident-list" aria-label={words.incidents}>
        {incidents.map((incident) => (
          <li key={incident.incidentId}>
            <IncidentRow
              incident={incident}
              isShown={shown(INCIDENT, incident.incidentId)}
              isExercise={isExercise(incident.incidentId)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
