import type { Place } from '@siaga/contracts';

/** Opens whatever the phone finds its way with: Android asks, iPhones open their maps. */
export function wayTo({ lat, lng }: Place): string {
  const to = `${lat.toFixed(6)},${lng.toFixed(6)}`;
  return `geo:${to}?q=${to}`;
}
