import type { StreetTelemetry } from '@siaga/contracts';

/** Reports of one kind of thing, by its id, each in the order they came. */
export function reportsByThing(
  kind: 'lamp' | 'panel',
  reports: readonly StreetTelemetry[],
): Map<string, readonly StreetTelemetry[]> {
  const own = reports.filter(({ thing }) => thing.startsWith(`${kind}:`));
  return Map.groupBy(own, ({ thing }) => thing.slice(kind.length + 1));
}

/** When the first of them was heard. */
export const firstHeardMs = (reports: readonly StreetTelemetry[] = []): number =>
  Math.min(...reports.map(({ receivedAtMs }) => receivedAtMs));
