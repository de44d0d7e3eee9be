import { LONGEST_DUTY_MS } from '../units/unit-rules.ts';

/** What somebody said about the duty of a unit, epoch ms. */
export interface DutyWord {
  atMs: number;
  duty: 'on' | 'off';
  /** Of `on`. */
  untilMs?: number | undefined;
}

export interface Span {
  fromMs: number;
  toMs: number;
}

/** Before a span a word may have been said that still counts in it. */
export const SAID_BEFORE_MS = LONGEST_DUTY_MS;

/** How long a unit was on duty in a span, by its words in any order: each counts until its end, or the next word. */
export function onDutyMs(words: readonly DutyWord[], { fromMs, toMs }: Span): number {
  const inOrder = words.toSorted((one, other) => one.atMs - other.atMs);
  return inOrder.reduce((sum, { atMs, duty, untilMs = atMs }, at) => {
    const endMs = Math.min(untilMs, inOrder[at + 1]?.atMs ?? Infinity, toMs);
    return duty === 'on' ? sum + Math.max(0, endMs - Math.max(atMs, fromMs)) : sum;
  }, 0);
}
