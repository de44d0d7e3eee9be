import { Injectable } from '@nestjs/common';
import { currentContext, neighbourhoodOf, RateLimit, tooMany } from '@siaga/service';
import type { FastifyRequest } from 'fastify';
import { KnownBrowsers } from './known-browsers.ts';
import { SignInTries } from './sign-in-tries.store.ts';

/**
 * Failures of one address in one city: an office of hundreds mistypes less than this, and whoever locks people out by
 * their names reaches a few, not everybody. Counted by each process for itself.
 */
const OF_ADDRESS_IN_CITY = { perSecond: 1 / 30, burst: 20 };

/**
 * The same in all cities of the installation: what is tried on one leaves the others' people behind the same address
 * theirs, and yet nobody has twenty tries in each of a hundred cities.
 */
const OF_ADDRESS = { perSecond: 1 / 10, burst: 60 };

/** One try to sign in or to open a link, which counts as failed until it is told to have succeeded. */
export interface Try {
  /** It begins. Throws `too-many`. */
  charge(): Promise<void>;
  failed(): void;
  succeeded(): Promise<void>;
}

/** How often somebody may try: by user name or link, by browser, by address in a city and by address. */
@Injectable()
export class SignInLimits {
  readonly #addressesInCities = new RateLimit(OF_ADDRESS_IN_CITY);
  readonly #addresses = new RateLimit(OF_ADDRESS);

  constructor(
    private readonly tries: SignInTries,
    private readonly browsers: KnownBrowsers,
  ) {}

  /** Throws `too-many`: before anything costly is done for who has to wait. */
  admit(request: FastifyRequest, userName: string): Promise<Try> {
    const { key, isKnown } = this.browsers.triedIn(request, userName);
    // a known browser answers for itself, whoever else sits behind its address
    return this.#admitted(key, isKnown ? undefined : neighbourhoodOf(request.ip));
  }

  /** The same for who opens a link: it hashes a password, too, and one good link is to keep nobody busy. */
  admitLink(request: FastifyRequest, invitationId: string): Promise<Try> {
    return this.#admitted(`link/${invitationId}`, neighbourhoodOf(request.ip));
  }

  /** Tries of a user name in browsers that do not know it count from the beginning. */
  async unlock(userName: string): Promise<void> {
    await this.tries.forget(this.browsers.keyOf(userName));
  }

  async #admitted(key: string, address: string | undefined): Promise<Try> {
    const retryAfterS = address === undefined ? 0 : this.#charged(address, 0);
    if (retryAfterS > 0) throw tooMany({ door: 'api', because: 'address', retryAfterS });
    await this.tries.admit(key);
    return {
      charge: () => this.tries.charge(key),
      succeeded: () => this.tries.forget(key),
      failed: () => {
        if (address !== undefined) this.#charged(address, 1);
      },
    };
  }

  /** Charges an address in the context's city with so many failures; answers seconds it has to wait: with 0 it is only asked. */
  #charged(address: string, failures: 0 | 1): number {
    const inCity = this.#addressesInCities.take(`${currentContext().city} ${address}`, failures);
    return Math.max(inCity, this.#addresses.take(address, failures));
  }
}
