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

/** Our faults and the clients of brokers say of themselves whether trying again may help. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof Error && 'retriable' in error && error.retriable === true;
}
