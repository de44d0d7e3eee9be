import { existsSync, readFileSync } from 'node:fs';
import { cities, City } from '@siaga/contracts';
import { z } from 'zod';

/** Injectable: what is known of cities by their codes. Those this build knows, and those an installation added. */
export class CityRecords {
  readonly #further: ReadonlyMap<string, City>;

  constructor(further: readonly City[] = []) {
    this.#further = new Map(further.map((city) => [city.code, city]));
  }

  /** undefined for a city nobody wrote down: it is served, but has no name and no place. */
  of(code: string): City | undefined {
    return this.#further.get(code) ?? cities[code];
  }

  /** The IANA zone of a city's clock; that of western Indonesia where nobody wrote the city down. */
  timezoneOf(code: string): string {
    return this.of(code)?.timezone ?? 'Asia/Jakarta';
  }
}

/** The cities in `SIAGA_CITIES_FILE`, a JSON array of {@link City}; none when there is no file. Throws a sentence otherwise. */
export function readCities(file: string | undefined): City[] {
  if (file === undefined || !existsSync(file)) return [];
  try {
    return z.array(City).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new Error(`${file} bukan daftar kota · is no list of cities: ${why}`, { cause });
  }
}
