import { Controller } from '@nestjs/common';
import { SignIn, type InputOf, type Me } from '@siaga/contracts';
import { Route } from '@siaga/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CityOfVisitor } from '../city-of-visitor.ts';
import { notSignedIn, SignIns } from './sign-ins.ts';

/** How a browser comes by a session. */
@Controller()
export class SignInController {
  constructor(
    private readonly signIns: SignIns,
    private readonly cities: CityOfVisitor,
  ) {}

  @Route(SignIn)
  async signIn({ body }: InputOf<typeof SignIn>, request: FastifyRequest, reply: FastifyReply): Promise<Me> {
    const { city, ...credentials } = body;
    const run = () => this.signIns.signIn(credentials, { request, reply });
    return this.cities.named(city, { run, unknown: notSignedIn });
  }
}
