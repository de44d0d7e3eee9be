import type { Place } from '@siaga/contracts';
import { kelurahanAt } from '@siaga/geo';

const known = new Map<string, string | undefined>();
/** Places are remembered to about 10 m; the list asks for each truck every second. */
const digits = 4;
const rememberAtMost = 5000;

/** Name of the kelurahan a place lies in, or the word given for outside the city. */
export function whereIs({ lat, lng }: Place, outside: string): string {
  const key = `${lat.toFixed(digits)},${lng.toFixed(digits)}`;
  if (!known.has(key)) {
    if (known.size >= rememberAtMost) known.clear();
    known.set(key, kelurahanAt({ lat, lng })?.name);
  }
  return known.get(key) ?? outside;
}
