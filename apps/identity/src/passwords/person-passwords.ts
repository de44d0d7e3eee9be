import { Injectable } from '@nestjs/common';
import { Fault } from '@siaga/contracts';
import { PeopleStore } from '../people/people.store.ts';
import type { StoredPerson } from '../people/person-document.ts';
import { Passwords, type Hashing } from './passwords.ts';

/** Whoever has a user name, if anybody has, and whether a password is his. */
export interface Proof {
  person: StoredPerson | undefined;
  /** Takes as long when there is nobody. */
  fits: (password: string) => Promise<boolean>;
}

/** Passwords of people. */
@Injectable()
export class PersonPasswords {
  constructor(
    private readonly people: PeopleStore,
    private readonly passwords: Passwords,
  ) {}

  /** Work that needs a password proved. Throws `unavailable`, before anything of it, when too many are at it. */
  proving<Result>(userName: string, work: (proof: Proof) => Promise<Result>): Promise<Result> {
    return this.passwords.inTurn(async (hashing) => {
      const person = await this.people.byUserName(userName);
      return work({ person, fits: (password) => this.fits(hashing, person, password) });
    });
  }

  /** Throws `invalid` when the current one is not his, `conflict` when it was changed meanwhile. */
  async change(person: StoredPerson, { current, next }: { current: string; next: string }): Promise<void> {
    await this.passwords.inTurn(async ({ fits, hash }) => {
      if (!(await fits(current, person.passwordHash))) throw wrongCurrent();
      if (!(await this.people.changePassword(person, await hash(next)))) throw changedMeanwhile();
    });
  }

  /** A hash from before the parameters were raised is replaced on the way. */
  private async fits(hashing: Hashing, person: StoredPerson | undefined, password: string): Promise<boolean> {
    const fits = await hashing.fits(password, person?.passwordHash);
    if (fits && person !== undefined && hashing.isOutdated(person.passwordHash)) {
      const { _id, passwordHash: was } = person;
      await this.people.rehashPassword(_id, { was, passwordHash: await hashing.hash(password) });
    }
    return fits;
  }
}

function wrongCurrent(): Fault {
  const message = 'kata sandi sekarang salah · the current password is wrong';
  return new Fault('invalid', message, { issues: [{ at: 'current', message }] });
}

const changedMeanwhile = () =>
  new Fault('conflict', 'kata sandi baru saja diganti di tempat lain · the password was just changed elsewhere');
