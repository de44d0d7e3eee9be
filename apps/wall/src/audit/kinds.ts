import { lackOf, ListAudit, type Asker } from '@siaga/contracts';

/** Kind of focus under which the audit trail is read; its key is a subject, `truck:T1`, a {@link deedsOf}, or empty: all of it. */
export const AUDIT = 'audit';

/** Whether somebody may read the trail. That he does is itself written down. */
export const readsAudit = (asker: Asker): boolean => lackOf(ListAudit, asker) === undefined;

/** Key of {@link AUDIT} for what one principal did. No subject begins like this. */
export const deedsOf = (principalId: string): string => `@${principalId}`;

/** What of the trail is asked for. */
export type Question = { subject: string } | { principalId: string } | Record<string, never>;

/** What a key of {@link AUDIT} asks for. */
export function questionOf(focusKey: string): Question {
  if (focusKey.startsWith('@')) return { principalId: focusKey.slice(1) };
  return focusKey.includes(':') ? { subject: focusKey } : {};
}
