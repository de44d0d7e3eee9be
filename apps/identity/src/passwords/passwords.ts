import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hash, needsRehash, verify } from 'argon2';
import { Turnstile } from './turnstile.ts';

/** argon2id with 19 MiB, two passes, one lane: OWASP's Password Storage Cheat Sheet. */
const PARAMETERS = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 };

/** Two at once are 38 MiB and half of libuv's threads; the last of those who wait has his turn after about a second. */
const ROOM = { atOnce: 2, waiting: 32 };

/** What can be done with passwords when it is one's turn. */
export interface Hashing {
  /** PHC string. */
  hash: (password: string) => Promise<string>;
  /** Whether it is the password of this hash; without one it takes as long and is not. */
  fits: (password: string, passwordHash: string | undefined) => Promise<boolean>;
  /** Made with other parameters than those of today. */
  isOutdated: (passwordHash: string) => boolean;
}

/** Hashes and compares passwords, a few at a time: a flood of them is turned away, and takes no memory. */
@Injectable()
export class Passwords {
  readonly #turnstile = new Turnstile(ROOM);
  readonly #hashing = argon2id();

  /** Work that needs passwords hashed, when it is its turn. Throws `unavailable`, before anything, when too many wait. */
  inTurn<Result>(work: (hashing: Hashing) => Promise<Result>): Promise<Result> {
    return this.#turnstile.pass(() => work(this.#hashing));
  }
}

function argon2id(): Hashing {
  // of a password nobody knows
  const nobodys = hash(randomBytes(32), PARAMETERS);
  return {
    hash: (password) => hash(password, PARAMETERS),
    fits: async (password, passwordHash) => {
      const isSame = await verify(passwordHash ?? (await nobodys), password);
      return isSame && passwordHash !== undefined;
    },
    isOutdated: (passwordHash) => needsRehash(passwordHash, PARAMETERS),
  };
}
