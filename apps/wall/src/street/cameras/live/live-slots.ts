/** Moving pictures on one screen at once: more, and its processor and their radio links stutter. The others are stills. */
export const MOST_LIVE = 9;

/** Places for moving pictures. */
export class LiveSlots {
  readonly #most: number;
  readonly #taken = new Set<symbol>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Takes one, until the signal ends or it is given back; undefined while there is none. */
  take(signal: AbortSignal): { giveBack: () => void } | undefined {
    if (signal.aborted || this.#taken.size >= this.#most) return undefined;
    const place = Symbol('place');
    this.#taken.add(place);
    const giveBack = () => {
      this.#taken.delete(place);
    };
    // at once, so that whoever is drawn in the same breath finds it free
    signal.addEventListener('abort', giveBack, { once: true });
    return { giveBack };
  }
}
