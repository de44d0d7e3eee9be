import { Injectable } from '@nestjs/common';
import { Fault } from '@siaga/contracts';
import type { FastifyRequest } from 'fastify';
import { Passwords } from '../passwords/passwords.ts';
import { SignInLimits } from '../sign-in/sign-in-limits.ts';

/** Somebody chose a password on the page of a link. */
interface Choice {
  request: FastifyRequest;
  invitationId: string;
  password: string;
}

/** Passwords that are chosen by links: hashed no more often than those of sign-ins are compared. */
@Injectable()
export class LinkPasswords {
  constructor(
    private readonly passwords: Passwords,
    private readonly limits: SignInLimits,
  ) {}

  /**
   * Does work with the hash of what was chosen. Work that throws counts as a wrong password would. Throws `too-many` for
   * a link or an address that was tried too often, `unavailable` when too many passwords are hashed at once.
   */
  async hashed<Result>(choice: Choice, work: (passwordHash: string) => Promise<Result>): Promise<Result> {
    const trying = await this.limits.admitLink(choice.request, choice.invitationId);
    const passwordHash = await this.passwords.inTurn(async ({ hash }) => {
      await trying.charge();
      return hash(choice.password);
    });
    try {
      const result = await work(passwordHash);
      await trying.succeeded();
      return result;
    } catch (error) {
      // what may go well another time is nobody's fault
      if (error instanceof Fault && !error.retriable) trying.failed();
      throw error;
    }
  }
}
