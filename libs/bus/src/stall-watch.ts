/** How far a partition was when somebody looked, and where its log ends. */
export interface Lag {
  /** Names the partition. */
  name: string;
  /** Offset to be done next. */
  position: number;
  /** Offset behind the last record. */
  end: number;
}

interface Seen {
  position: number;
  sinceMs: number;
}

/**
 * Tells partitions that stand still from those that are idle, busy or known to wait: a partition is stalled when it lags,
 * its position is the same for so long, and nothing that was to happen to it in that time has happened.
 */
export class StallWatch {
  readonly #now: () => number;
  readonly #expectedMs = new Map<string, number>();
  #lags = new Map<string, Seen>();

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Something of this partition began or ended; unless at once, the next is due in so long. */
  moved(name: string, nextInMs = 0): void {
    this.#expectedMs.set(name, this.#now() + nextInMs);
  }

  /** Nobody could look: what was seen before no longer counts. */
  blinded(): void {
    this.#lags.clear();
  }

  /** One look at all partitions held: those that have been stalled for so long. The first look finds none. */
  stalled(lags: readonly Lag[], forMs: number): string[] {
    const now = this.#now();
    const before = this.#lags;
    this.#lags = new Map();
    for (const { name, position, end } of lags) {
      if (position >= end) continue;
      const seen = before.get(name);
      this.#lags.set(name, seen?.position === position ? seen : { position, sinceMs: now });
    }
    return [...this.#lags].flatMap(([name, { sinceMs }]) => {
      const stillMs = now - Math.max(sinceMs, this.#expectedMs.get(name) ?? 0);
      return stillMs >= forMs ? [name] : [];
    });
  }
}
