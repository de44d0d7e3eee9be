/** Shorter than this no scheduler of a phone is even, ms. */
export const LEAST_TARGET_MS = 40;
/** Longer than this people talk into each other, ms. */
export const MOST_TARGET_MS = 300;
/** 5 s of packets. */
const REMEMBERED = 250;
/** Of a hundred packets so many shall be there in time. */
const IN_TIME = 0.95;
const MARGIN_MS = 20;
/** Added for each packet that was too late all the same, ms. */
const LATE_STEP_MS = 20;

/**
 * How unevenly packets come over one link, over all its bursts: each against the fastest of its burst. What was said
 * before the permit and is sent at once afterwards is faster each time, and so no unevenness.
 */
export class ArrivalTimes {
  readonly #lateness: number[] = [];
  #fastestMs = Infinity;
  #beforeMs: number | undefined;
  #jitterMs = 0;
  #addedMs = 0;

  /** A burst has its own clock. */
  begin(): void {
    this.#fastestMs = Infinity;
    this.#beforeMs = undefined;
    // no link is as bad as its worst burst forever
    this.#addedMs /= 2;
  }

  /** `timeMs`: on the talker's clock; `nowMs`: on ours. */
  came(timeMs: number, nowMs: number): void {
    const transitMs = nowMs - timeMs;
    this.#fastestMs = Math.min(this.#fastestMs, transitMs);
    const lateMs = transitMs - this.#fastestMs;
    this.#lateness.push(lateMs);
    if (this.#lateness.length > REMEMBERED) this.#lateness.shift();
    const differenceMs = this.#beforeMs === undefined ? 0 : Math.abs(lateMs - this.#beforeMs);
    this.#beforeMs = lateMs;
    this.#jitterMs += (differenceMs - this.#jitterMs) / 16;
  }

  late(): void {
    this.#addedMs = Math.min(MOST_TARGET_MS, this.#addedMs + LATE_STEP_MS);
  }

  /** So long a packet is kept before it is played, ms. */
  get targetMs(): number {
    const sorted = this.#lateness.toSorted((one, other) => one - other);
    const usualMs = sorted[Math.floor((sorted.length - 1) * IN_TIME)] ?? 0;
    return Math.min(MOST_TARGET_MS, Math.max(LEAST_TARGET_MS, usualMs + MARGIN_MS + this.#addedMs));
  }

  /** As RFC 3550 §6.4.1 counts it, ms. */
  get jitterMs(): number {
    return this.#jitterMs;
  }
}
