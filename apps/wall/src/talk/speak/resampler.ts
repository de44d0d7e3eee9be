/** Taps on each side of a sample, in samples of the slower of the two rates: a window short enough for a phone. */
const LOBES = 8;
/** Steps of the kernel between two samples. */
const FINENESS = 256;

/**
 * Makes samples of one rate from those of another, over any cutting into pieces: a windowed sinc (Hann), whose band ends
 * below half of the slower rate, so that nothing above it is folded into the voice.
 */
export class Resampler {
  readonly #step: number;
  readonly #reach: number;
  /** By distance from the sample that is made. */
  readonly #kernel: Float32Array;
  #held = new Float32Array(0);
  /** Samples made, and samples let go: whole numbers, so that no place drifts however long it runs. */
  #made = 0;
  #gone = 0;

  constructor(fromHz: number, toHz: number) {
    this.#step = fromHz / toHz;
    const slower = Math.max(1, this.#step);
    this.#reach = Math.ceil(LOBES * slower);
    this.#kernel = kernelOf(this.#reach, 0.92 / slower);
    // silence before the first sample, so that the first is not lost
    this.#held = new Float32Array(this.#reach);
  }

  /** The samples that these and all before them make; the last few wait for what comes after them. */
  push(samples: Float32Array): Float32Array<ArrayBuffer> {
    if (this.#step === 1) return new Float32Array(samples);
    const input = new Float32Array(this.#held.length + samples.length);
    input.set(this.#held);
    input.set(samples, this.#held.length);
    const made: number[] = [];
    for (let at = this.#place(); at + this.#reach < input.length; at = this.#place()) {
      made.push(this.#sample(input, at));
      this.#made += 1;
    }
    const done = Math.max(0, Math.floor(this.#place()) - this.#reach);
    this.#held = input.slice(done);
    this.#gone += done;
    return Float32Array.from(made);
  }

  /** Where the next sample is taken, in samples after the first held one. */
  #place(): number {
    return this.#reach + this.#made * this.#step - this.#gone;
  }

  #sample(input: Float32Array, place: number): number {
    const middle = Math.floor(place);
    let sum = 0;
    for (let at = middle - this.#reach + 1; at <= middle + this.#reach; at += 1) {
      const distance = Math.round(Math.abs(at - place) * FINENESS);
      sum += (input[at] ?? 0) * (this.#kernel[distance] ?? 0);
    }
    return sum;
  }
}

function kernelOf(reach: number, cutoff: number): Float32Array {
  return Float32Array.from({ length: reach * FINENESS + 1 }, (_, at) => {
    const distance = at / FINENESS;
    const window = 0.5 + 0.5 * Math.cos((Math.PI * distance) / reach);
    return window * cutoff * sinc(distance * cutoff);
  });
}

const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));
