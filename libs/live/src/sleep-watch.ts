/** Less than the time that makes a link stale; far more than a clock is slewed between two looks. */
const LEAP_MS = 2500;

/**
 * Notices that this machine slept: the monotonic clock stood still (Linux, macOS) while the wall clock went on. A wall
 * clock that somebody sets forward looks the same; it costs one new connection.
 */
export class SleepWatch {
  readonly #wallMs: () => number;
  readonly #monotonicMs: () => number;
  #differenceMs: number;

  constructor(wallMs = () => Date.now(), monotonicMs = () => performance.now()) {
    this.#wallMs = wallMs;
    this.#monotonicMs = monotonicMs;
    this.#differenceMs = wallMs() - monotonicMs();
  }

  /** Milliseconds slept since the last look; 0 when it was awake. */
  look(): number {
    const differenceMs = this.#wallMs() - this.#monotonicMs();
    const leaptMs = differenceMs - this.#differenceMs;
    this.#differenceMs = differenceMs;
    return leaptMs > LEAP_MS ? leaptMs : 0;
  }
}
