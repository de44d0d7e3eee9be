/** How fast an old estimate is given up for a new one: clocks drift far less than 1 ms in a second. */
const FORGET_MS_PER_S = 1;

/**
 * The server's clock as seen from here. A frame is late by its way, never early, so the greatest difference seen is the
 * truest. Local time is monotonic: somebody setting this machine's clock changes nothing.
 */
export class ServerClock {
  readonly #localNowMs: () => number;
  #offsetMs: number | undefined;
  #heardMs = 0;
  #doubted = false;

  constructor(localNowMs: () => number = () => performance.timeOrigin + performance.now()) {
    this.#localNowMs = localNowMs;
  }

  hear(atMs: number): void {
    const localMs = this.#localNowMs();
    const offsetMs = atMs - localMs;
    const heldMs =
      this.#offsetMs === undefined || this.#doubted
        ? -Infinity
        : this.#offsetMs - ((localMs - this.#heardMs) / 1000) * FORGET_MS_PER_S;
    this.#offsetMs = Math.max(heldMs, offsetMs);
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
}
