/** Slots of 5 s: the minute is between 55 and 60 s long. */
const SLOT_MS = 5000;
const SLOTS = 12;
/** Each step is 5 % longer than the one before, so that is how exact a percentile is. */
const GROWTH = Math.log(1.05);
/** 250 steps reach beyond three minutes. */
const STEPS = 250;

/** How long something took within the last minute, in fixed memory however often it happens. Milliseconds. */
export class LastMinute {
  readonly #now: () => number;
  readonly #slots = Array.from({ length: SLOTS }, () => ({ number: -1, counts: new Uint32Array(STEPS) }));

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  add(ms: number): void {
    const number = Math.floor(this.#now() / SLOT_MS);
    const slot = this.#slots[number % SLOTS];
    if (slot === undefined) return;
    if (slot.number !== number) {
      slot.number = number;
      slot.counts.fill(0);
    }
    const step = Math.min(STEPS - 1, Math.floor(Math.log1p(Math.max(0, ms)) / GROWTH));
    slot.counts[step] = (slot.counts[step] ?? 0) + 1;
  }

  /** What this share (0.99) did not exceed, at most 5 % too much; undefined when there was nothing. */
  percentile(share: number): number | undefined {
    const oldest = Math.floor(this.#now() / SLOT_MS) - SLOTS + 1;
    const recent = this.#slots.filter(({ number }) => number >= oldest);
    const totals = Array.from({ length: STEPS }, (_, step) =>
      recent.reduce((sum, { counts }) => sum + (counts[step] ?? 0), 0),
    );
    let left = Math.ceil(totals.reduce((sum, count) => sum + count, 0) * share);
    if (left === 0) return undefined;
    const step = totals.findIndex((count) => (left -= count) <= 0);
    return Math.round(Math.expm1((step + 1) * GROWTH) * 10) / 10;
  }
}
