import { tooBusy } from '@siaga/service';

/** How much work goes on at once, and how much more may wait for it. */
export interface TurnstileSettings {
  atOnce: number;
  waiting: number;
}

/** Lets a few in at a time, a few more wait in order, and turns away whoever comes then. */
export class Turnstile {
  readonly #settings: TurnstileSettings;
  readonly #queue: (() => void)[] = [];
  #inside = 0;

  constructor(settings: TurnstileSettings) {
    this.#settings = settings;
  }

  /** Does the work when it is its turn. Throws `unavailable`, before anything of it, when too many wait already. */
  async pass<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#inside < this.#settings.atOnce) this.#inside += 1;
    else await this.#turn();
    try {
      return await work();
    } finally {
      const next = this.#queue.shift();
      // who waits takes over the place
      if (next === undefined) this.#inside -= 1;
      else next();
    }
  }

  #turn(): Promise<void> {
    if (this.#queue.length >= this.#settings.waiting) throw tooBusy('api');
    return new Promise((resolve) => this.#queue.push(resolve));
  }
}
