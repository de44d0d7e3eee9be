import { useMemo, useSyncExternalStore } from 'react';
import { ageMs } from '../link/age.ts';
import { createCityClock } from '../link/city-clock.ts';
import { useSpeech } from '../text/speech.tsx';
import { JobSheet } from './job-sheet.tsx';
import { clockOf, type KeptCrew } from './kept-crew.ts';
import type { Presses } from './use-presses.ts';

interface KeptJobProps {
  kept: KeptCrew;
  presses: Presses;
}

/** The job this phone knew of when it last heard of the city, with the age of it; its steps are pressed as ever. */
export function KeptJob({ kept, presses: { crew } }: KeptJobProps) {
  const { text, format } = useSpeech();
  const { job, heardAtMs } = kept;
  const clock = useMemo(() => createCityClock(clockOf(kept)), [kept]);
  const nowMs = useSyncExternalStore(clock.subscribe, clock.get);
  const [time, age] = [format.moment(heardAtMs, nowMs), format.duration(ageMs(heardAtMs, nowMs))];
  return (
    <>
      {job?.isExercise === true && (
        <p>
          <em className="tag">{text.simulationTag}</em>
        </p>
      )}
      <p role="status" data-tone="attention">
        {text.field.kept(time, age)}
      </p>
      {job === undefined ? (
        <p>{text.field.keptNone}</p>
      ) : (
        <JobSheet key={job.assignmentId} job={job} nowMs={nowMs} queue={crew} />
      )}
    </>
  );
}
