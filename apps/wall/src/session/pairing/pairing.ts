import { BeginPairing, Fault, type AnswerOf } from '@siaga/contracts';

/** A code that is shown, and until when by this machine's own clock. */
export interface ShownCode {
  deviceCode: string;
  userCode: string;
  intervalMs: number;
  /** Undefined when the two clocks are so far apart that nobody can say. */
  untilMs: number | undefined;
}

/** No code lives longer; a lifetime beyond it is two clocks that disagree. */
const LONGEST_MS = 60 * 60_000;
const AGAIN_MS = 5000;

/** What the server gave, as this machine may show it: cheap screens often have a wrong clock. */
export function shownCode(
  { deviceCode, userCode, expiresAtMs, intervalS }: AnswerOf<typeof BeginPairing>,
  nowMs: number,
): ShownCode {
  const leftMs = expiresAtMs - nowMs;
  const untilMs = leftMs > 0 && leftMs <= LONGEST_MS ? expiresAtMs : undefined;
  return { deviceCode, userCode, intervalMs: intervalS * 1000, untilMs };
}

/** `4.07` or `4:07` left of a code, minutes and seconds; never below zero. */
export function leftOf(untilMs: number, nowMs: number, separator: string): string {
  const seconds = Math.max(0, Math.ceil((untilMs - nowMs) / 1000));
  return `${String(Math.floor(seconds / 60))}${separator}${String(seconds % 60).padStart(2, '0')}`;
}

/** What to do after asking whether a code was typed. */
export type NextStep = { do: 'ask-again' | 'new-code'; inMs: number };

/** A code that nobody knows any more is replaced; a server that is away or busy is asked again, and given time. */
export function nextStep(code: ShownCode, outcome: 'pending' | Fault, nowMs: number): NextStep {
  if (code.untilMs !== undefined && nowMs >= code.untilMs) return { do: 'new-code', inMs: 0 };
  if (outcome === 'pending') return { do: 'ask-again', inMs: code.intervalMs };
  if (outcome.retriable) return { do: 'ask-again', inMs: Math.max(outcome.retryAfterS * 1000, AGAIN_MS) };
  return { do: 'new-code', inMs: 0 };
}
