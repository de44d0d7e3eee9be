import {
  AssignmentStatus,
  CancelUnit,
  Channel,
  StepUnit,
  type AssignmentSummary,
  type IncidentChanged,
  type UnitChanged,
} from '@siaga/contracts';
import { useState } from 'react';
import { ageMs } from '../../link/age.ts';
import { useNow } from '../../link/use-live.ts';
import { Choice } from '../../room/choice.tsx';
import { usePress } from '../../room/press.ts';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
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

/** Nothing was heard of its crew since it was sent, for longer than it may take. */
export const isSilent = ({ assignmentId }: AssignmentSummary, unit: UnitChanged | undefined): boolean =>
  unit?.assignment?.assignmentId === assignmentId && unit.assignment.isUnanswered === true;

/** One unit on its way: how far, since when, its driver's number while nothing is heard, and the desk's hand for it. */
export function AssignmentRow({ assignment, incident }: AssignmentRowProps) {
  const { text, format } = useSpeech();
  const words = text.emergency;
  const { unit: find } = useBoard();
  const nowMs = useNow();
  const { unitId, unitName, status, atMs } = assignment;
  const unit = find(unitId);
  const since = atMs[status] ?? atMs.dispatched;
  const silent = isSilent(assignment, unit);
  const numbers = unit?.crew.flatMap(({ number }) => number ?? []) ?? [];
  return (
    <li className="assignment" data-silent={silent}>
      <p>
        <strong>{unitName}</strong> ·{' '}
        {silent && since !== undefined ? (
          <span data-tone="attention">{words.silentFor(format.duration(ageMs(since, nowMs)))}</span>
        ) : (
          words.assignments[status]
        )}
        {!silent && since !== undefined && <span className="second"> {format.timeWithSeconds(since)}</span>}
      </p>
      {silent &&
        numbers.map((number) => (
          <a key={number} className="button" href={`tel:${number}`}>
            {words.ring(number)}
          </a>
        ))}
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
