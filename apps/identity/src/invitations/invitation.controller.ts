import { Controller } from '@nestjs/common';
import { AcceptInvitation, ReadInvitation, type AnswerOf, type InputOf, type Me } from '@siaga/contracts';
import { Route } from '@siaga/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Passwords } from '../sessions/passwords.ts';
import { PersonEntry } from '../sessions/person-entry.ts';
import { refuseWeak } from '../sessions/weak-passwords.ts';
import { Acceptances } from './acceptances.ts';

/** The page that a one-time link opens. */
@Controller()
export class InvitationController {
  constructor(
    private readonly acceptances: Acceptances,
    private readonly passwords: Passwords,
    private readonly entry: PersonEntry,
  ) {}

  @Route(ReadInvitation)
  async read({ body }: InputOf<typeof ReadInvitation>): Promise<AnswerOf<typeof ReadInvitation>> {
    const { invitation, person } = await this.acceptances.read(body.token);
    const { displayName, expiresAtMs } = invitation;
    return { displayName, expiresAtMs, ...(person === undefined ? {} : { userName: person.userName }) };
  }

  @Route(AcceptInvitation)
  async accept({ body }: InputOf<typeof AcceptInvitation>, request: FastifyRequest, reply: FastifyReply): Promise<Me> {
    const { token, password } = body;
    // only who has a good link may keep us busy
    const { invitation, person } = await this.acceptances.read(token);
    const userName = person === undefined ? body.userName : undefined;
    refuseWeak(password, { at: 'password', names: [userName ?? person?.userName ?? '', invitation.displayName] });
    const passwordHash = await this.passwords.inTurn(({ hash }) => hash(password));
    const accepted = await this.acceptances.accept({ token, userName }, passwordHash);
    return this.entry.begin(accepted, { request, reply });
  }
}
