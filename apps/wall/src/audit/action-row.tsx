import type { AuditedAction } from '@siaga/contracts';
import { LockKeyholeOpen } from 'lucide-react';
import { useFocus } from '../room/focus.tsx';
import { auditWords } from '../text/audit-words.ts';
import { useSpeechWith } from '../text/speech.tsx';
import { actionWords } from './action-words.ts';
import type { Row } from './folded.ts';
import { AUDIT, deedsOf } from './kinds.ts';
import { byWeight, said, shortened, type Names, type Said } from './subjects.ts';

interface ActionRowProps {
  row: Row;
  names: Names;
  /** What the list is of already: said above it, not again in each row. */
  focusKey: string;
}

/** One thing somebody did: when, who, what, of what, why, and what became of it. */
export function ActionRow({ row: { action, times, subjects }, names, focusKey }: ActionRowProps) {
  const { text, format } = useSpeechWith(auditWords);
  const words = text.audit;
  const { atMs, principalKind, outcome = 'unknown', fault, reason } = action;
  const touched = subjects
    // who comes in is nobody before: there it says who he was
    .filter((subject) => subject !== focusKey || principalKind === 'visitor')
    .map((subject) => said(subject, names, text))
    .sort(byWeight);
  return (
    <article className="action" data-outcome={outcome}>
      <time dateTime={new Date(atMs).toISOString()}>{format.timeWithSeconds(atMs)}</time>
      <p className="action-who">
        <Who action={action} isHeading={focusKey === deedsOf(action.principalId)} />
        {action.exercise && <em className="tag">{words.exercise}</em>}
      </p>
      <p className="action-outcome">
        {words.outcomes[outcome]}
        {fault !== undefined && `: ${words.faults[fault] ?? fault}`}
      </p>
      <p className="action-what">
        {actionWords(action.action, words.actions)}
        {times > 1 && <span className="third"> · {words.times(format.number(times))}</span>}
      </p>
      {touched.length > 0 && (
        <ul className="action-touched">
          {touched.map((one) => (
            <li key={one.subject}>
              <Touched said={one} />
            </li>
          ))}
        </ul>
      )}
      {reason !== undefined && (
        <p className="action-reason">
          {words.reason}: <q>{reason}</q>
        </p>
      )}
    </article>
  );
}

/** By name; pressed, it shows what else he did. */
function Who({ action, isHeading }: { action: AuditedAction; isHeading: boolean }) {
  const { text } = useSpeechWith(auditWords);
  const { show } = useFocus();
  const { principalId, principalKind, displayName } = action;
  const known = displayName ?? text.audit.known[principalId];
  const name = known ?? `${text.audit.kinds[principalKind]} ${shortened(principalId)}`;
  if (isHeading) return <strong>{name}</strong>;
  return (
    <button
      type="button"
      className="link"
      title={principalId}
      onClick={() => {
        show(AUDIT, deedsOf(principalId));
      }}
    >
      <strong>{name}</strong>
    </button>
  );
}

/** Pressed, it shows who else saw or changed it. */
function Touched({ said: { as, text, subject } }: { said: Said }) {
  const { show } = useFocus();
  if (as === 'class')
    return (
      <span className="uncovered">
        <LockKeyholeOpen aria-hidden="true" />
        {text}
      </span>
    );
  if (as === 'note') return <span title={subject}>{text}</span>;
  return (
    <button
      type="button"
      className="link"
      title={subject}
      onClick={() => {
        show(AUDIT, subject);
      }}
    >
      {text}
    </button>
  );
}
