import { Controller } from '@nestjs/common';
import { RefreshSession, SignIn, type AnswerOf, type InputOf, type Me } from '@siaga/contracts';
import { Route } from '@siaga/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refreshes } from './refreshes.ts';
import { SignIns } from './sign-ins.ts';

/** How a browser comes by a session, and stays in it. */
@Controller()
export class SignInController {
  constructor(
    private readonly signIns: SignIns,
    private readonly refreshes: Refreshes,
  ) {}

  @Route(SignIn)
  signIn({ body }: InputOf<typeof SignIn>, request: FastifyRequest, reply: FastifyReply): Promise<Me> {
    return this.signIns.signIn(body, { request, reply });
  }

  @Route(RefreshSession)
  refresh(_: unknown, request: FastifyRequest, reply: FastifyReply): Promise<AnswerOf<typeof RefreshSession>> {
    return this.refreshes.refresh({ request, reply });
  }
}
