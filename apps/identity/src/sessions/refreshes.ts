import { Injectable } from '@nestjs/common';
import type { AnswerOf, RefreshSession } from '@siaga/contracts';
import { Endings } from './endings.ts';
import { Holders } from './holders.ts';
import { SessionsStore } from './sessions.store.ts';
import { meOf, sessionIsOver, SessionCookies, type Exchange } from './session-cookies.ts';

/** Gives browsers that come with a refresh token their next access token. */
@Injectable()
export class Refreshes {
  constructor(
    private readonly sessions: SessionsStore,
    private readonly holders: Holders,
    private readonly cookies: SessionCookies,
    private readonly endings: Endings,
  ) {}

  /**
   * Throws `unauthenticated` for a token that opens nothing any more; one that was copied ends its session. Cookies stay
   * then as they are: they open nothing, and the browser may have signed in anew in another tab meanwhile.
   */
  async refresh(exchange: Exchange): Promise<AnswerOf<typeof RefreshSession>> {
    const token = this.cookies.refreshTokenOf(exchange.request);
    const presented = token === undefined ? undefined : await this.sessions.present(token);
    if (presented === undefined) throw sessionIsOver();
    const { session, verdict } = presented;
    const holder = verdict === 'reuse' ? undefined : await this.holders.ofSession(session);
    if (holder === undefined) {
      await this.endings.end(session, verdict === 'reuse' ? 'session.reuse' : 'session.void');
      throw sessionIsOver();
    }
    const accessExpiresAtMs = await this.cookies.give(holder, presented, exchange);
    return { me: meOf(holder, session._id), accessExpiresAtMs };
  }
}
