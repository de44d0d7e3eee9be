/** Numbers of one key are this far apart: see {@link Traffic}. */
export const KEYS = 50;

/** Which numbers a screen has seen: one bit each, so that a thousand screens can remember every event of a run. */
export class NumbersSeen {
  #bits = new Uint8Array(1024);
  #next = 0;
  #highest = -1;
  readonly #lastOfKey = new Int32Array(KEYS).fill(-1);
  /** Numbers that came although they had come before. */
  twice = 0;
  /** Numbers that came after a higher one of their key. */
  disordered = 0;

  addAll(numbers: readonly number[]): void {
    for (const number of numbers) this.#add(number);
  }

  /** Some number lacks below the highest. */
  get hasGap(): boolean {
    while (this.has(this.#next)) this.#next += 1;
    return this.#next <= this.#highest;
  }

  has(number: number): boolean {
    return ((this.#bits[number >> 3] ?? 0) & (1 << (number & 7))) !== 0;
  }

  /** How many numbers below `total` lack. */
  missing(total: number): number {
    let missing = 0;
    for (let number = 0; number < total; number += 1) if (!this.has(number)) missing += 1;
    return missing;
  }

  #add(number: number): void {
    if (this.has(number)) {
      this.twice += 1;
      return;
    }
    const cell = number >> 3;
    if (cell >= this.#bits.length) {
      const more = new Uint8Array(cell * 2);
      more.set(this.#bits);
      this.#bits = more;
    }
    this.#bits[cell] = (this.#bits[cell] ?? 0) | (1 << (number & 7));
    this.#highest = Math.max(this.#highest, number);
    const key = number % KEYS;
    if (number < (this.#lastOfKey[key] ?? -1)) this.disordered += 1;
    this.#lastOfKey[key] = number;
  }
}
