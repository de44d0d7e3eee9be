import { OpenCall, type CallChanged } from '@siaga/contracts';
import { Phone, Plus } from 'lucide-react';
import { Who } from '../alarms/who.tsx';
import { ageMs } from '../link/age.ts';
import { useNow } from '../link/use-live.ts';
import { useFocus } from '../room/focus.tsx';
import { useMay } from '../session/session-context.tsx';
import { useSpeech } from '../text/speech.tsx';
import './emergency.css';
import { useBoard } from './emergency-context.tsx';
import { IncidentRow } from './incidents/incident-row.tsx';
import { CALL, INCIDENT } from './kinds.ts';

/** Calls that wait, then open incidents, worst first; nothing at all where neither is nor may be. */
export function EmergencyColumn() {
  const { text, format } = useSpeech();
  const words = text.emergency;
  const { calls, incidents, isExercise } = useBoard();
  const { focus, show } = useFocus();
  const mayOpen = useMay()(OpenCall);
  if (!mayOpen && incidents.length === 0) return null;
  const shown = (kind: string, key: string) => focus?.kind === kind && focus.key === key;
  return (
    <section className="emergency-column" aria-labelledby="emergency-heading">
      <header className="column-head">
        <h2 id="emergency-heading">
          {words.incidents} <strong>{format.number(incidents.length)}</strong>
        </h2>
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

/** One call: since when, by what way, and with whom it is. */
function CallRow({ call, isShown }: { call: CallChanged; isShown: boolean }) {
  const { text, format } = useSpeech();
  const words = text.emergency;
  const { show } = useFocus();
  const nowMs = useNow();
  return (
    <button
      type="button"
      className="call-row"
      data-status={call.status}
      aria-pressed={isShown}
      onClick={() => {
        show(CALL, call.callId);
      }}
    >
      <Phone aria-hidden="true" />
      <strong>
        {words.sources[call.source]} · {words.callStatuses[call.status]}
      </strong>
      <span>{format.duration(ageMs(call.startedAtMs, nowMs))}</span>
      <span className="second">
        {call.claim === undefined ? (call.number ?? '') : <Who actor={call.claim.by} />}
        {call.kind !== undefined && ` · ${words.kinds[call.kind]}`}
      </span>
    </button>
  );
}
