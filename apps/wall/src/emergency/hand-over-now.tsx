import { CallChanged, IncidentChanged, UnitChanged } from '@siaga/contracts';
import { ageMs } from '../link/age.ts';
import { useLatest, useNow } from '../link/use-live.ts';
import { emergencyReportWords } from '../text/emergency-report-words.ts';
import { useSpeechWith } from '../text/speech.tsx';
import { boardOf, onIt } from './board.ts';
import { whereOf } from './incidents/where-of.ts';

/** What a shift of 112 hands over whatever anybody writes: what is open, who is to be called back, who is on duty until when. */
export function HandOverNow() {
  const { text, format } = useSpeechWith(emergencyReportWords);
  const { emergency: words, emergencyReports: own } = text;
  const nowMs = useNow();
  const calls = useLatest(CallChanged);
  const known = useLatest(IncidentChanged);
  const { units, incidents, ...board } = boardOf({ calls, incidents: known, units: useLatest(UnitChanged) });
  const marked = (id: string, line: string) => (board.isExercise(id) ? `${text.simulationTag}: ${line}` : line);
  const open = incidents.map((incident) => {
    const { incidentId, kind, openedAtMs } = incident;
    const what = kind === undefined ? words.noKind : words.kinds[kind];
    const who = onIt(incident).map(({ unitName }) => unitName).join(', ') || words.statuses.active; // prettier-ignore
    const age = format.duration(ageMs(openedAtMs, nowMs));
    return marked(incidentId, [what, whereOf(incident) ?? words.noPlace, age, who].join(' · '));
  });
  const waiting = board.calls.filter(({ status }) => status === 'call-back' || status === 'unanswered');
  const back = waiting.map(({ callId, source, status, startedAtMs }) => {
    const age = format.duration(ageMs(startedAtMs, nowMs));
    return marked(callId, [words.sources[source], words.callStatuses[status], age].join(' · '));
  });
  const onDuty = units
    .filter(({ duty }) => duty === 'on')
    .map(({ unitId, name, dutyUntilMs }) => {
      const until = dutyUntilMs === undefined ? '' : ` ${words.until(format.moment(dutyUntilMs, nowMs))}`;
      return marked(unitId, `${name}${until}`);
    });
  return (
    <section className="hand-over-now" aria-labelledby="hand-over-emergency">
      <h3 id="hand-over-emergency">{own.handOver}</h3>
      <Lines title={own.open} lines={open} />
      <Lines title={own.callBacks} lines={back} />
      <Lines title={own.onDuty} lines={onDuty} />
    </section>
  );
}

function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  const { text, format } = useSpeechWith(emergencyReportWords);
  return (
    <>
      <h4>
        {title} · {lines.length === 0 ? text.emergencyReports.nothing : format.number(lines.length)}
      </h4>
      <ul>
        {lines.map((line, at) => (
          // two calls may read the same
          <li key={at}>{line}</li>
        ))}
      </ul>
    </>
  );
}
