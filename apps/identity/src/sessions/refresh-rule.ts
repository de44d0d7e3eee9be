/** What is kept of the refresh tokens of a session: SHA-256, base64url. */
export interface RefreshState {
  /** The token given out last. */
  readonly refreshHash: string;
  /** Given out before it for the same token, the oldest first: their answers seemed to be lost, and may be late. */
  readonly elderHashes?: readonly string[] | undefined;
  /** The token that these were given out for; none before the first rotation. */
  readonly previousHash?: string | undefined;
  /** What else counted until `previousHash` was followed by another. */
  readonly retiredHashes?: readonly string[] | undefined;
  /** When `refreshHash` was given out, epoch ms. */
  readonly rotatedAtMs: number;
  /** When the first was given out for `previousHash`, epoch ms. */
  readonly followedAtMs?: number | undefined;
  /** When somebody first came with a token given out for `previousHash`: so its answer had arrived. Epoch ms. */
  readonly usedAtMs?: number | undefined;
}

/**
 * `rotate`: the next refresh token, and an access token. `again`: the same, for a token that was followed already by some
 * that nobody ever came with. `access`: an access token only. `reuse`: a copy of the token is about, and which of the two
 * is the thief's cannot be told: the session ends for both (RFC 9700 §4.14.2).
 */
export type RefreshVerdict = 'rotate' | 'again' | 'access' | 'reuse';

/**
 * After a token was given out nothing changes for so long: two tabs that ask at once, or whose requests and answers
 * overtake each other, are one person. Longer than a request and its answer are under way together: a service is waited
 * for 15 s, and a browser of ours gives an answer up after 20 s, which others need not.
 */
export const OVERLAP_MS = 120_000;

/**
 * So many tokens given out for one are remembered. A browser of ours asks again after 20 s at the earliest: the oldest answer
 * is then ten minutes late, and lost.
 */
export const MOST_GIVEN = 32;

/**
 * What becomes of a refresh token of the session that arrives now. A browser has one of all tokens, and does not always
 * have the newest: answers get lost, and a slow one takes the place of one that was asked for later. So while nobody has
 * come with any of those given out for the same token, that token and each of them count. The first that is followed by
 * another decides: it counts, and whoever comes with one of the others has it from elsewhere. Two who hold copies and both go on
 * are so told as soon as both have come again. To give the same token again instead would give it to both, for ever; and were a
 * token that was followed long ago made to wait whenever somebody comes with it, a thief who keeps coming would keep its
 * owner waiting, unseen.
 */
export function verdictOn(kept: RefreshState, hash: string, nowMs: number): RefreshVerdict {
  const state = counted(kept, nowMs);
  const isOverlap = state.previousHash !== undefined && isShortlyAfter(state.rotatedAtMs, nowMs);
  if (givenOut(state).includes(hash)) return isOverlap ? 'access' : 'rotate';
  if (hash === state.previousHash) {
    const { usedAtMs, followedAtMs = state.rotatedAtMs } = state;
    if (isShortlyAfter(usedAtMs ?? followedAtMs, nowMs)) return 'access';
    return usedAtMs === undefined ? 'again' : 'reuse';
  }
  // sent before the answer came that retired it
  return isOverlap && state.retiredHashes?.includes(hash) === true ? 'access' : 'reuse';
}

/** Also a little before: clocks are set. */
const isShortlyAfter = (momentMs: number, nowMs: number) => Math.abs(nowMs - momentMs) <= OVERLAP_MS;

/**
 * A moment that lies further ahead was written before the clock was set back, and nobody knows how long ago: it counts from now
 * on. Were it long over, an honest tab that comes a second later would be taken for a thief; were it left, nothing would rotate,
 * and no copy be told, until that time comes.
 */
function counted(state: RefreshState, nowMs: number): RefreshState {
  const fromNow = (momentMs: number) => (momentMs - nowMs > OVERLAP_MS ? nowMs : momentMs);
  const { rotatedAtMs, followedAtMs, usedAtMs } = state;
  return {
    ...{ ...state, rotatedAtMs: fromNow(rotatedAtMs) },
    ...(followedAtMs === undefined ? {} : { followedAtMs: fromNow(followedAtMs) }),
    ...(usedAtMs === undefined ? {} : { usedAtMs: fromNow(usedAtMs) }),
  };
}

/** The state after the token `nextHash` was given out for the token `hash`. */
export function rotated(
  kept: RefreshState,
  hash: string,
  { nextHash, nowMs }: { nextHash: string; nowMs: number },
): RefreshState {
  const state = counted(kept, nowMs);
  const { previousHash, usedAtMs, followedAtMs = state.rotatedAtMs } = state;
  const next = { refreshHash: nextHash, rotatedAtMs: nowMs };
  const given = givenOut(state);
  if (hash === previousHash) {
    const elderHashes = given.slice(1 - MOST_GIVEN);
    return { ...next, elderHashes, previousHash, retiredHashes: [], followedAtMs, usedAtMs };
  }
  const retiredHashes = [...(previousHash === undefined ? [] : [previousHash]), ...given.filter((one) => one !== hash)];
  return { ...next, elderHashes: [], previousHash: hash, retiredHashes, followedAtMs: nowMs };
}

/** The state after the token `hash` got an access token only. */
export function used(kept: RefreshState, hash: string, nowMs: number): RefreshState {
  const state = counted(kept, nowMs);
  return givenOut(state).includes(hash) ? { ...state, usedAtMs: state.usedAtMs ?? nowMs } : state;
}

const givenOut = ({ elderHashes = [], refreshHash }: RefreshState): readonly string[] => [...elderHashes, refreshHash];
