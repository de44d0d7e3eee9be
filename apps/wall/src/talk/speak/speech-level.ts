/** Quieter than this is a room, not a voice: 0 to 1. */
const VOICE = 0.01;
/** Between two words nobody has stopped, blocks of 20 ms. */
const PAUSE_BLOCKS = 40;
/** Below it a sound card hears itself, dBFS. */
export const SILENCE_DB = -96;

const loudnessOf = (block: Float32Array) =>
  Math.sqrt(block.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, block.length));

/** How loud a block is: the root of its mean square, dB below full scale (AES17 without its 3 dB for a sine). */
export const levelDbOf = (block: Float32Array): number =>
  Math.max(SILENCE_DB, 20 * Math.log10(Math.max(1e-9, loudnessOf(block))));

/** Whether the microphone hears a voice now: who has the floor and is not heard shall see it. */
export class SpeechLevel {
  readonly #listeners = new Set<() => void>();
  #quietFor = PAUSE_BLOCKS;
  #isHeard = false;

  readonly get = (): boolean => this.#isHeard;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  heard(block: Float32Array): void {
    this.#quietFor = loudnessOf(block) > VOICE ? 0 : this.#quietFor + 1;
    const isHeard = this.#quietFor < PAUSE_BLOCKS;
    if (isHeard === this.#isHeard) return;
    this.#isHeard = isHeard;
    for (const listener of this.#listeners) listener();
  }
}
