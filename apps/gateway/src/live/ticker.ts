/** A frame every 40 ms looks fluent; under load fewer and fuller ones, down to four a second. */
const SHORTEST_MS = 40;
const LONGEST_MS = 250;
/** How often heartbeats and stuck sockets are looked at. */
const LOOK_MS = 200;
/** At most a quarter of the time goes into sending. */
const SHARE = 4;

/** Calls `tick` when there is something to do: soon after the first cause, at once when it is urgent, idle otherwise. */
export class Ticker {
  readonly #tick: () => void;
  readonly #look: ReturnType<typeof setInterval>;
  #soon: ReturnType<typeof setTimeout> | undefined;
  #atOnce: ReturnType<typeof setImmediate> | undefined;
  #intervalMs = SHORTEST_MS;
  #endedAtMs = 0;
  #closed = false;

  constructor(tick: () => void) {
    this.#tick = tick;
    this.#look = setInterval(() => {
      this.wake('soon');
    }, LOOK_MS);
  }

  readonly wake = (when: 'soon' | 'at once'): void => {
    if (this.#closed) return;
    // urgent causes of one turn of the event loop share a tick
    if (when === 'at once')
      this.#atOnce ??= setImmediate(() => {
        this.#run(0);
      });
    else if (this.#soon === undefined && this.#atOnce === undefined) {
      const delayMs = Math.max(0, this.#endedAtMs + this.#intervalMs - performance.now());
      const dueMs = performance.now() + delayMs;
      this.#soon = setTimeout(() => {
        this.#run(performance.now() - dueMs);
      }, delayMs);
    }
  };

  close(): void {
    this.#closed = true;
    clearInterval(this.#look);
    this.#clear();
  }

  #run(lateMs: number): void {
    this.#clear();
    const startMs = performance.now();
    this.#tick();
    this.#endedAtMs = performance.now();
    // a tick that comes late says the process is busy elsewhere, reading the log for instance
    const wantedMs = (this.#endedAtMs - startMs) * SHARE + lateMs;
    this.#intervalMs = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, (this.#intervalMs + wantedMs) / 2));
  }

  #clear(): void {
    clearTimeout(this.#soon);
    clearImmediate(this.#atOnce);
    this.#soon = undefined;
    this.#atOnce = undefined;
  }
}
