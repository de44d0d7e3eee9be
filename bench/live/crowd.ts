import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { Delays } from './delays.ts';

/** What a crowd can be told. */
export type Command =
  | { do: 'open'; wishes: readonly object[] }
  | { do: 'cut'; offlineMs: number }
  | { do: 'jitter'; everyMs: number }
  | { do: 'stall'; sleepMs: number }
  | { do: 'mark'; fromMs: number }
  | { do: 'subscribe'; perSecond: number }
  | { do: 'forget' }
  | { do: 'account'; numbered: number };

/** What its screens say together. */
export interface Account {
  screens: number;
  /** Of the numbers asked about, over all screens: never came, came again, came after a higher one of their key. */
  missing: number;
  twice: number;
  disordered: number;
  /** Times a screen that had a position was given a snapshot. */
  snapshots: number;
  /** Screens that have not caught up yet, and how long it took the others. */
  behind: number;
  caughtUpMs: number[];
  entries: number;
  frames: number;
  bytes: number;
  /** Times a screen tried to return. */
  returns: number;
  /** Times one that had stopped reading found itself cut. */
  wokeCut: number;
  /** `[milliseconds, how often]` from the log's time to the screen's callback. */
  delays: [number, number][];
}

/**
 * Many screens that speak the live protocol by hand, spread over processes, so that measuring does not hold up what is
 * measured. They come back after each cut as our client does and know what they have seen.
 */
export class Crowd {
  readonly #children: readonly ChildProcess[];

  private constructor(children: readonly ChildProcess[]) {
    this.#children = children;
  }

  static async start(url: string, processes = 2): Promise<Crowd> {
    const script = path.join(import.meta.dirname, 'crowd-process.ts');
    const children = Array.from({ length: processes }, () =>
      fork(script, [url], { execArgv: ['--disable-warning=ExperimentalWarning'], env: { NODE_OPTIONS: '' } }),
    );
    await Promise.all(children.map((child) => once(child, 'message')));
    return new Crowd(children);
  }

  /** Opens a screen for each wish and waits until every one has its first frame. `wish` is the body of `subscribe`. */
  async open(wishes: readonly object[]): Promise<void> {
    const share = (index: number) => wishes.filter((_, wish) => wish % this.#children.length === index);
    await Promise.all(this.#children.map((child, index) => ask(child, { do: 'open', wishes: share(index) })));
  }

  /** Cuts every connection at once; each returns after `offlineMs`. */
  cut(offlineMs: number): Promise<unknown> {
    return this.#tell({ do: 'cut', offlineMs });
  }

  /** From now on each connection is cut once in `everyMs`. */
  jitter(everyMs: number): Promise<unknown> {
    return this.#tell({ do: 'jitter', everyMs });
  }

  /** From now on each screen reads nothing for about `sleepMs` (give or take a fifth), wakes, returns, and again. */
  stall(sleepMs: number): Promise<unknown> {
    return this.#tell({ do: 'stall', sleepMs });
  }

  /** How long it takes from this moment until a screen has everything: see {@link Account.caughtUpMs}. */
  mark(fromMs: number): Promise<unknown> {
    return this.#tell({ do: 'mark', fromMs });
  }

  /** From now on the screens together say `subscribe` so often a second. */
  subscribe(perSecond: number): Promise<unknown> {
    return this.#tell({ do: 'subscribe', perSecond: perSecond / this.#children.length });
  }

  /** Delays so far do not count: warming up. */
  forget(): Promise<unknown> {
    return this.#tell({ do: 'forget' });
  }

  /** What they have seen of the numbers below `numbered`. */
  async account(numbered = 0): Promise<Account & { percentile: (share: number) => number }> {
    const accounts = await Promise.all(
      this.#children.map((child) => ask(child, { do: 'account', numbered }) as Promise<Account>),
    );
    const total = accounts.reduce((one, other) => ({
      screens: one.screens + other.screens,
      missing: one.missing + other.missing,
      twice: one.twice + other.twice,
      disordered: one.disordered + other.disordered,
      snapshots: one.snapshots + other.snapshots,
      behind: one.behind + other.behind,
      caughtUpMs: [...one.caughtUpMs, ...other.caughtUpMs],
      entries: one.entries + other.entries,
      frames: one.frames + other.frames,
      bytes: one.bytes + other.bytes,
      returns: one.returns + other.returns,
      wokeCut: one.wokeCut + other.wokeCut,
      delays: [...one.delays, ...other.delays],
    }));
    const delays = new Delays();
    for (const [delayMs, times] of total.delays) delays.add(delayMs, times);
    return { ...total, percentile: (share) => delays.percentile(share) };
  }

  close(): void {
    for (const child of this.#children) child.disconnect();
  }

  #tell(command: Command): Promise<unknown> {
    return Promise.all(this.#children.map((child) => ask(child, command)));
  }
}

async function ask(child: ChildProcess, command: Command): Promise<unknown> {
  const answer = once(child, 'message');
  child.send(command);
  return ((await answer) as unknown[])[0];
}
