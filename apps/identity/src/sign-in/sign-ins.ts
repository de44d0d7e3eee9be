import { Inject, Injectable } from '@nestjs/common';
import { Fault, SignIn, type Me } from '@siaga/contracts';
import { audited, AUDITOR, type Auditor } from '@siaga/service';
import { PersonPasswords, type Proof } from '../passwords/person-passwords.ts';
import type { Exchange } from '../sessions/session-cookies.ts';
import { PersonEntry } from './person-entry.ts';
import { SignInLimits, type Try } from './sign-in-limits.ts';

/** What somebody types to sign in. */
export interface Credentials {
  userName: string;
  password: string;
}

/** Signs people in by user name and password. */
@Injectable()
export class SignIns {
  constructor(
    private readonly passwords: PersonPasswords,
    private readonly limits: SignInLimits,
    @Inject(AUDITOR) private readonly auditor: Auditor,
    private readonly entry: PersonEntry,
  ) {}

  /**
   * Throws the same `unauthenticated` for a user name nobody has, a wrong password and who is blocked; `too-many` while
   * nobody may try, whatever the password; `unavailable` when too many sign in at once.
   */
  async signIn({ userName, password }: Credentials, exchange: Exchange): Promise<Me> {
    const trying = await this.limits.admit(exchange.request, userName);
    return this.passwords.proving(userName, (proof) => {
      // never what was typed: people type passwords anywhere
      const subjects = proof.person === undefined ? [] : [`person:${proof.person._id}`];
      return audited(this.auditor, { name: SignIn.name, subjects }, async () => {
        const person = await proved(proof, password, trying);
        return this.entry.begin(person, exchange);
      });
    });
  }
}

async function proved({ person, fits }: Proof, password: string, trying: Try) {
  await trying.charge();
  const isHis = await fits(password);
  if (person === undefined || !isHis || person.blocked) {
    trying.failed();
    throw notSignedIn();
  }
  await trying.succeeded();
  return person;
}

/** Whatever was wrong. */
export const notSignedIn = (): Fault =>
  new Fault('unauthenticated', 'nama pengguna atau kata sandi salah · wrong user name or password');
