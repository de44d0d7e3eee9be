import { Injectable } from '@nestjs/common';
import { currentContext, neighbourhoodOf, RateLimit, tooMany } from '@siaga/service';

/**
 * How often pairing may be tried. With one try in 10 s somebody guesses 3 million user codes in a year, of 25 thousand
 * million there are (RFC 8628 §5.1); a room full of screens is still paired in one go.
 */
@Injectable()
export class PairingLimits {
  readonly #begins = new RateLimit({ perSecond: 0.1, burst: 40 });
  /** However many addresses somebody has: what is kept stays small, and a guess stays unlikely to hit. */
  readonly #allBegins = new RateLimit({ perSecond: 2, burst: 200, mostKeys: 1 });
  /** A little more often than `intervalS` asks for: a clock may hurry. */
  readonly #claims = new RateLimit({ perSecond: 0.25, burst: 4 });
  readonly #codesOfAdmin = new RateLimit({ perSecond: 0.1, burst: 30 });
  readonly #codesOfAddress = new RateLimit({ perSecond: 0.2, burst: 60 });

  /** Throws `too-many`; so do all of these. */
  begin(address: string): void {
    refuse(this.#begins.take(neighbourhoodOf(address)));
    refuse(this.#allBegins.take('all'));
  }

  claim(pairingId: string): void {
    refuse(this.#claims.take(pairingId));
  }

  typeCode(principalId: string, address: string): void {
    refuse(this.#codesOfAdmin.take(`${currentContext().city} ${principalId}`));
    refuse(this.#codesOfAddress.take(neighbourhoodOf(address)));
  }
}

function refuse(retryAfterS: number): void {
  if (retryAfterS > 0) throw tooMany({ door: 'api', because: 'caller', retryAfterS });
}
