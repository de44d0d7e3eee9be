/** Who does not acknowledge within so long is cut: it comes again, and hears it then. */
const ACKNOWLEDGED_WITHIN_MS = 30_000;

/**
 * What one device is told on its connection: one packet at a time, the next once it acknowledged that, so that nothing
 * piles up for one that does not listen.
 */
export class DeviceEar {
  readonly #send: (payload: string) => void;
  readonly #ends = new AbortController();
  #listens = false;
  #acknowledged: (() => void) | undefined;

  /** `send` writes a packet that is to be acknowledged (QoS 1). */
  constructor(send: (payload: string) => void) {
    this.#send = send;
  }

  /** Aborted once its connection has ended. */
  get ended(): AbortSignal {
    return this.#ends.signal;
  }

  /** It asked to hear; `false` when it had before. */
  listen(): boolean {
    const isNews = !this.#listens;
    this.#listens = true;
    return isNews;
  }

  /** Resolves once it is acknowledged; rejects when that takes too long, or its connection has ended. */
  tell(payload: string): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const over = (settle: () => void) => {
      clearTimeout(timer);
      this.ended.removeEventListener('abort', ended);
      this.#acknowledged = undefined;
      settle();
    };
    const ended = () => {
      over(() => {
        reject(new Error('its connection has ended'));
      });
    };
    const timer = setTimeout(() => {
      over(() => {
        reject(new Error('it does not acknowledge what it is told'));
      });
    }, ACKNOWLEDGED_WITHIN_MS);
    this.#acknowledged = () => {
      over(() => {
        resolve(undefined);
      });
    };
    this.ended.addEventListener('abort', ended);
    if (this.ended.aborted) ended();
    else this.#send(payload);
    return promise;
  }

  /** It acknowledged what it was told last. */
  acknowledge(): void {
    this.#acknowledged?.();
  }

  end(): void {
    this.#ends.abort();
  }
}
