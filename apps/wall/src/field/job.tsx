import { IncidentChanged, type AssignmentStatus, type UnitChanged } from '@siaga/contracts';
import { whereOf } from '../emergency/incidents/incident-row.tsx';
import { ReasonForm } from '../emergency/reason-form.tsx';
import { Tag } from '../emergency/triage-tag.tsx';
import { ageMs } from '../link/age.ts';
import { useLatest, useNow } from '../link/use-live.ts';
import { useSpeech } from '../text/speech.tsx';
import { BedKept } from './bed-kept.tsx';
import { CallerSaid } from './caller-said.tsx';
import { RingTheCaller } from './ring-the-caller.tsx';
import { stepsAhead } from './next-steps.ts';
import { StepButton } from './step-button.tsx';
import { wayTo } from './way-to.ts';
import type { Queue } from './use-queue.ts';

interface JobProps {
  unit: UnitChanged;
  assignment: NonNullable<UnitChanged['assignment']>;
  queue: Queue;
}

/** One job: what and where, the one next button, and whether the city has what was pressed. */
export function Job({ unit: { unitId }, assignment, queue: { state, press } }: JobProps) {
  const { text, format } = useSpeech();
  const words = text.field;
  const names = text.emergency;
  const nowMs = useNow();
  const incident = useLatest(IncidentChanged).get(assignment.incidentId)?.data;
  const { assignmentId } = assignment;
  // what was pressed counts here at once, and is marked until the city has it
  const waiting = state.waiting.filter((step) => 'assignmentId' in step).filter((step) => step.assignmentId === assignmentId); // prettier-ignore
  const status = (waiting.at(-1)?.status ?? assignment.status) as AssignmentStatus;
  const at = { unitId, assignmentId };
  const [next, ...more] = stepsAhead(status, incident?.kind);
  const isNew = status === 'dispatched';
  return (
    <article className="field-job" data-new={isNew}>
      {isNew && <p className="field-new">{words.newJob}</p>}
      <p className="field-what">
        <Tag tag={incident?.tag} />{' '}
        <strong>{incident?.kind === undefined ? names.noKind : names.kinds[incident.kind]}</strong>
      </p>
      <Where incident={incident} />
      {!isNew && <CallerSaid incidentId={assignment.incidentId} version={incident?.version} />}
      {!isNew && <BedKept incidentId={assignment.incidentId} assignmentId={assignmentId} />}
      {!isNew && <RingTheCaller unitId={unitId} assignmentId={assignmentId} />}
      <p className="second">
        {names.assignments[status]} · {format.duration(ageMs(assignment.atMs.dispatched ?? nowMs, nowMs))}
        {incident?.victims !== undefined && ` · ${words.victims(format.number(incident.victims))}`}
      </p>
      {isNew ? (
        <>
          <StepButton
            key="accepted"
            className="strong field-large"
            onPress={() => {
              press(at, 'accepted');
            }}
          >
            {words.accept}
          </StepButton>
          <details>
            <summary>{words.decline}</summary>
            <ReasonForm
              label={words.declineReason}
              yes={words.decline}
              busy={false}
              onReason={(reason) => {
                press(at, 'declined', reason);
              }}
            />
          </details>
        </>
      ) : (
        <>
          {next !== undefined && (
            <StepButton
              key={next}
              className="strong field-large"
              onPress={() => {
                press(at, next);
              }}
            >
              {names.assignments[next]}
            </StepButton>
          )}
          {more.length > 0 && (
            <details>
              <summary>{words.otherSteps}</summary>
              <div className="field-steps">
                {more.map((step) => (
                  <button
                    key={step}
                    type="button"
                    onClick={() => {
                      press(at, step);
                    }}
                  >
                    {names.assignments[step]}
                  </button>
                ))}
              </div>
            </details>
          )}
        </>
      )}
    </article>
  );
}

function Where({ incident }: { incident: IncidentChanged | undefined }) {
  const words = useSpeech().text.field;
  if (incident?.place === undefined) return <p>{words.whereUnknown}</p>;
  return (
    <>
      <p className="field-where">{whereOf(incident)}</p>
      <a className="button field-way" href={wayTo(incident.place)}>
        {words.navigate}
      </a>
    </>
  );
}
