import { Injectable } from '@nestjs/common';
import { Fault } from '@siaga/contracts';
import { currentContext, inCity, RouteSettings } from '@siaga/service';

/** A secret made in the context's city, which it begins with: `3574.…`. */
export const withCity = (secret: string): string => `${currentContext().city}.${secret}`;

/** Which city somebody comes to who has not signed in; who names none comes to the home city. */
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

  /** Goes on in a city by its name. Throws `unknown` for one that is not served. */
  named<Result>(city: string | undefined, { run, unknown }: { run: () => Result; unknown: () => Fault }): Result {
    if (city === undefined) return run();
    if (!this.settings.cities.includes(city)) throw unknown();
    return inCity(city, run);
  }
}
