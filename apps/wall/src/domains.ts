import type { Domain } from './domain.ts';
import { waste } from './waste/waste.ts';

/** Every domain of the wall. */
export const domains: readonly Domain[] = [waste];

/** The domains a layout names, in the order of drawing; all of them for `null` or when none of the names is known. */
export function domainsOf(ids: readonly string[] | null): readonly Domain[] {
  const named = domains.filter((domain) => ids?.includes(domain.id));
  return named.length === 0 ? domains : named;
}
