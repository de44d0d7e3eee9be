import { IncidentChanged, type UnitChanged } from '@siaga/contracts';
import { Tag } from '../emergency/triage-tag.tsx';
import { useLatest, useNow } from '../link/use-live.ts';
import { useSpeech } from '../text/speech.tsx';
import { BedKept } from './bed-kept.tsx';
import { CallerSaid } from './caller-said.tsx';
import { JobSheet } from './job-sheet.tsx';
import { knownJob } from './known-job.ts';
import { RingTheCaller } from './ring-the-caller.tsx';
import type { Queue } from './use-queue.ts';

interface JobProps {
  unit: UnitChanged;
  assignment: NonNullable<UnitChanged['assignment']>;
  queue: Queue;
}

/** One job as the city has it: with what the caller said, the bed that is kept, and the way to ring who called. */
export function Job({ unit: { unitId }, assignment, queue }: JobProps) {
  const { text, format } = useSpeech();
  const nowMs = useNow();
  const { assignmentId, incidentId } = assignment;
  const incident = useLatest(IncidentChanged).get(incidentId);
  const { tag, victims, version } = incident?.data ?? {};
  return (
    <JobSheet
      job={knownJob({ unitId, assignment, incident })}
      nowMs={nowMs}
      queue={queue}
      mark={<Tag tag={tag} />}
      more={victims === undefined ? '' : ` · ${text.field.victims(format.number(victims))}`}
    >
      <CallerSaid incidentId={incidentId} version={version} />
      <BedKept incidentId={incidentId} assignmentId={assignmentId} />
      <RingTheCaller unitId={unitId} assignmentId={assignmentId} />
    </JobSheet>
  );
}
