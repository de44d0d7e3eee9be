import type { StreetReport } from '@siaga/contracts';

/** Reports of one kind of thing, by its id, each in the order they came. */
export function reportsByThing(
  kind: 'lamp' | 'panel',
  reports: readonly StreetReport[],
): Map<string, readonly StreetReport[]> {
  const own = reports.filter(({ thing }) => thing.startsWith(`${kind}:`));
  return Map.groupBy(own, ({ thing }) => thing.slice(kind.length + 1));
}

/** When the first of them was heard. */
export const firstHeardMs = (reports: readonly StreetReport[] = []): number =>
  Math.min(...reports.map(({ receivedAtMs }) => receivedAtMs));
