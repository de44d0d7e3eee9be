import { Injectable } from '@nestjs/common';
import { Fault } from '@siaga/contracts';
import { bearerToken, currentContext, inCity, RouteSettings, type Principal } from '@siaga/service';
import type { FastifyRequest } from 'fastify';

/** A secret made in the context's city, which it begins with: `3574.…`. */
export const withCity = (secret: string): string => `${currentContext().city}.${secret}`;

/** Which city somebody comes to who has not signed in, and who he turns out to be; who names none comes to the home city. */
@Injectable()
export class CityOfVisitor {
  constructor(private readonly settings: RouteSettings) {}

  /**
   * Goes on in the city that a secret of ours begins with. A city that is not served is no city: the secret is looked for
   * at home, whole as it is, and is unknown there like any other.
   */
  ofSecret<Result>(secret: string, run: () => Result): Result {
    const [code = ''] = secret.split('.', 1);
    return this.settings.cities.includes(code) ? inCity(code, run) : run();
  }

  /** Whom a visitor's access token names; undefined without one, and for one that opens nothing any more. */
  async bearerOf({ headers }: FastifyRequest): Promise<Principal | undefined> {
    const token = bearerToken(headers.authorization);
    if (token === undefined) return undefined;
    try {
      return await this.settings.principalOf(token);
    } catch (error) {
      if (error instanceof Fault && error.kind === 'unauthenticated') return undefined;
      throw error;
    }
  }

  /** Goes on in a city by its name. Throws `unknown` for one that is not served. */
  named<Result>(city: string | undefined, { run, unknown }: { run: () => Result; unknown: () => Fault }): Result {
    if (city === undefined) return run();
    if (!this.settings.cities.includes(city)) throw unknown();
    return inCity(city, run);
  }
}
