import { openAssignment, type UnitChanged } from '@siaga/contracts';
import { ageMs } from '../../link/age.ts';
import { useNow } from '../../link/use-live.ts';
import { emergencyReportWords } from '../../text/emergency-report-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';
import { useBoard } from '../emergency-context.tsx';

interface UnitsSectionProps {
  title: string;
  isShown: (unit: UnitChanged) => boolean;
}

/** Units of an agency as they are now: on duty until when, on what, and where somebody said they stand. */
export function UnitsSection({ title, isShown }: UnitsSectionProps) {
  const { text, format } = useSpeechWith(emergencyReportWords);
  const own = text.emergencyReports;
  const { units } = useBoard();
  const ours = units.filter(isShown);
  const ready = ours.filter(({ availability }) => availability === 'Available').length;
  return (
    <section className="opd-section" aria-labelledby="units-heading" data-print="false">
      <h2 id="units-heading">{title}</h2>
      {ours.length === 0 ? (
        <p className="third">{own.unitsNone}</p>
      ) : (
        <>
          <p className="second">{text.emergency.ready(format.number(ready), format.number(ours.length))}</p>
          <div className="opd-scroll" tabIndex={0} role="group" aria-label={title}>
            <table>
              <thead>
                <tr>
                  {[own.unit, own.duty, own.nowOn, own.where].map((heading) => (
                    <th key={heading} scope="col">
                      {heading}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {ours.map((unit) => (
                  <Line key={unit.unitId} unit={unit} />
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}

function Line({ unit }: { unit: UnitChanged }) {
  const { text, format } = useSpeechWith(emergencyReportWords);
  const { emergency: words, emergencyReports: own } = text;
  const { isExercise } = useBoard();
  const nowMs = useNow();
  const { unitId, name, unitClass, duty, dutyUntilMs, parked, post } = unit;
  const assignment = openAssignment(unit);
  const until = duty === 'on' && dutyUntilMs !== undefined ? ` ${words.until(format.moment(dutyUntilMs, nowMs))}` : '';
  const atRest = post === undefined ? own.whereUnknown : own.atPost(post.words);
  // nobody says where a unit is that is on its way: its post is not where it stands
  const standing = assignment === undefined ? atRest : own.away;
  return (
    <tr>
      <th scope="row">
        {name} · {words.unitClasses[unitClass]}
        {isExercise(unitId) && <em className="tag">{text.simulationTag}</em>}
      </th>
      <td>
        {words.duties[duty]}
        {until}
      </td>
      <td>{assignment === undefined ? own.free : words.assignments[assignment.status]}</td>
      <td>
        {parked === undefined || assignment !== undefined
          ? standing
          : own.saidAgo(parked.words, format.duration(ageMs(parked.atMs, nowMs)))}
      </td>
    </tr>
  );
}
