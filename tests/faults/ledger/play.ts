import { createClient, type AnyEvent } from '@siaga/contracts';
import { eventually, type FaultProxy } from '@siaga/testing';
import { accountOf, eventsIn, steadyDump } from './account.ts';
import { checkLedger } from './check-ledger.ts';
import type { Driver } from './driver.ts';
import type { Installation } from './installation.ts';
import { lanesOf, runLanes } from './lanes.ts';
import { dumpLog } from './log-dump.ts';
import type { Ending, Entry } from './operation.ts';
import type { Random } from './random.ts';
import { recoveries } from './recovery.ts';
import type { BrokenPromise, Outcome, Scene, Stage } from './scene.ts';
import type { FactOf } from './screen-log.ts';
import type { Screen } from './screens.ts';

/** Full function after any one process dies. */
const RECOVERS_WITHIN_MS = 15_000;
/** How long a recovery is watched, so that one that comes too late is measured, too. */
const WATCHED_MS = 90_000;

/** What is played, by whom, before whom. */
export interface Casting {
  readonly on: string;
  readonly scene: Scene;
  readonly seed: string;
  readonly random: Random;
  readonly screens: readonly Screen[];
  readonly cast: readonly Driver[];
  readonly urlOf: (lane: number) => string;
}

/** One scene from its preparation to its account. */
export class Play implements Stage {
  readonly installation: Installation;
  readonly link: FaultProxy;
  readonly raw: Stage['raw'];
  readonly near: readonly Screen[];
  readonly far: readonly Screen[];
  readonly events: readonly AnyEvent[];
  readonly random: Random;
  readonly #casting: Casting;
  readonly #entries: Entry[] = [];
  readonly #faults: Record<string, number> = {};
  readonly #recoveries: { kind: string; ms: number }[] = [];
  readonly #failures: BrokenPromise[] = [];
  readonly #beganAtMs = Date.now();

  constructor(place: Pick<Stage, 'installation' | 'link' | 'raw' | 'near' | 'far' | 'events'>, casting: Casting) {
    this.installation = place.installation;
    this.link = place.link;
    this.raw = place.raw;
    this.near = place.near;
    this.far = place.far;
    this.events = place.events;
    this.random = casting.random.branch('stage');
    this.#casting = casting;
  }

  async run(): Promise<Outcome> {
    const { scene, screens, cast, random, urlOf } = this.#casting;
    const call = createClient({ baseUrl: this.installation.url });
    await eventually(() => {
      for (const screen of screens) if (!screen.isLive) throw new Error(`${screen.name} is not live`);
    }, WATCHED_MS);
    for (const screen of screens) screen.begin(this.#factOf);
    for (const driver of cast) await eventually(() => driver.prepare(call), WATCHED_MS);
    const over = new AbortController();
    const lanes = runLanes({ drivers: cast, random, urlOf, entries: this.#entries, signal: over.signal });
    try {
      await this.#recovery(this.#beganAtMs);
      await scene.act(this);
    } catch (error) {
      this.#failures.push(failureOf(error));
    } finally {
      this.link.pass();
      over.abort();
      await lanes;
    }
    // a city that does not come back stays in the report
    return this.#account().catch((error: unknown) => this.#outcome([failureOf(error)]));
  }

  readonly acknowledged = async (more: number): Promise<void> => {
    const count = () => this.#entries.filter(({ ending }) => ending === 'ok').length;
    const wanted = count() + more;
    await eventually(() => {
      if (count() < wanted) throw new Error(`${String(wanted - count())} operations are still to be acknowledged`);
    }, WATCHED_MS);
  };

  readonly blow = async (kind: string, strike: () => Promise<unknown>): Promise<void> => {
    if ((await strike()) !== false) this.#faults[kind] = (this.#faults[kind] ?? 0) + 1;
  };

  readonly fault = async (kind: string, strike: () => Promise<unknown>): Promise<void> => {
    await this.blow(kind, strike);
    const struckAtMs = Date.now();
    const ms = (await this.#recovery(struckAtMs)) - struckAtMs;
    this.#recoveries.push({ kind, ms });
  };

  readonly #factOf: FactOf = (event, key, data) => {
    for (const driver of this.#casting.cast) {
      const fact = driver.watches.some(({ name }) => name === event) ? driver.factOf(event, key, data) : undefined;
      if (fact !== undefined) return fact;
    }
    return undefined;
  };

  #recovery(sinceMs: number): Promise<number> {
    const { cast, screens, scene } = this.#casting;
    const lanes = lanesOf(cast).map(({ name }) => name);
    return eventually(() => {
      const logs = screens.map(({ log }) => log);
      const found = recoveries(sinceMs, { lanes, entries: this.#entries, screens: logs });
      const waiting = lanes.filter((lane) => found.get(lane) === Infinity);
      if (waiting.length === 0) return Math.max(...found.values());
      const dark = screens.filter(({ isLive }) => !isLive).map(({ name }) => name);
      throw new Error(
        `${scene.name}: nothing new of ${waiting.join(', ')}; screens that are not live: ${dark.join(', ')}`,
      );
    }, WATCHED_MS);
  }

  async #account(): Promise<Outcome> {
    const { screens, cast } = this.#casting;
    const call = createClient({ baseUrl: this.installation.url });
    const dump = await steadyDump(call, { drivers: cast, entries: this.#entries });
    const reader = await this.installation.openLog();
    const log = await dumpLog(reader, {
      city: this.installation.city,
      events: this.events,
      factOf: this.#factOf,
      sinceMs: this.#beganAtMs - 1000,
    });
    await reader.close();
    const accounts = await Promise.all(screens.map((screen) => accountOf(screen, { dump, log })));
    return {
      ...this.#outcome(checkLedger({ entries: this.#entries, log, screens: accounts, dump })),
      events: eventsIn(log),
      settledMs: Math.max(...accounts.map(({ settledMs }) => settledMs ?? 0)),
    };
  }

  /** What is known without log and documents, too. */
  #outcome(found: readonly BrokenPromise[]): Outcome {
    const { on, scene, seed, screens } = this.#casting;
    const count = (ending: Ending) => this.#entries.filter((entry) => entry.ending === ending).length;
    const slowest = scene.recoversWithinMs ?? RECOVERS_WITHIN_MS;
    const slow = this.#recoveries
      .filter(({ ms }) => ms > slowest)
      .map(({ kind, ms }) => ({ broken: 'slow' as const, says: `full function ${String(ms)} ms after ${kind}` }));
    return {
      on,
      scene: scene.name,
      seed,
      faults: this.#faults,
      endings: { ok: count('ok'), refused: count('refused'), unknown: count('unknown') },
      events: 0,
      applied: screens.reduce((sum, { log }) => sum + log.every.length, 0),
      screens: screens.length,
      recoveries: this.#recoveries,
      settledMs: 0,
      findings: [...found, ...slow, ...this.#failures],
    };
  }
}

const failureOf = (error: unknown): BrokenPromise => ({
  broken: 'failed',
  says: error instanceof Error ? error.message : String(error),
});
