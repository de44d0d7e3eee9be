import { Injectable } from '@nestjs/common';
import type { StoredPerson } from '../people/person-document.ts';
import { PeopleStore } from '../people/people.store.ts';
import { Passwords } from './passwords.ts';

/** Passwords of people. */
@Injectable()
export class PersonPasswords {
  constructor(
    private readonly people: PeopleStore,
    private readonly passwords: Passwords,
  ) {}

  personOf(userName: string): Promise<StoredPerson | undefined> {
    return this.people.byUserName(userName);
  }

  /** Takes as long for nobody. A hash from before the parameters were raised is replaced on the way. */
  async fits(person: StoredPerson | undefined, password: string): Promise<boolean> {
    const fits = await this.passwords.fits(password, person?.passwordHash);
    if (fits && person !== undefined && this.passwords.isOutdated(person.passwordHash))
      await this.replace(person, password);
    return fits;
  }

  /** False when his password was changed meanwhile. */
  private async replace({ _id, passwordHash: was }: StoredPerson, password: string): Promise<boolean> {
    return this.people.replacePassword(_id, { was, passwordHash: await this.passwords.hash(password) });
  }
}
