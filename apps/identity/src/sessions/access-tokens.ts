import { signTicket, signToken, type Principal } from '@siaga/service';
import { closesAtMs } from './session-life.ts';
import type { StoredSession } from './session-document.ts';

/** Short: a stolen one is soon worth nothing; long: a screen asks for the next one six times an hour. */
const LIFETIME_S = 600;

/** `openUntilMs` of a ticket for who came without any token: a shift. */
const WITHOUT_TOKEN_MS = 12 * 3_600_000;

const TICKET_MS = 60_000;

/** An access token, how long it is good for, and until when. */
export interface AccessToken {
  token: string;
  lifetimeS: number;
  expiresAtMs: number;
}

/** Signs what browsers show at the doors: access tokens of sessions, and tickets for sockets. */
export class AccessTokens {
  readonly #secret: string;

  /** `SIAGA_SECRET`: the first signs. */
  constructor([secret]: readonly string[] = []) {
    if (secret === undefined) throw new Error('no secret to sign access tokens with');
    this.#secret = secret;
  }

  /** Good for ten minutes, and never longer than its session. */
  async of(principal: Principal, session: StoredSession): Promise<AccessToken> {
    const nowS = Math.floor(Date.now() / 1000);
    const lifetimeS = Math.max(1, Math.min(LIFETIME_S, Math.floor(closesAtMs(session) / 1000) - nowS));
    const token = await signToken({ ...principal, sessionId: session._id }, this.#secret, `${lifetimeS}s`);
    return { token, lifetimeS, expiresAtMs: (nowS + lifetimeS) * 1000 };
  }

  /** What it opens may stay open as long as its session, or the token it was asked for with. */
  async ticket(principal: Principal, session: StoredSession | undefined) {
    const now = Date.now();
    const openUntilMs = session === undefined ? (principal.expiresAtMs ?? now + WITHOUT_TOKEN_MS) : closesAtMs(session);
    return { ticket: await signTicket(principal, this.#secret, openUntilMs), expiresAtMs: now + TICKET_MS };
  }
}
