import type { Entry } from './operation.ts';

/** What is needed of a screen to tell when a fact was on it. */
export interface Seeing {
  readonly firstSeen: ReadonlyMap<string, number>;
}

/**
 * When each lane was in full function again after a moment, epoch ms: one operation that it began after it has been
 * acknowledged and everything it causes is on every screen. Infinity: not yet. The city is when the last lane is, so every
 * key is, in whatever partition it lies.
 */
export function recoveries(
  sinceMs: number,
  { lanes, entries, screens }: { lanes: readonly string[]; entries: readonly Entry[]; screens: readonly Seeing[] },
): Map<string, number> {
  const first = new Map(lanes.map((lane) => [lane, Infinity]));
  for (const entry of entries) {
    if (entry.startedAtMs < sinceMs || entry.ending !== 'ok') continue;
    const atMs = seenAtMs(entry, screens) ?? Infinity;
    first.set(entry.lane, Math.min(first.get(entry.lane) ?? Infinity, atMs));
  }
  return first;
}

function seenAtMs({ operation, endedAtMs }: Entry, screens: readonly Seeing[]): number | undefined {
  const facts = [...operation.every, ...operation.latest];
  if (facts.length === 0) return undefined; // a repeat shows nothing new
  let last = endedAtMs;
  for (const { firstSeen } of screens)
    for (const fact of facts) {
      const atMs = firstSeen.get(fact);
      if (atMs === undefined) return undefined;
      last = Math.max(last, atMs);
    }
  return last;
}
