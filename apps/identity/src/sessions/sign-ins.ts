import { Injectable } from '@nestjs/common';
import { Fault, SignIn, type Me } from '@siaga/contracts';
import { PeopleStore } from '../people/people.store.ts';
import type { StoredPerson } from '../people/person-document.ts';
import { personAsHolder } from './holders.ts';
import { PersonPasswords } from './person-passwords.ts';
import { SignedIn, type Exchange } from './signed-in.ts';
import { Trail } from './trail.ts';

/** What somebody types to sign in. */
export interface Credentials {
  userName: string;
  password: string;
}

/** Signs people in by user name and password. */
@Injectable()
export class SignIns {
  constructor(
    private readonly people: PeopleStore,
    private readonly passwords: PersonPasswords,
    private readonly signedIn: SignedIn,
    private readonly trail: Trail,
  ) {}

  /** Throws the same `unauthenticated` for a user name nobody has, a wrong password and who is blocked. */
  async signIn({ userName, password }: Credentials, exchange: Exchange): Promise<Me> {
    const person = await this.passwords.personOf(userName);
    const subjects = person === undefined ? [] : [`person:${person._id}`];
    return this.trail.of({ name: SignIn.name, subjects }, async () => {
      const fits = await this.passwords.fits(person, password);
      if (person === undefined || !fits || person.blocked) throw notSignedIn();
      return this.begin(person, exchange);
    });
  }

  /** A session for who has just proved to be this person. */
  async begin(person: StoredPerson, exchange: Exchange): Promise<Me> {
    const me = await this.signedIn.begin(personAsHolder(person), exchange);
    await this.people.noteSignIn(person._id);
    return me;
  }
}

const notSignedIn = () =>
  new Fault('unauthenticated', 'nama pengguna atau kata sandi salah · wrong user name or password');
