import { Injectable } from '@nestjs/common';
import { Fault, type Me } from '@siaga/contracts';
import { readCookies, writeCookies } from '@siaga/identity';
import type { Principal } from '@siaga/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessTokens } from './access-tokens.ts';
import type { Holder } from './holders.ts';
import type { StoredSession } from './session-document.ts';
import { closesAtMs } from './session-life.ts';
import { SessionsStore } from './sessions.store.ts';

/** What a browser asked and how it is answered. */
export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** What a browser keeps from now on; without `refreshToken` it keeps the one it has. */
interface Given {
  readonly session: StoredSession;
  readonly refreshToken?: string;
}

/** Lists show so much of a browser's own words. */
const MOST_USER_AGENT = 200;

/** Gives browsers their session as cookies, and takes it away. */
@Injectable()
export class SessionCookies {
  constructor(
    private readonly sessions: SessionsStore,
    private readonly tokens: AccessTokens,
  ) {}

  /** Begins a session for somebody who proved who he is, in the browser that asks. */
  async begin(holder: Holder, exchange: Exchange): Promise<Me> {
    const { headers, ip: address } = exchange.request;
    const userAgent = (headers['user-agent'] ?? '').replace(/\p{C}/gu, '').slice(0, MOST_USER_AGENT);
    const { id: principalId, kind } = holder.principal;
    const { passwordNumber } = holder;
    const given = await this.sessions.begin({ principalId, kind, passwordNumber, userAgent, address });
    await this.give(holder, given, exchange);
    return meOf(holder, given.session._id);
  }

  /** Sets the cookies of an open session; answers when its access token ends. */
  async give({ principal }: Holder, { session, refreshToken }: Given, { request, reply }: Exchange): Promise<number> {
    const { token, lifetimeS, expiresAtMs } = await this.tokens.of(principal, session);
    const [access = '', refresh = ''] = writeCookies(
      { access: token, refresh: refreshToken },
      {
        isSecure: isSecure(request),
        accessS: lifetimeS,
        // seen just now
        refreshS: Math.ceil((closesAtMs(session) - session.lastSeenAtMs) / 1000),
      },
    );
    void reply.header('set-cookie', refreshToken === undefined ? access : [access, refresh]);
    return expiresAtMs;
  }

  /** Ends what {@link begin} began, before the browser heard of it. */
  async abandon({ sessionId, principalId }: Me, exchange: Exchange): Promise<void> {
    if (sessionId !== undefined) await this.sessions.end({ _id: sessionId, principalId });
    this.takeAway(exchange);
  }

  takeAway({ request, reply }: Exchange): void {
    void reply.header('set-cookie', writeCookies({}, { isSecure: isSecure(request), accessS: 0, refreshS: 0 }));
  }

  refreshTokenOf(request: FastifyRequest): string | undefined {
    return readCookies(request.headers.cookie, isSecure(request)).refresh;
  }

  /** The session a principal comes from, undefined for who came without one. Throws `unauthenticated` when it is over. */
  async sessionOf({ sessionId }: Principal): Promise<StoredSession | undefined> {
    if (sessionId === undefined) return undefined;
    const session = await this.sessions.findOpen(sessionId);
    if (session === undefined) throw sessionIsOver();
    return session;
  }
}

export const sessionIsOver = (): Fault =>
  new Fault('unauthenticated', 'sesi ini sudah berakhir, masuk lagi · this session is over, sign in again');

/** Somebody as his own screen needs it. */
export function meOf({ principal, displayName }: HolderOrToken, sessionId?: string): Me {
  const { id, kind, agencies, roles, reveal } = principal;
  return {
    ...{ principalId: id, kind: kind === 'visitor' ? 'person' : kind, displayName },
    ...{ agencies: [...agencies], roles: [...roles] },
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(reveal === undefined || reveal.untilMs <= Date.now()
      ? {}
      : { reveal: { classes: [...reveal.classes], untilMs: reveal.untilMs } }),
  };
}

/** A session's holder, or who came with a token of another kind. */
type HolderOrToken = Pick<Holder, 'displayName'> & { readonly principal: Principal };

/** As the gateway tells by `x-forwarded-proto`; Fastify believes it from a private network only. */
export const isSecure = ({ protocol }: FastifyRequest): boolean => protocol === 'https';
