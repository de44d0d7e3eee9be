import type { AnswerOf, ListIncidents } from '@siaga/contracts';
import { useNow } from '../../link/use-live.ts';
import { useFocus } from '../../room/focus.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { whereOf } from '../incidents/where-of.ts';
import { useBoard } from '../emergency-context.tsx';
import { INCIDENT } from '../kinds.ts';
import { Tag } from '../triage-tag.tsx';

/** One incident that is over: what and where it was, how it ended, and when. */
export function OverIncidentRow({ incident }: { incident: AnswerOf<typeof ListIncidents>['items'][number] }) {
  const { text, format } = useSpeech();
  const words = text.emergency;
  const { show } = useFocus();
  const { isExercise } = useBoard();
  const nowMs = useNow();
  const { incidentId, kind, tag, status, disposition, closed, openedAtMs } = incident;
  return (
    <button
      type="button"
      className="incident-row"
      onClick={() => {
        show(INCIDENT, incidentId);
      }}
    >
      <Tag tag={tag} />
      <span className="incident-name">
        {(incident.exercise === true || isExercise(incidentId)) && <em className="tag">{text.simulationTag}</em>}
        {kind === undefined ? words.noKind : words.kinds[kind]}
      </span>
      <span className="incident-age">{format.moment(closed?.atMs ?? openedAtMs, nowMs)}</span>
      <span className="incident-where">{[whereOf(incident) ?? words.noPlace, incidentId].join(' · ')}</span>
      <span className="incident-units">
        {disposition === undefined ? words.statuses[status] : words.dispositions[disposition]}
      </span>
    </button>
  );
}
