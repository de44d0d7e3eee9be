import { CityCode } from '@siaga/contracts';

const REMEMBERED = 'siaga.city';

/** The city that an address asks for, `/masuk?kota=3573`, or that a one-time link begins with; undefined: none is named. */
export const cityIn = {
  search: (search: string): string | undefined => codeIn(new URLSearchParams(search).get('kota')),
  token: (token: string): string | undefined => codeIn(token.split('.', 1)[0]),
};

const codeIn = (text: string | null | undefined): string | undefined => CityCode.safeParse(text).data;

/** The city this browser signs in to when Siaga serves several here; undefined: the installation's own. */
export function cityNamed(): string | undefined {
  const asked = cityIn.search(location.search);
  if (asked !== undefined) rememberCity(asked);
  return asked ?? codeIn(localStorage.getItem(REMEMBERED));
}

/** Whoever came by a link of a city comes back to it. */
export function rememberCity(city: string | undefined): void {
  if (city !== undefined) localStorage.setItem(REMEMBERED, city);
}
