import {
  AssignmentStatus,
  CancelUnit,
  Channel,
  StepUnit,
  type AssignmentSummary,
  type IncidentChanged,
} from '@siaga/contracts';
import { useState } from 'react';
import { ageMs } from '../../link/age.ts';
import { useNow } from '../../link/use-live.ts';
import { Choice } from '../../room/choice.tsx';
import { usePress } from '../../room/press.ts';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { answerOf, sentOf } from '../alerts/crew-answer.ts';
import { RingCrew } from '../alerts/ring-crew.tsx';
import { WaysTried } from '../alerts/ways-tried.tsx';
import { useBoard } from '../emergency-context.tsx';
import { fits } from '../patients.ts';
import { ReasonForm } from '../reason-form.tsx';
import { Refused } from '../refused.tsx';

/** Ways by which a crew tells the desk how far it is. */
const heardBy = Channel.extract(['radio', 'telephone', 'whatsapp']).options;

const steps = AssignmentStatus.exclude(['dispatched', 'diverted', 'cancelled', 'declined']).options;

interface AssignmentRowProps {
  assignment: AssignmentSummary;
  incident: IncidentChanged;
}

/** One unit on its way: how far, since when; while nothing is heard, how it was told and whom to ring; and the desk's hand for it. */
export function AssignmentRow({ assignment, incident }: AssignmentRowProps) {
  const { text, format } = useSpeech();
  const words = text.emergency;
  const { unit: find } = useBoard();
  const nowMs = useNow();
  const { assignmentId, unitId, unitName, status, atMs } = assignment;
  const unit = find(unitId);
  const sent = sentOf(assignment, unit);
  const since = atMs[status] ?? atMs.dispatched;
  const answer = answerOf(sent, nowMs);
  const silence = since === undefined || answer === 'waiting' ? undefined : answer;
  const age = format.duration(ageMs(since ?? nowMs, nowMs));
  const answerTime = format.duration((sent?.answerByMs ?? 0) - (since ?? 0));
  return (
    <li className="assignment" data-silent={silence !== undefined}>
      <p>
        <strong>{unitName}</strong> ·{' '}
        {silence === undefined ? (
          words.assignments[status]
        ) : (
          <span data-tone="attention">
            {silence === 'late' ? text.crewAlerts.late(answerTime, age) : words.silentFor(age)}
          </span>
        )}
        {silence === undefined && since !== undefined && (
          <span className="second"> {format.timeWithSeconds(since)}</span>
        )}
      </p>
      {answer !== undefined && sent !== undefined && <WaysTried alerts={sent.alerts} />}
      {silence === 'late' && <p data-tone="attention">{text.crewAlerts.ringNow}</p>}
      {silence !== undefined && unit !== undefined && <RingCrew unit={unit} assignmentId={assignmentId} />}
      <OnBehalf assignment={assignment} incident={incident} />
    </li>
  );
}

/** What a crew said by other means, written down by the desk: any status, when it was said and by what way. */
function OnBehalf({ assignment: { assignmentId, unitId }, incident }: AssignmentRowProps) {
  const { text } = useSpeech();
  const words = text.emergency;
  const may = useMay();
  const [channel, setChannel] = useState<(typeof heardBy)[number]>('radio');
  const press = usePress();
  const { busy, run } = press;
  if (!may(StepUnit)) return null;
  return (
    <details>
      <summary>{words.stepOnBehalf}</summary>
      <Choice label={words.via} options={heardBy} chosen={channel} onChoose={setChannel}>
        {(one) => words.channels[one]}
      </Choice>
      <div className="assignment-steps">
        {steps
          .filter((status) => fits(status, incident))
          .map((status) => (
            <button
              key={status}
              type="button"
              disabled={busy}
              onClick={() => {
                run(async (send) => {
                  await send(StepUnit, { params: { unitId }, body: { assignmentId, status, channel } });
                });
              }}
            >
              {words.assignments[status]}
            </button>
          ))}
      </div>
      {may(CancelUnit) && (
        <ReasonForm
          label={words.cancelReason}
          yes={words.cancelUnit}
          busy={busy}
          onReason={(reason) => {
            run(async (send) => {
              await send(CancelUnit, { params: { unitId }, body: { assignmentId, reason } });
            });
          }}
        />
      )}
      <Refused press={press} />
    </details>
  );
}
