import type { TalqEvent } from '@siaga/contracts';

/** The newest word of a device on one kind of trouble. */
export interface Word {
  kind: string;
  flag: TalqEvent['startEndFlag'];
  atMs: number;
}

/** Something that is wrong, or was: kept after its end, so that a handler that starts again tells the same. */
export interface Trouble {
  kind: string;
  active: boolean;
  sinceMs: number;
  changedAtMs: number;
}

/** Kinds of trouble remembered of one thing; TALQ knows two dozen. */
const MOST_KINDS = 40;

/**
 * The newest word on each kind. Starts and ends come in any order, twice, or not at all: what was last by the device's own
 * clock counts, and an end of the same moment as its start.
 */
export function wordsAfter(words: readonly Word[], events: readonly TalqEvent[]): Word[] {
  const byKind = new Map(words.map((word) => [word.kind, word]));
  for (const { eventType: kind, startEndFlag: flag, atMs } of events) {
    const known = byKind.get(kind);
    if (known !== undefined && (known.atMs > atMs || (known.atMs === atMs && known.flag === 'end'))) continue;
    byKind.set(kind, { kind, flag, atMs });
  }
  const newestFirst = [...byKind.values()].sort((a, b) => b.atMs - a.atMs || (a.kind < b.kind ? -1 : 1));
  return newestFirst.slice(0, MOST_KINDS);
}

/** Since when a device says that something is wrong; undefined when it does not. */
export const openSince = (words: readonly Word[], kind: string): number | undefined =>
  words.find((word) => word.kind === kind && word.flag === 'start')?.atMs;

/**
 * What is wrong now, and what was, from what holds now: its kinds and since when. A device whose clock is ahead says a time to
 * come: its trouble begins now, and its end is the end of the same.
 */
export function troublesAfter(
  before: readonly Trouble[],
  holding: ReadonlyMap<string, number>,
  changedAtMs: number,
): Trouble[] {
  const byKind = new Map(before.map((trouble) => [trouble.kind, trouble]));
  for (const [kind, sinceMs] of holding) {
    const known = byKind.get(kind);
    if (known?.active !== true)
      byKind.set(kind, { kind, active: true, sinceMs: Math.min(sinceMs, changedAtMs), changedAtMs });
  }
  for (const [kind, known] of byKind)
    if (known.active && !holding.has(kind)) byKind.set(kind, { ...known, active: false, changedAtMs });
  const newestFirst = [...byKind.values()].sort((a, b) => b.changedAtMs - a.changedAtMs);
  return newestFirst.filter(({ active }, index) => active || index < MOST_KINDS);
}

/** Worst first; what is not named comes last. */
const worstFirst = [
  'supplyLoss',
  'circuitBreakerTripped',
  'leakageDetected',
  'lampFailure',
  'relayFailure',
  'switchingErrorOff',
  'communicationFailure',
  'cabinetDoorOpen',
  'lampUnexpectedOn',
  'switchingErrorOn',
  'cyclingFailure',
  'dimmingFailure',
];

const rank = (kind: string) => (worstFirst.includes(kind) ? worstFirst.indexOf(kind) : worstFirst.length);

/** Kinds of what is wrong now, worst first, at most ten. */
export function faultsOf(troubles: readonly Trouble[]): string[] {
  const active = troubles.filter((trouble) => trouble.active).map(({ kind }) => kind);
  return active.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)).slice(0, 10);
}
