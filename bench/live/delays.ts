/** Longer delays count as this one. */
const LONGEST_MS = 60_000;

/** Delays in whole milliseconds, as many as there may be, in little memory; travels between processes as counts. */
export class Delays {
  readonly #counts = new Uint32Array(LONGEST_MS + 1);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(delayMs: number, times = 1): void {
    const cell = Math.min(Math.max(Math.round(delayMs), 0), LONGEST_MS);
    this.#counts[cell] = (this.#counts[cell] ?? 0) + times;
    this.#size += times;
  }

  /** The delay below which `share` (0…1) of them lie; NaN when there are none. */
  percentile(share: number): number {
    let left = Math.ceil(this.#size * share);
    if (left === 0) return Number.NaN;
    for (const [delayMs, count] of this.#counts.entries()) {
      left -= count;
      if (left <= 0) return delayMs;
    }
    return LONGEST_MS;
  }

  /** `[delay, how often]` of those that occurred. */
  entries(): [number, number][] {
    return [...this.#counts.entries()].filter(([, count]) => count > 0);
  }

  clear(): void {
    this.#counts.fill(0);
    this.#size = 0;
  }
}
