import { Injectable } from '@nestjs/common';
import { PeopleStore } from '../people/people.store.ts';
import { SignInLimits } from '../sign-in/sign-in-limits.ts';
import { SessionsStore } from './sessions.store.ts';

/** What follows when somebody who forgot his password chose another. */
@Injectable()
export class Renewals {
  constructor(
    private readonly people: PeopleStore,
    private readonly sessions: SessionsStore,
    private readonly limits: SignInLimits,
  ) {}

  /** Whoever is signed in as him is so no longer, and he may try at once. A repeat changes nothing. */
  async afterRenewal(personId: string): Promise<void> {
    await this.sessions.endAllOf(personId);
    const person = await this.people.find(personId);
    if (person !== undefined) await this.limits.unlock(person.userName);
  }
}
