import { csvText, type AuditedAction } from '@siaga/contracts';
import type { AuditText } from '../text/audit-words.ts';
import { cityDay, type Format } from '../text/format.ts';
import { actionWords } from './action-words.ts';
import { whoWords } from './subjects.ts';

interface Sheet {
  actions: readonly AuditedAction[];
  text: AuditText;
  format: Format;
  /** IANA zone of the city. */
  timezone: string;
}

/** Entries as a spreadsheet, see {@link csvText}: times of the city, ids whole. */
export function auditCsv({ actions, text, format, timezone }: Sheet): string {
  const { columns } = text.audit;
  const headings = Object.values({ ...columns, time: `${columns.time} (${format.zone})` });
  const rows = actions.map((action) => {
    const cells = cellsOf(action, text);
    const time = `${cityDay(action.atMs, timezone)} ${format.timeWithSeconds(action.atMs).replaceAll('.', ':')}`;
    return (Object.keys(columns) as (keyof typeof columns)[]).map((name) => (name === 'time' ? time : cells[name]));
  });
  return csvText([headings, ...rows]);
}

function cellsOf(action: AuditedAction, text: AuditText) {
  const words = text.audit;
  const { principalId, principalKind, displayName, outcome, fault } = action;
  return {
    seq: String(action.seq),
    who: displayName ?? whoWords(principalId, {}, text),
    whoKind: words.kinds[principalKind],
    whoId: principalId,
    action: actionWords(action.action, words.actions),
    actionName: action.action,
    subjects: action.subjects.join(' '),
    reason: action.reason ?? '',
    outcome: [
      words.outcomes[outcome ?? 'unknown'],
      ...(fault === undefined ? [] : [words.faults[fault] ?? fault]),
    ].join(': '),
    session: action.sessionId ?? '',
    exercise: action.exercise ? words.yes : '',
  };
}
