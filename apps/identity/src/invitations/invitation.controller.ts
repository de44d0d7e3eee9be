import { Controller } from '@nestjs/common';
import { AcceptInvitation, ReadInvitation, type AnswerOf, type InputOf, type Me } from '@siaga/contracts';
import { Route } from '@siaga/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CityOfVisitor } from '../city-of-visitor.ts';
import { PersonEntry } from '../sign-in/person-entry.ts';
import type { Exchange } from '../sessions/session-cookies.ts';
import { refuseWeak } from '../passwords/weak-passwords.ts';
import { Acceptances } from './acceptances.ts';
import { LinkPasswords } from './link-passwords.ts';

/** The page that a one-time link opens. */
@Controller()
export class InvitationController {
  constructor(
    private readonly acceptances: Acceptances,
    private readonly passwords: LinkPasswords,
    private readonly entry: PersonEntry,
    private readonly cities: CityOfVisitor,
  ) {}

  @Route(ReadInvitation)
  read({ body }: InputOf<typeof ReadInvitation>): Promise<AnswerOf<typeof ReadInvitation>> {
    return this.cities.ofSecret(body.token, async () => {
      const { invitation, person } = await this.acceptances.read(body.token);
      const { displayName, expiresAtMs } = invitation;
      return { displayName, expiresAtMs, ...(person === undefined ? {} : { userName: person.userName }) };
    });
  }

  @Route(AcceptInvitation)
  accept({ body }: InputOf<typeof AcceptInvitation>, request: FastifyRequest, reply: FastifyReply): Promise<Me> {
    return this.cities.ofSecret(body.token, () => this.#accept(body, { request, reply }));
  }

  async #accept(body: InputOf<typeof AcceptInvitation>['body'], exchange: Exchange): Promise<Me> {
    const { token, password } = body;
    // only who has a good link may keep us busy, and not for long
    const { invitation, person } = await this.acceptances.read(token);
    const userName = person === undefined ? body.userName : undefined;
    refuseWeak(password, { at: 'password', names: [userName ?? person?.userName ?? '', invitation.displayName] });
    const choice = { request: exchange.request, invitationId: invitation._id, password };
    const accepted = await this.passwords.hashed(choice, (passwordHash) =>
      this.acceptances.accept({ token, userName }, passwordHash),
    );
    return this.entry.begin(accepted, exchange);
  }
}
