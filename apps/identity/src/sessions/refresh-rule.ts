/** What is kept of the refresh tokens of a session. */
export interface RefreshState {
  /** SHA-256 of the token that counts, base64url. */
  readonly refreshHash: string;
  /** Somebody came with it already: so its answer arrived, and whoever brings the one before it has kept a copy. */
  readonly refreshUsed: boolean;
  /** Of the one before it. */
  readonly previousHash?: string | undefined;
  readonly rotatedAtMs: number;
}

/**
 * `rotate`: a new refresh token and an access token. `access`: only the latter. `reuse`: a copy of the token is about, and
 * which of the two is the thief's cannot be told: the session ends for both (RFC 9700 §4.14.2).
 */
export type RefreshVerdict = 'rotate' | 'access' | 'reuse';

/**
 * After a rotation both tokens count for so long, and neither changes: two tabs that ask at once, or whose requests
 * overtake each other, are one person. Twice the longest a request or its answer is on its way (15 s at the gateway), so
 * that a token which comes later was sent after its successor had arrived.
 */
export const OVERLAP_MS = 30_000;

/** What becomes of a refresh token of the session that arrives now. */
export function verdictOn(state: RefreshState, hash: string, nowMs: number): RefreshVerdict {
  const isOverlap = state.previousHash !== undefined && nowMs - state.rotatedAtMs <= OVERLAP_MS;
  if (hash === state.refreshHash) return isOverlap ? 'access' : 'rotate';
  if (hash !== state.previousHash) return 'reuse';
  if (isOverlap) return 'access';
  // nobody ever came with the new one: its answer was lost on the way
  return state.refreshUsed ? 'reuse' : 'rotate';
}

/** The state after a rotation for the token `hash`. */
export function rotated(hash: string, nextHash: string, nowMs: number): RefreshState {
  return { refreshHash: nextHash, refreshUsed: false, previousHash: hash, rotatedAtMs: nowMs };
}

/** The state after the token `hash` got an access token only. */
export function used(state: RefreshState, hash: string): RefreshState {
  return hash === state.refreshHash ? { ...state, refreshUsed: true } : state;
}
