import { ageMs } from '../../link/age.ts';
import { useNow } from '../../link/use-live.ts';
import { wallLink } from '../../room/layout.ts';
import { emergencyReportWords } from '../../text/emergency-report-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';
import { onIt } from '../board.ts';
import { useBoard } from '../emergency-context.tsx';
import { whereOf } from '../incidents/where-of.ts';
import { INCIDENT } from '../kinds.ts';
import { Tag } from '../triage-tag.tsx';

/** What is open now, worst first; each leads to itself on the wall. */
export function OpenIncidents() {
  const { text, format } = useSpeechWith(emergencyReportWords);
  const { emergency: words, emergencyReports: own } = text;
  const { incidents, isExercise } = useBoard();
  const nowMs = useNow();
  return (
    <section className="opd-section" aria-labelledby="open-heading" data-print="false">
      <h2 id="open-heading">
        {own.open} <strong>{format.number(incidents.length)}</strong>
      </h2>
      {incidents.length === 0 ? (
        <p className="third">{own.openNone}</p>
      ) : (
        <div className="opd-scroll" tabIndex={0} role="group" aria-label={own.open}>
          <table>
            <thead>
              <tr>
                {[words.kind, own.where, own.since, own.unit].map((heading) => (
                  <th key={heading} scope="col">
                    {heading}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {incidents.map((incident) => (
                <tr key={incident.incidentId}>
                  <th scope="row">
                    <Tag tag={incident.tag} />{' '}
                    <a href={wallLink({ kind: INCIDENT, key: incident.incidentId })}>
                      {incident.kind === undefined ? words.noKind : words.kinds[incident.kind]}
                    </a>
                    {isExercise(incident.incidentId) && <em className="tag">{text.simulationTag}</em>}
                  </th>
                  <td>{whereOf(incident) ?? words.noPlace}</td>
                  <td>{format.duration(ageMs(incident.openedAtMs, nowMs))}</td>
                  <td>
                    {onIt(incident)
                      .map(({ unitName, status }) => `${unitName}: ${words.assignments[status]}`)
                      .join(' · ') || words.statuses.active}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
