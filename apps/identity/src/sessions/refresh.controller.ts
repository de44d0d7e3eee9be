import { Controller } from '@nestjs/common';
import { RefreshSession, type AnswerOf } from '@siaga/contracts';
import { Route } from '@siaga/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CityOfVisitor } from '../city-of-visitor.ts';
import { Refreshes } from './refreshes.ts';
import { SessionCookies } from './session-cookies.ts';

/** How a browser stays in its session. */
@Controller()
export class RefreshController {
  constructor(
    private readonly refreshes: Refreshes,
    private readonly cookies: SessionCookies,
    private readonly cities: CityOfVisitor,
  ) {}

  @Route(RefreshSession)
  refresh(_: unknown, request: FastifyRequest, reply: FastifyReply): Promise<AnswerOf<typeof RefreshSession>> {
    const secret = this.cookies.refreshTokenOf(request) ?? '';
    return this.cities.ofSecret(secret, () => this.refreshes.refresh({ request, reply }));
  }
}
