import { ServerClock } from './server-clock.ts';

/**
 * `stale`: connected, but nothing has come for more than 3 s. `lost`: no connection. `signed-out`: the gateway knows nobody
 * here, or nobody any more; nothing is shown until somebody signs in.
 */
export type LinkState = 'connecting' | 'live' | 'stale' | 'lost' | 'signed-out';

/** What happened while the link was gone. */
export interface Missed {
  /** Events of `every` streams that were missed and have been filled in. */
  every: number;
  /** How long nothing came. */
  forMs: number;
  /** Everything missed was filled in; false: away too long, only the newest values are complete. */
  filled: boolean;
}

export interface LinkStatus {
  readonly state: LinkState;
  /** Since when, on the server's clock, epoch ms. */
  readonly sinceMs: number;
  /** Server time of the last frame; undefined before the first. */
  readonly lastFrameAt: number | undefined;
  /** The last time the link came back. */
  readonly missed?: Missed;
  /** Values and events applied so far. */
  readonly applied: number;
  /** Why there is no link, as the gateway said it: the `detail` of its problem. */
  readonly reason?: string;
  /** The server's clock now, epoch ms: ages are computed against it. */
  serverNowMs(): number;
}

/** Without a frame for so long the screen must say so; heartbeats come every second. */
const STALE_MS = 3000;
/** Without a frame for so long the connection is taken for dead and made anew. */
export const DEAD_MS = 8000;
/** How often mere counts are worth telling. */
const TELL_MS = 1000;

/** The state of the link as the operator must see it. */
export class Link {
  readonly #clock = new ServerClock();
  readonly #listeners = new Set<() => void>();
  #status: LinkStatus;
  #frameAtLocalMs = performance.now();
  #toldAtLocalMs = 0;
  #applied = 0;
  #lastFrameAt: number | undefined;
  /** The absence being filled: when it began and, once frames come again, when it ended, on the server's clock. */
  #absence: { fromMs: number; toMs?: number; filled: boolean } | undefined;

  constructor() {
    this.#status = this.#begin(0);
  }

  readonly get = (): LinkStatus => this.#status;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Local milliseconds since the last sign of life. */
  get silentMs(): number {
    return performance.now() - this.#frameAtLocalMs;
  }

  /** A sign of life that brings nothing to apply: a new connection, a part of a snapshot. */
  connected(): void {
    this.#frameAtLocalMs = performance.now();
    this.retrying();
  }

  /** The gateway's answer to the wish: whether it fills in what was missed. */
  subscribed(recovered: boolean): void {
    if (this.#absence !== undefined) this.#absence.filled = recovered;
  }

  /** A frame came and was applied: `everyAt` are the log times of its events. */
  heard(frameAt: number, values: number, everyAt: readonly number[]): void {
    this.#clock.hear(frameAt);
    this.#frameAtLocalMs = performance.now();
    this.#lastFrameAt = frameAt;
    this.#applied += values + everyAt.length;
    const missed = this.#filled(frameAt, everyAt);
    if (this.#status.state !== 'live') this.#tell({ state: 'live', sinceMs: frameAt, ...missed });
    else if (missed !== undefined || performance.now() - this.#toldAtLocalMs > TELL_MS) this.#tell(missed ?? {});
  }

  /** Somebody may have signed in: whether that is so is being asked. */
  retrying(): void {
    if (this.#status.state === 'signed-out') this.#tell({ state: 'connecting', sinceMs: this.#clock.nowMs() });
  }

  /** Nobody is signed in: what comes later is another session, of which nothing was missed. */
  signedOut(reason: string): void {
    const { state, reason: before, applied } = this.#status;
    if (state === 'signed-out' && before === reason) return;
    this.#absence = undefined;
    this.#lastFrameAt = undefined;
    const sinceMs = state === 'signed-out' ? this.#status.sinceMs : this.#clock.nowMs();
    this.#status = this.#begin(applied);
    this.#tell({ state: 'signed-out', sinceMs, reason });
  }

  /** While nobody is signed in a cut changes nothing. */
  lost(reason?: string): void {
    if (this.#status.state === 'signed-out') return;
    this.#absence ??= this.#lastFrameAt === undefined ? undefined : { fromMs: this.#lastFrameAt, filled: false };
    if (this.#absence?.toMs !== undefined) this.#absence = { fromMs: this.#lastFrameAt ?? 0, filled: false };
    if (this.#status.state === 'lost' && this.#status.reason === reason) return;
    const sinceMs = this.#status.state === 'lost' ? this.#status.sinceMs : this.#clock.nowMs();
    this.#tell({ state: 'lost', sinceMs, ...(reason === undefined ? {} : { reason }) });
  }

  /** This machine slept: what it shows is as old as that, whatever its clock says, until a frame comes. */
  slept(ms: number): void {
    this.#clock.slept(ms);
    this.lost();
  }

  /** Looks at the time: a live link without frames is stale. */
  look(): void {
    if (this.#status.state === 'live' && this.silentMs > STALE_MS)
      this.#tell({ state: 'stale', sinceMs: this.#lastFrameAt ?? this.#clock.nowMs() });
  }

  /** Counts events of the absence; they may come in several frames after the return. */
  #filled(frameAt: number, everyAt: readonly number[]): { missed: Missed } | undefined {
    const absence = this.#absence;
    if (absence === undefined) return undefined;
    const first = absence.toMs === undefined;
    const toMs = (absence.toMs ??= frameAt);
    const every = everyAt.filter((at) => at <= toMs).length;
    if (!first && every === 0) {
      this.#absence = undefined; // caught up with the present
      return undefined;
    }
    const before = first ? 0 : (this.#status.missed?.every ?? 0);
    return { missed: { every: before + every, forMs: toMs - absence.fromMs, filled: absence.filled } };
  }

  #begin(applied: number): LinkStatus {
    const { nowMs } = this.#clock;
    return { state: 'connecting', sinceMs: nowMs(), lastFrameAt: undefined, applied, serverNowMs: nowMs };
  }

  #tell(change: Partial<LinkStatus>): void {
    this.#toldAtLocalMs = performance.now();
    const { state, sinceMs, missed } = this.#status;
    this.#status = {
      state,
      sinceMs,
      ...(missed === undefined ? {} : { missed }),
      lastFrameAt: this.#lastFrameAt,
      applied: this.#applied,
      serverNowMs: this.#clock.nowMs,
      ...change,
    };
    for (const listener of this.#listeners) listener();
  }
}
