import { setImmediate as turn } from 'node:timers/promises';
import type { Saying } from '../telemetry/saying.ts';

/** So many reports are taken at once: as many as one message by HTTP may hold. */
const MOST_AT_ONCE = 100;

interface Waiting {
  sayings: readonly Saying[];
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * What one device says, in its order. While reports of it are on their way to the log the next ones wait and go together:
 * a device that has hours to tell costs one write for a hundred of them, and never more than one at a time.
 */
export class DeviceLine {
  readonly #take: (sayings: readonly Saying[]) => Promise<void>;
  #waiting: Waiting[] = [];
  #taking = false;
  #ended: Error | undefined;

  /** `take` resolves once the log has them; when it rejects nothing more is taken. */
  constructor(take: (sayings: readonly Saying[]) => Promise<void>) {
    this.#take = take;
  }

  /** Resolves once the log has them, in the order of the calls. Rejects, for ever after, once something could not be taken. */
  say(sayings: readonly Saying[]): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const done = () => {
      resolve(undefined);
    };
    if (this.#ended !== undefined) reject(this.#ended);
    else this.#waiting.push({ sayings, resolve: done, reject });
    void this.#takeAll();
    return promise;
  }

  /** What waits is not taken any more. */
  end(why: Error): void {
    this.#ended ??= why;
    for (const { reject } of this.#waiting) reject(this.#ended);
    this.#waiting = [];
  }

  async #takeAll(): Promise<void> {
    if (this.#taking) return;
    this.#taking = true;
    // what came with it is there by then
    await turn();
    while (this.#waiting.length > 0) {
      const some = this.#next();
      try {
        await this.#take(some.flatMap(({ sayings }) => sayings));
        for (const { resolve } of some) resolve();
      } catch (error) {
        for (const { reject } of some) reject(error);
        this.end(error as Error);
      }
    }
    this.#taking = false;
  }

  #next(): Waiting[] {
    let reports = 0;
    const end = this.#waiting.findIndex(({ sayings }, at) => {
      reports += sayings.length;
      return at > 0 && reports > MOST_AT_ONCE;
    });
    return this.#waiting.splice(0, end === -1 ? this.#waiting.length : end);
  }
}
