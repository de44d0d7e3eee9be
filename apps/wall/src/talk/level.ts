import { SILENCE_DB, levelDbOf } from './speak/speech-level.ts';

/** A needle falls by so much from one look to the next, dB. */
const FALL_DB = 3;
/** So often a needle is drawn anew, ms. */
const EVERY_MS = 100;

/** How loud something is: the loudest of the last moment, falling slowly, as a needle does. dBFS. */
export class Level {
  readonly #listeners = new Set<() => void>();
  #newestDb = SILENCE_DB;
  #loudestDb = SILENCE_DB;
  #shownDb = SILENCE_DB;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** Of the last block. */
  get newestDb(): number {
    return this.#newestDb;
  }

  readonly get = (): number => this.#shownDb;

  /** Drawn only while somebody looks. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => {
      this.#draw();
    }, EVERY_MS);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  };

  heard(block: Float32Array): void {
    this.#newestDb = levelDbOf(block);
    this.#loudestDb = Math.max(this.#loudestDb, this.#newestDb);
  }

  #draw(): void {
    const next = Math.round(Math.max(this.#loudestDb, this.#shownDb - FALL_DB));
    this.#loudestDb = SILENCE_DB;
    if (next === this.#shownDb) return;
    this.#shownDb = next;
    for (const listener of this.#listeners) listener();
  }
}
