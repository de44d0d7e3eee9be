import { Controller } from '@nestjs/common';
import { TellCallerPlace, type InputOf } from '@siaga/contracts';
import { hashOfSecret } from '@siaga/identity';
import { inCity, neighbourhoodOf, RateLimit, Route, RouteSettings, tooMany } from '@siaga/service';
import type { FastifyRequest } from 'fastify';
import { noSuchLink } from './call-rules.ts';
import { CallsStore } from './calls.store.ts';

/** The one door of the service that is open to everybody: a caller's phone says where it is, by the link it was sent. */
@Controller()
export class CallerPlacesController {
  /** A whole kampung may stand behind one address of a provider; each of its links is answered once. */
  readonly #ofAddress = new RateLimit({ perSecond: 5, burst: 200 });
  /** What is no link of ours, by itself: who guesses does not use up what his neighbours need. */
  readonly #guesses = new RateLimit({ perSecond: 1 / 3, burst: 30 });

  constructor(
    private readonly calls: CallsStore,
    private readonly settings: RouteSettings,
  ) {}

  @Route(TellCallerPlace)
  async tell({ body: { token, ...place } }: InputOf<typeof TellCallerPlace>, { ip }: FastifyRequest) {
    const neighbourhood = neighbourhoodOf(ip);
    this.#mayTry(this.#ofAddress, neighbourhood);
    const [city = '', secret = ''] = token.split('.');
    const isTold =
      this.settings.cities.includes(city) &&
      (await inCity(city, () => this.calls.tellPlace(hashOfSecret(secret), place)));
    if (!isTold) {
      this.#mayTry(this.#guesses, neighbourhood);
      throw noSuchLink();
    }
    return { told: true as const };
  }

  #mayTry(limit: RateLimit, neighbourhood: string): void {
    const retryAfterS = limit.take(neighbourhood);
    if (retryAfterS > 0) throw tooMany({ door: 'api', because: 'address', retryAfterS });
  }
}
