/** Each 20 ms of a hole is so much softer than the one before it. */
const FADE = 0.55;
/** After so many nothing is left of it. */
const MOST = 5;

/** What is heard where nothing came: the last sound again, going away, rather than a crack. */
export class Concealment {
  #last: Float32Array<ArrayBuffer>;
  #times = 0;

  /** `length`: samples of 20 ms. */
  constructor(length: number) {
    this.#last = new Float32Array(length);
  }

  heard(samples: Float32Array<ArrayBuffer>): void {
    // a copy: the sound itself goes to the speaker's thread, and is gone from here
    this.#last = samples.slice();
    this.#times = 0;
  }

  next(): Float32Array<ArrayBuffer> {
    this.#times += 1;
    const loudness = this.#times > MOST ? 0 : FADE ** this.#times;
    return this.#last.map((sample) => sample * loudness);
  }
}
