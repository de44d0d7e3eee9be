import { setTimeout as delay } from 'node:timers/promises';
import { Fault } from '@siaga/contracts';

/** What to do with work that failed. */
export type Verdict =
  /** Its surroundings are away: try again without limit. */
  | { then: 'wait'; retryInMs: number }
  /** It may go better the next time, but not for ever. */
  | { then: 'retry'; retryInMs: number }
  /** It never will. */
  | { then: 'give-up'; attempts: number };

const RETRY_MS = [500, 1000, 2000, 4000] as const; // five tries in 7.5 s
const WAIT_MS = [250, 500, 1000, 2000, 5000] as const;

/** Failures of one piece of work, and what follows from each. */
export class Attempts {
  #failed = 0;
  #waited = 0;

  failed(error: unknown): Verdict {
    if (isUnavailable(error)) {
      const retryInMs = WAIT_MS[Math.min(this.#waited++, WAIT_MS.length - 1)] ?? 5000;
      return { then: 'wait', retryInMs };
    }
    const retryInMs = RETRY_MS[this.#failed++];
    if (retryInMs === undefined || (error instanceof Fault && error.kind === 'invalid'))
      return { then: 'give-up', attempts: this.#failed };
    return { then: 'retry', retryInMs };
  }
}

/** Does what needs the log as soon as the log is there, however long that takes, unless it is called off. */
export async function untilAvailable<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      await delay(RETRY_MS[1], undefined, { signal });
    }
  }
}

/** Our faults and the clients of brokers say of themselves whether trying again may help. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof Error && 'retriable' in error && error.retriable === true;
}
