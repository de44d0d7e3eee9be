import { Fault } from '@siaga/contracts';
import { currentContext } from './context.ts';

/** One of something for each city that this process serves: what one city causes in memory stays with it. */
export class PerCity<One> {
  readonly #byCity: ReadonlyMap<string, One>;

  constructor(cities: readonly string[], make: (city: string) => One) {
    this.#byCity = new Map(cities.map((city) => [city, make(city)]));
  }

  /** The one of a city. Throws `not-found` for a city that is not served here. */
  of(city: string): One {
    const one = this.#byCity.get(city);
    if (one === undefined) throw new Fault('not-found', `this installation does not serve the city ${city}`);
    return one;
  }

  /** The one of the context's city. Throws outside a context. */
  get here(): One {
    return this.of(currentContext().city);
  }

  entries(): MapIterator<[string, One]> {
    return this.#byCity.entries();
  }

  values(): MapIterator<One> {
    return this.#byCity.values();
  }
}
