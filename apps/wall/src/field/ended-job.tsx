import { IncidentChanged, type UnitChanged } from '@siaga/contracts';
import { useState } from 'react';
import { useLatest } from '../link/use-live.ts';
import { useSpeech } from '../text/speech.tsx';
import { endedOf } from './ended.ts';

const seenName = 'siaga.field.ended';

/** A job that somebody else ended, and why, until the crew has tapped it. */
export function Ended({ unit }: { unit: UnitChanged }) {
  const { text, format } = useSpeech();
  const words = text.field;
  const incidents = useLatest(IncidentChanged);
  const [seen, setSeen] = useState(() => localStorage.getItem(seenName));
  const ended = endedOf(
    unit,
    [...incidents.values()].map(({ data }) => data),
  );
  if (ended === undefined || ended.assignmentId === seen) return null;
  const endedAtMs = ended.atMs[ended.status];
  return (
    <div className="field-ended" role="alert">
      <p>
        <strong>{ended.status === 'cancelled' ? words.calledBack : words.sentElsewhere}</strong>
        {endedAtMs !== undefined && ` · ${format.timeWithSeconds(endedAtMs)}`}
      </p>
      {ended.reason !== undefined && <p>{ended.reason}</p>}
      <button
        type="button"
        onClick={() => {
          localStorage.setItem(seenName, ended.assignmentId);
          setSeen(ended.assignmentId);
        }}
      >
        {words.understood}
      </button>
    </div>
  );
}
