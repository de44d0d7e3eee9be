export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** WIB, UTC+7 all year: the simulated streets are those of one city. */
const WIB_MS = 7 * HOUR_MS;

/** Midnight, city time, of the day an instant falls in; epoch ms. */
export const dayStartMs = (atMs: number): number => Math.floor((atMs + WIB_MS) / DAY_MS) * DAY_MS - WIB_MS;

/** A replay shows at least so much. */
const SHORTEST_REPLAY_MS = 2 * HOUR_MS;

/** Where a replayed working day begins: the last 05:00 WIB, before the first truck leaves, that is two hours ago or more. */
export function lastMorningMs(nowMs: number): number {
  const latestMs = nowMs - SHORTEST_REPLAY_MS;
  const morningMs = dayStartMs(latestMs) + 5 * HOUR_MS;
  return morningMs <= latestMs ? morningMs : morningMs - DAY_MS;
}

/** City time runs at most so far in one step, so that a replay makes its fixes in the order of their times. */
const LONGEST_STEP_MS = MINUTE_MS;

/**
 * City time for the model. At speed 1 it is the real time. Faster, it starts in the past, catches up with the real time
 * and then stays with it: a fix is never from the future, nor a truck faster than its engine.
 */
export class CityClock {
  #cityMs: number;
  #readMs: number;
  readonly #speed: number;

  constructor(options: { speed: number; fromMs: number; realMs: number }) {
    this.#speed = options.speed;
    this.#cityMs = options.speed === 1 ? options.realMs : options.fromMs;
    this.#readMs = options.realMs;
  }

  get nowMs(): number {
    return this.#cityMs;
  }

  /** City time and real time are the same. */
  get live(): boolean {
    return this.#cityMs === this.#readMs;
  }

  /** Moves on to a real time. While `held` (a phone's memory is full) a replay waits. */
  advance(realMs: number, held: boolean): void {
    const elapsedMs = Math.max(0, realMs - this.#readMs);
    const was = this.live;
    this.#readMs = realMs;
    if (was) this.#cityMs = realMs;
    else if (!held) this.#cityMs = Math.min(realMs, this.#cityMs + Math.min(LONGEST_STEP_MS, elapsedMs * this.#speed));
  }

  /** Real milliseconds until a city time. */
  realMsUntil(cityMs: number): number {
    return Math.max(0, cityMs - this.#cityMs) / (this.live ? 1 : this.#speed);
  }
}
