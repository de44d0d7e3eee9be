import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hash, needsRehash, verify } from 'argon2';
import { Turnstile } from './turnstile.ts';

/** argon2id with 19 MiB, two passes, one lane: OWASP's Password Storage Cheat Sheet, first of its recommended settings. */
const PARAMETERS = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 };

/** Two at once are 38 MiB and half of libuv's threads; the last of those who wait has his turn after about a second. */
const ROOM = { atOnce: 2, waiting: 32 };

/** Hashes and compares passwords, a few at a time: a flood of them is turned away with `unavailable`, and takes no memory. */
@Injectable()
export class Passwords {
  readonly #turnstile = new Turnstile(ROOM);
  /** Of a password nobody knows: a user name that nobody has costs the same time as a wrong password. */
  readonly #nobodys = hash(randomBytes(32), PARAMETERS);

  /** PHC string. */
  hash(password: string): Promise<string> {
    return this.#turnstile.pass(() => hash(password, PARAMETERS));
  }

  /** Whether it is the password of this hash; without one it takes as long and is not. */
  fits(password: string, passwordHash: string | undefined): Promise<boolean> {
    return this.#turnstile.pass(async () => {
      const fits = await verify(passwordHash ?? (await this.#nobodys), password);
      return fits && passwordHash !== undefined;
    });
  }

  /** Made with other parameters than those of today. */
  isOutdated(passwordHash: string): boolean {
    return needsRehash(passwordHash, PARAMETERS);
  }
}
