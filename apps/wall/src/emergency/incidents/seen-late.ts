/** Sooner than this after it was seen is at once, ms: a press on a phone with a signal takes seconds. */
const AT_ONCE_MS = 60_000;

/** When a squad saw what it told only later, epoch ms; undefined where it told at once, or nobody saw it on a round. */
export function seenLate({ seenAtMs }: { seenAtMs?: number | undefined }, receivedAtMs: number): number | undefined {
  return seenAtMs !== undefined && receivedAtMs - seenAtMs >= AT_ONCE_MS ? seenAtMs : undefined;
}
