import { Controller } from '@nestjs/common';
import { GetMe, IssueTicket, SignOut, type AnswerOf, type Me } from '@siaga/contracts';
import { currentContext, LOCAL_OPERATOR, Route } from '@siaga/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessTokens } from './access-tokens.ts';
import { Holders } from './holders.ts';
import { meOf, SessionCookies } from './session-cookies.ts';
import { SignOuts } from './sign-outs.ts';

/** Whoever is signed in, and his session. */
@Controller()
export class SessionController {
  constructor(
    private readonly holders: Holders,
    private readonly cookies: SessionCookies,
    private readonly tokens: AccessTokens,
    private readonly signOuts: SignOuts,
  ) {}

  @Route(GetMe)
  async me(): Promise<Me> {
    const { principal } = currentContext();
    const { id, kind, sessionId } = principal;
    const known = kind === 'person' || kind === 'screen' ? await this.holders.of({ principalId: id, kind }) : undefined;
    return meOf({ principal, displayName: known?.displayName ?? nameOf(id) }, sessionId);
  }

  @Route(SignOut)
  async signOut(_: unknown, request: FastifyRequest, reply: FastifyReply): Promise<AnswerOf<typeof SignOut>> {
    await this.signOuts.signOut(request, this.cookies.refreshTokenOf(request) ?? '');
    this.cookies.takeAway({ request, reply });
    return {};
  }

  @Route(IssueTicket)
  async ticket(): Promise<AnswerOf<typeof IssueTicket>> {
    const { principal } = currentContext();
    return this.tokens.ticket(principal, await this.cookies.sessionOf(principal));
  }
}

/** Who is in no document: the operator of this machine before anybody was invited, or a script. */
const nameOf = (principalId: string): string =>
  principalId === LOCAL_OPERATOR ? 'Operator di mesin ini · operator of this machine' : principalId;
