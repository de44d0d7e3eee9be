import { Injectable } from '@nestjs/common';
import { SignOut } from '@siaga/contracts';
import { currentContext, withContext, type Principal } from '@siaga/service';
import type { FastifyRequest } from 'fastify';
import { CityOfVisitor } from '../city-of-visitor.ts';
import { Endings } from './endings.ts';
import { Holders } from './holders.ts';
import { SessionsStore } from './sessions.store.ts';

/**
 * Signs out whoever asks for it, by whatever he still has of his session: an access token that is good, or a refresh
 * token, also an old one. Who only has what opens nothing any more is out already.
 */
@Injectable()
export class SignOuts {
  constructor(
    private readonly sessions: SessionsStore,
    private readonly holders: Holders,
    private readonly endings: Endings,
    private readonly cities: CityOfVisitor,
  ) {}

  async signOut(request: FastifyRequest, refreshToken: string): Promise<void> {
    const bearer = await this.cities.bearerOf(request);
    if (bearer !== undefined) await as(bearer, () => this.end(bearer));
    await this.cities.ofSecret(refreshToken, () => this.endBy(refreshToken));
  }

  private async end({ sessionId }: Principal): Promise<void> {
    const session = sessionId === undefined ? undefined : await this.sessions.findOpen(sessionId);
    if (session !== undefined) await this.endings.end(session, SignOut.name);
  }

  private async endBy(refreshToken: string): Promise<void> {
    const session = await this.sessions.openBy(refreshToken);
    if (session === undefined) return;
    const holder = await this.holders.of(session);
    const visitor = currentContext().principal;
    const principal = holder === undefined ? visitor : { ...holder.principal, sessionId: session._id };
    await as(principal, () => this.endings.end(session, SignOut.name));
  }
}

/** What a visitor does who has turned out to be somebody. */
const as = <Result>(principal: Principal, run: () => Result): Result =>
  withContext({ ...currentContext(), principal, city: principal.city }, run);
