/** At a time to one address, unless told otherwise, and to all of them: one that hangs must not keep the others waiting. */
const MOST_TO_ONE = 4;
const MOST = 64;

/** When a message is tried again that was tried so often, epoch ms; the last pause is repeated. Undefined: never. */
export function triedAgainAtMs(
  { attempts, untilMs }: { attempts: number; untilMs: number },
  pausesMs: readonly number[],
  nowMs: number,
): number | undefined {
  const againAtMs = nowMs + (pausesMs[Math.min(attempts, pausesMs.length - 1)] ?? 0);
  return againAtMs > untilMs ? undefined : againAtMs;
}

/**
 * Messages that are on their way to addresses outside. A timer sets the next try first and only begins this one here: what
 * is cut off by a crash is tried again under the same id, and an address that hangs holds up no timer of the city.
 */
export class MessagesUnderWay {
  readonly #underWay = new Map<Promise<void>, string>();
  readonly #closing = new AbortController();
  readonly #mostToOne: number;

  constructor({ mostToOne = MOST_TO_ONE }: { mostToOne?: number } = {}) {
    this.#mostToOne = mostToOne;
  }

  hasRoom(to: string): boolean {
    const toOne = [...this.#underWay.values()].filter((other) => other === to).length;
    return toOne < this.#mostToOne && this.#underWay.size < MOST;
  }

  /** `send` is called off by its signal; what it throws is told to `failed`. */
  begin(to: string, send: (signal: AbortSignal) => Promise<void>, failed: (error: unknown) => void): void {
    const sending = send(this.#closing.signal)
      .catch(failed)
      .finally(() => this.#underWay.delete(sending));
    this.#underWay.set(sending, to);
  }

  /** What is on its way is called off, to be tried again after the start. */
  async end(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#underWay.keys());
  }
}
