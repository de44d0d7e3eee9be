/** Behind by less, ms: the way of a message, not its clock. */
const OFF_MS = 30_000;

/** By so many of the last messages of a system one sees how far its clock is behind: two or three calls. */
const LAST = 10;

/**
 * How far a telephone system's clock is behind ours, epoch ms said to epoch ms heard: what even the quickest of its last
 * messages was late by. Nobody loses a call for a clock: what is late alone was kept by a system that was offline; where all
 * is late the clock is slow, and what happens now rings now. Kept in memory: the first message after a start is believed to
 * be new, because a call that rings too late is worse than an old one that rings.
 */
export class TelephoneClock {
  readonly #lagsMs: number[] = [];

  /** When it happened by our clock: never later than it was heard, so that one that is ahead dates nothing into the future. */
  setRight(saidMs: number, heardMs: number): number {
    this.#lagsMs.push(heardMs - saidMs);
    if (this.#lagsMs.length > LAST) this.#lagsMs.shift();
    const behindMs = Math.min(...this.#lagsMs);
    return Math.min(behindMs > OFF_MS ? saidMs + behindMs : saidMs, heardMs);
  }
}
