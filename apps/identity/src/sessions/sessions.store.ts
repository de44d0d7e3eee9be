import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Fault, SessionEnded } from '@siaga/contracts';
import { emission, Store } from '@siaga/store';
import { rotated, used, verdictOn } from './refresh-rule.ts';
import { familyOf, hashesOf, newFamily, newRefreshToken, type TokenHashes } from './refresh-token.ts';
import { sessions, type SessionDocument, type StoredSession } from './session-document.ts';
import { isOpen, removeAt } from './session-life.ts';

/** Who signs in, and from where. */
export type NewSession = Pick<SessionDocument, 'principalId' | 'kind' | 'passwordNumber' | 'userAgent' | 'address'>;

/** What a refresh token is good for. */
export type Presented =
  | { readonly verdict: 'rotate' | 'again'; readonly session: StoredSession; readonly refreshToken: string }
  | { readonly verdict: 'access' | 'reuse'; readonly session: StoredSession };

/** Each loss of a race means that another tab won one. */
const RACES = 5;

/** Where people and screens are signed in. Who ends a session tells every process by `SessionEnded`. */
@Injectable()
export class SessionsStore {
  constructor(private readonly store: Store) {}

  async begin(given: NewSession): Promise<{ session: StoredSession; refreshToken: string }> {
    const now = Date.now();
    const refreshToken = newRefreshToken(newFamily());
    const life = { kind: given.kind, createdAtMs: now, lastSeenAtMs: now };
    const session = await this.store.create(sessions, {
      _id: randomBytes(16).toString('base64url'),
      ...{ ...given, ...life, ...hashesOfOurs(refreshToken), rotatedAtMs: now },
      removeAt: removeAt(life),
    });
    return { session, refreshToken };
  }

  /** Neither ended nor run out. */
  async findOpen(sessionId: string): Promise<StoredSession | undefined> {
    const found = await this.store.find(sessions, sessionId);
    return found !== undefined && isOpen(found, Date.now()) ? found : undefined;
  }

  /** The open session that a refresh token, its newest or an older one, is of. */
  async openBy(token: string): Promise<StoredSession | undefined> {
    const hashes = hashesOf(token);
    if (hashes === undefined) return undefined;
    const { familyHash } = hashes;
    const session = await this.store.of(sessions).findOne({ familyHash }).lean<StoredSession>();
    return session !== null && isOpen(session, Date.now()) ? session : undefined;
  }

  /** Open sessions of somebody, the last seen first. */
  async openOf(principalId: string): Promise<StoredSession[]> {
    const found = await this.store.of(sessions).find({ principalId, endedAtMs: null }).lean<StoredSession[]>();
    return found
      .filter((session) => isOpen(session, Date.now()))
      .toSorted((one, other) => other.lastSeenAtMs - one.lastSeenAtMs);
  }

  /** Somebody comes with a refresh token; undefined when no open session knows it. `reuse` has not ended it yet. */
  async present(token: string): Promise<Presented | undefined> {
    const hashes = hashesOf(token);
    if (hashes === undefined) return undefined;
    for (let race = 0; race < RACES; race += 1) {
      const session = await this.openBy(token);
      if (session === undefined) return undefined;
      const presented = await this.judged(session, token, hashes);
      if (presented !== undefined) return presented;
    }
    throw new Fault('unavailable', 'terlalu banyak tab sekaligus, coba lagi · too many tabs at once, try again');
  }

  /** The session of whoever changed his password in it is one of his next password from now on. */
  async goOn(sessionId: string, passwordNumber: number): Promise<void> {
    await this.store.change(sessions, { where: { _id: sessionId }, change: { $set: { passwordNumber } } });
  }

  /** Ends a session for every process; false when it was over already. */
  async end({ _id, principalId }: Pick<StoredSession, '_id' | 'principalId'>): Promise<boolean> {
    const atMs = Date.now();
    const ended = await this.store.change(sessions, {
      where: { _id, principalId, endedAtMs: null },
      change: { $set: { endedAtMs: atMs } },
      events: [emission(SessionEnded, { sessionId: _id, principalId, atMs })],
    });
    return ended !== undefined;
  }

  /** Signs somebody out everywhere, except in one session; answers how many sessions ended. */
  async endAllOf(principalId: string, exceptSessionId?: string): Promise<number> {
    const open = (await this.openOf(principalId)).filter(({ _id }) => _id !== exceptSessionId);
    const ended = await Promise.all(open.map((session) => this.end(session)));
    return ended.filter((wasOpen) => wasOpen).length;
  }

  /** undefined when another request changed the session since it was read. */
  private async judged(session: StoredSession, token: string, { refreshHash: hash }: TokenHashes) {
    const now = Date.now();
    const verdict = verdictOn(session, hash, now);
    if (verdict === 'reuse') return { verdict, session };
    const { _id, refreshHash: newest, usedAtMs: sawUse = null } = session;
    const where = { _id, refreshHash: newest, usedAtMs: sawUse, endedAtMs: null } as never;
    const seen = { lastSeenAtMs: now, removeAt: removeAt({ ...session, lastSeenAtMs: now }) };
    if (verdict === 'access') {
      const { rotatedAtMs, followedAtMs, usedAtMs } = used(session, hash, now);
      const moments = Object.entries({ rotatedAtMs, followedAtMs, usedAtMs }).filter(([, atMs]) => atMs !== undefined);
      const change = { $set: { ...seen, ...Object.fromEntries(moments) } };
      const after = await this.store.change(sessions, { where, change });
      return after && { verdict, session: after };
    }
    const refreshToken = newRefreshToken(familyOf(token) ?? '');
    const { refreshHash } = hashesOfOurs(refreshToken);
    const { usedAtMs, ...next } = rotated(session, hash, { nextHash: refreshHash, nowMs: now });
    const unused = usedAtMs === undefined ? { $unset: { usedAtMs: 1 } } : {};
    const after = await this.store.change(sessions, { where, change: { $set: { ...next, ...seen }, ...unused } });
    return after && { verdict, session: after, refreshToken };
  }
}

function hashesOfOurs(token: string): TokenHashes {
  const hashes = hashesOf(token);
  if (hashes === undefined) throw new Error('not a refresh token of ours');
  return hashes;
}
