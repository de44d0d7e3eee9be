import { Controller } from '@nestjs/common';
import { RefreshSession, SignIn, type AnswerOf, type InputOf, type Me } from '@siaga/contracts';
import { Route } from '@siaga/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CityOfVisitor } from '../city-of-visitor.ts';
import { Refreshes } from './refreshes.ts';
import { SignedIn } from './signed-in.ts';
import { notSignedIn, SignIns } from './sign-ins.ts';

/** How a browser comes by a session, and stays in it. */
@Controller()
export class SignInController {
  constructor(
    private readonly signIns: SignIns,
    private readonly refreshes: Refreshes,
    private readonly signedIn: SignedIn,
    private readonly cities: CityOfVisitor,
  ) {}

  @Route(SignIn)
  async signIn({ body }: InputOf<typeof SignIn>, request: FastifyRequest, reply: FastifyReply): Promise<Me> {
    const { city, ...credentials } = body;
    const run = () => this.signIns.signIn(credentials, { request, reply });
    return this.cities.named(city, { run, unknown: notSignedIn });
  }

  @Route(RefreshSession)
  refresh(_: unknown, request: FastifyRequest, reply: FastifyReply): Promise<AnswerOf<typeof RefreshSession>> {
    const secret = this.signedIn.refreshTokenOf(request) ?? '';
    return this.cities.ofSecret(secret, () => this.refreshes.refresh({ request, reply }));
  }
}
