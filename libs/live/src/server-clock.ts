/** How fast an old estimate is given up for a new one: clocks drift far less than 1 ms in a second. */
const FORGET_MS_PER_S = 1;
/** Frames are never so late for so long: a gateway cuts who cannot take one within 10 s. Its clock was set back. */
const SET_BACK = { byMs: 10_000, forMs: 5000 };

/**
 * The server's clock as seen from here. A frame is late by its way, never early, so the greatest difference seen is the
 * truest. Local time is monotonic: somebody setting this machine's clock changes nothing. When the server's is set
 * forward it is followed at once, when it is set back after 5 s.
 */
export class ServerClock {
  readonly #localNowMs: () => number;
  #offsetMs: number | undefined;
  #heardMs = 0;
  #doubted = false;
  /** Since when every frame has been far behind the estimate. */
  #behindSinceMs: number | undefined;

  constructor(localNowMs: () => number = () => performance.timeOrigin + performance.now()) {
    this.#localNowMs = localNowMs;
  }

  hear(atMs: number): void {
    const localMs = this.#localNowMs();
    const offsetMs = atMs - localMs;
    const heldMs = this.#heldMs(localMs);
    this.#behindSinceMs = heldMs - offsetMs < SET_BACK.byMs ? undefined : (this.#behindSinceMs ?? localMs);
    const isSetBack = this.#behindSinceMs !== undefined && localMs - this.#behindSinceMs >= SET_BACK.forMs;
    this.#offsetMs = isSetBack ? offsetMs : Math.max(heldMs, offsetMs);
    this.#heardMs = localMs;
    this.#doubted = false;
  }

  /** Local time stood still for so long: the estimate goes on by it, and gives way to the next frame. */
  slept(ms: number): void {
    if (this.#offsetMs === undefined) return;
    this.#offsetMs += ms;
    this.#doubted = true;
  }

  /** Epoch ms on the server's clock; this machine's own before the first frame. */
  readonly nowMs = (): number => Math.round(this.#localNowMs() + (this.#offsetMs ?? 0));

  #heldMs(localMs: number): number {
    if (this.#offsetMs === undefined || this.#doubted) return -Infinity;
    return this.#offsetMs - ((localMs - this.#heardMs) / 1000) * FORGET_MS_PER_S;
  }
}
