import { ListAudit, type AuditedAction } from '@siaga/contracts';

/** What is drawn as one row: an action, how often it was done in a row, and all it touched meanwhile. */
export interface Row {
  action: AuditedAction;
  times: number;
  subjects: readonly string[];
}

/**
 * Whoever looks something up reads the trail again and again, and each time is written down: what he reads one after the
 * other is one row, under the newest, so that it hides nothing else.
 */
export function folded(actions: readonly AuditedAction[]): Row[] {
  const rows: Row[] = [];
  for (const action of actions) {
    const above = rows.at(-1);
    if (above !== undefined && isSameReading(above.action, action)) {
      const subjects = [...new Set([...above.subjects, ...action.subjects])];
      rows[rows.length - 1] = { ...above, times: above.times + 1, subjects };
    } else rows.push({ action, times: 1, subjects: action.subjects });
  }
  return rows;
}

const isSameReading = (one: AuditedAction, other: AuditedAction): boolean =>
  one.action === ListAudit.name &&
  other.action === ListAudit.name &&
  one.principalId === other.principalId &&
  one.outcome === other.outcome;
