import type { AssignmentSummary, IncidentChanged } from '@siaga/contracts';
import { ageMs } from '../../link/age.ts';
import { useNow } from '../../link/use-live.ts';
import { useFocus } from '../../room/focus.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { isOverdue, sentOf } from '../alerts/crew-answer.ts';
import { onIt } from '../board.ts';
import { useBoard } from '../emergency-context.tsx';
import { INCIDENT } from '../kinds.ts';
import { Tag } from '../triage-tag.tsx';
import { seenLate } from './seen-late.ts';
import { whereOf } from './where-of.ts';

interface IncidentRowProps {
  incident: IncidentChanged;
  isShown: boolean;
  isExercise: boolean;
}

/** One incident: how bad, what, where, since when, and who is on it. */
export function IncidentRow({ incident, isShown, isExercise }: IncidentRowProps) {
  const { text, format } = useSpeech();
  const words = text.emergency;
  const { show } = useFocus();
  const nowMs = useNow();
  const { unit: findUnit } = useBoard();
  const units = onIt(incident);
  const seenAtMs = seenLate(incident, incident.openedAtMs);
  const isSilent = (one: AssignmentSummary) => isOverdue(sentOf(one, findUnit(one.unitId)), nowMs);
  const silent = units.filter(isSilent);
  return (
    <button
      type="button"
      className="incident-row"
      data-tag={incident.tag}
      aria-pressed={isShown}
      onClick={() => {
        show(INCIDENT, incident.incidentId);
      }}
    >
      <Tag tag={incident.tag} />
      <span className="incident-name">
        {isExercise && <em className="tag">{text.simulationTag}</em>}
        {incident.kind === undefined ? words.noKind : words.kinds[incident.kind]}
        {incident.level > 1 && ` · L${String(incident.level)}`}
      </span>
      <span className="incident-age">{format.duration(ageMs(incident.openedAtMs, nowMs))}</span>
      <span className="incident-where">
        {seenAtMs !== undefined && `${text.patrol.seenAt(format.moment(seenAtMs, nowMs))} · `}
        {whereOf(incident) ?? words.noPlace}
      </span>
      <span className="incident-units" data-tone={units.length === 0 || silent.length > 0 ? 'attention' : undefined}>
        {units.length === 0
          ? words.statuses.active
          : units
              .map((one) => `${one.unitName}: ${isSilent(one) ? words.silentNow : words.assignments[one.status]}`)
              .join(' · ')}
      </span>
    </button>
  );
}
