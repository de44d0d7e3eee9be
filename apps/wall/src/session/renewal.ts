import { Fault } from '@siaga/contracts';

/** The last time an access token was renewed by any tab of this browser. Epoch ms of this machine's clock. */
export interface Renewed {
  atMs: number;
  /** Until when the server says it is good; its clock may not be ours. */
  untilMs: number;
}

/** What a {@link Renewal} needs of the browser and the server. */
export interface RenewalParts {
  /** Fetches a fresh access token into the cookies; answers until when it is good. */
  renew: () => Promise<number>;
  /** Shared by all tabs. */
  shared: { get: () => Renewed | undefined; set: (renewed: Renewed) => void };
  /** Runs one at a time among all tabs. */
  exclusively: <Result>(work: () => Promise<Result>) => Promise<Result>;
  nowMs?: () => number;
}

/** As much before the end as a slow network may need. */
const BEFORE_END_MS = 60_000;
/** A machine whose clock is wrong must neither renew all the time nor wait for hours. */
const LEAST_MS = 30_000;
const MOST_MS = 9 * 60_000;

/**
 * Access tokens live for minutes and are renewed with a cookie that changes each time: two renewals at once look like a
 * thief to the server, so there is one at a time among all tabs, and who waited for another's uses what that brought.
 */
export class Renewal {
  readonly #parts: RenewalParts;
  readonly #nowMs: () => number;

  constructor(parts: RenewalParts) {
    this.#parts = parts;
    this.#nowMs = parts.nowMs ?? Date.now;
  }

  /**
   * A call that, refused as `unauthenticated`, renews and is made once more. Still refused, it throws a fault of that
   * kind: nobody is signed in here any more.
   */
  async around<Result>(call: () => Promise<Result>): Promise<Result> {
    const calledAtMs = this.#nowMs();
    try {
      return await call();
    } catch (error) {
      if (!isUnauthenticated(error)) throw error;
      await this.renew(calledAtMs);
      return await call();
    }
  }

  /** A fresh token, unless somebody fetched one since `sinceMs`. */
  renew(sinceMs: number = this.#nowMs()): Promise<void> {
    return this.#parts.exclusively(async () => {
      const { shared, renew } = this.#parts;
      if ((shared.get()?.atMs ?? -1) >= sinceMs) return;
      const untilMs = await renew();
      shared.set({ atMs: this.#nowMs(), untilMs });
    });
  }

  /** A fresh token, unless another tab has fetched one meanwhile. */
  async renewWhenDue(): Promise<void> {
    if (this.dueInMs() <= LEAST_MS) await this.renew();
  }

  /** In how many ms the next renewal is due. Soon, when nobody knows how long the token is good. */
  dueInMs(): number {
    const renewed = this.#parts.shared.get();
    if (renewed === undefined) return LEAST_MS;
    return Math.min(Math.max(renewed.untilMs - this.#nowMs() - BEFORE_END_MS, LEAST_MS), MOST_MS);
  }
}

/** Whether a call was refused because nobody is signed in. */
export function isUnauthenticated(error: unknown): error is Fault {
  return error instanceof Fault && error.kind === 'unauthenticated';
}
