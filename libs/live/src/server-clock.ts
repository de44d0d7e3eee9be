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

  constructor(localNowMs: () => number = () => performance.timeOrigin + performance.now()) {
    this.#localNowMs = localNowMs;
  }

  hear(atMs: number): void {
    const localMs = this.#localNowMs();
    const offsetMs = atMs - localMs;
    const heldMs =
      this.#offsetMs === undefined ? -Infinity : this.#offsetMs - ((localMs - this.#heardMs) / 1000) * FORGET_MS_PER_S;
    this.#offsetMs = Math.max(heldMs, offsetMs);
    this.#heardMs = localMs;
  }

  /** Epoch ms on the server's clock; this machine's own before the first frame. */
  readonly nowMs = (): number => Math.round(this.#localNowMs() + (this.#offsetMs ?? 0));
}
