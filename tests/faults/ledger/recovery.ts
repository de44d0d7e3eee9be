import type { Entry } from './operation.ts';

/** What is needed of a screen to tell when a fact was on it. */
export interface Seeing {
  readonly firstSeen: ReadonlyMap<string, number>;
}

/**
 * When the city was in full function again after a moment, epoch ms: of every driver one operation that was begun after it
 * has been acknowledged and everything it causes is on every screen. Undefined: not yet.
 */
export function recoveredAtMs(
  sinceMs: number,
  { drivers, entries, screens }: { drivers: readonly string[]; entries: readonly Entry[]; screens: readonly Seeing[] },
): number | undefined {
  const recent = entries.filter(({ startedAtMs, ending }) => startedAtMs >= sinceMs && ending === 'ok');
  const first = drivers.map((driver) => {
    const seen = recent.filter((entry) => entry.driver === driver).map((entry) => seenAtMs(entry, screens));
    return Math.min(Infinity, ...seen.filter((atMs) => atMs !== undefined));
  });
  const last = Math.max(...first);
  return last === Infinity ? undefined : last;
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
