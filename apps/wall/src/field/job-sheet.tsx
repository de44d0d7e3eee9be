import type { ReactNode } from 'react';
import { ReasonForm } from '../emergency/reason-form.tsx';
import { ageMs } from '../link/age.ts';
import { useSpeech } from '../text/speech.tsx';
import type { KnownJob } from './known-job.ts';
import { stepsAhead } from './next-steps.ts';
import { StepButton } from './step-button.tsx';
import { wayTo } from './way-to.ts';
import type { Queue } from './use-queue.ts';

interface JobSheetProps {
  job: KnownJob;
  nowMs: number;
  queue: Queue;
  /** How bad it is, before what it is. */
  mark?: ReactNode;
  /** Behind how far it is. */
  more?: string;
  /** What else only the city knows, once it is accepted. */
  children?: ReactNode;
}

/** A job: what and where, the one next button, and its other steps. */
export function JobSheet({ job, nowMs, queue: { statusOf, press }, mark, more = '', children }: JobSheetProps) {
  const { text, format } = useSpeech();
  const words = text.field;
  const names = text.emergency;
  const { unitId, assignmentId } = job;
  // what was pressed counts here at once, and is marked until the city has it
  const status = statusOf(job);
  const at = { unitId, assignmentId };
  const [next, ...others] = stepsAhead(status, job.kind);
  const isNew = status === 'dispatched';
  return (
    <article className="field-job" data-new={isNew}>
      {isNew && <p className="field-new">{words.newJob}</p>}
      <p className="field-what">
        {mark} <strong>{job.kind === undefined ? names.noKind : names.kinds[job.kind]}</strong>
      </p>
      <Where where={job.where} />
      {!isNew && children}
      <p className="second">
        {names.assignments[status]} · {format.duration(ageMs(job.sentAtMs ?? nowMs, nowMs))}
        {more}
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
          {others.length > 0 && (
            <details>
              <summary>{words.otherSteps}</summary>
              <div className="field-steps">
                {others.map((step) => (
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

function Where({ where }: Pick<KnownJob, 'where'>) {
  const words = useSpeech().text.field;
  if (where === undefined) return <p>{words.whereUnknown}</p>;
  return (
    <>
      <p className="field-where">{where.said}</p>
      <a className="button field-way" href={wayTo(where)}>
        {words.navigate}
      </a>
    </>
  );
}
