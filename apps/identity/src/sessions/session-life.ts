import type { SessionDocument } from './session-document.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A shift, and the way home: who was not there for so long signs in again. NIST SP 800-63B-4 §2.2.3 asks for less at AAL2 only. */
const IDLE_MS = { person: 12 * HOUR_MS, screen: 30 * DAY_MS };

/** However busy, a person signs in again after so long; nobody stands at an unattended screen to do so. */
const ABSOLUTE_MS = { person: 14 * DAY_MS, screen: Infinity };

/** When a session is over unless it is refreshed before: epoch ms. */
export function closesAtMs({ kind, createdAtMs, lastSeenAtMs }: Life): number {
  return Math.min(lastSeenAtMs + IDLE_MS[kind], createdAtMs + ABSOLUTE_MS[kind]);
}

/** Its document leaves a day later: what its last answers said has long run out by then. */
export const removeAt = (life: Life): Date => new Date(closesAtMs(life) + DAY_MS);

/** Neither ended nor run out. */
export function isOpen(session: Life & Pick<SessionDocument, 'endedAtMs'>, nowMs: number): boolean {
  return session.endedAtMs === undefined && nowMs < closesAtMs(session);
}

type Life = Pick<SessionDocument, 'kind' | 'createdAtMs' | 'lastSeenAtMs'>;
