import { createClient } from '@siaga/contracts';
import { eventually } from '@siaga/testing';
import { accountOf } from './account.ts';
import type { Driver } from './driver.ts';
import { lanesOf, runLanes } from './lanes.ts';
import type { Ending, Entry } from './operation.ts';
import type { Random } from './random.ts';
import { recoveries } from './recovery.ts';
import type { BrokenPromise, Outcome, Place, Scene, Stage } from './scene.ts';
import type { FactOf } from './screen-log.ts';
import type { Screen } from './screens.ts';
import { within } from './within.ts';

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
  /** A scene that has not ended by then hangs, which is a finding. */
  readonly endsWithinMs: number;
}

/** One scene from its preparation to its account. */
export class Play {
  readonly #place: Place;
  readonly #casting: Casting;
  readonly #entries: Entry[] = [];
  readonly #faults: Record<string, number> = {};
  readonly #recoveries: { kind: string; ms: number }[] = [];
  readonly #failures: BrokenPromise[] = [];
  readonly #over = new AbortController();
  readonly #beganAtMs = Date.now();

  constructor(place: Place, casting: Casting) {
    this.#place = place;
    this.#casting = casting;
  }

  /** Always an outcome: a scene that fails, hangs, or whose city does not come back stays in the report. */
  async run(): Promise<Outcome> {
    const { scene, endsWithinMs, seed } = this.#casting;
    try {
      return await within(endsWithinMs, `the end of "${scene.name}" (FAULTS_SEED=${seed})`, this.#played());
    } catch (error) {
      return this.#outcome([failureOf(error)]);
    } finally {
      this.#place.link.pass();
      this.#over.abort();
    }
  }

  async #played(): Promise<Outcome> {
    const { scene, screens, cast, random, urlOf } = this.#casting;
    const { installation, link, events } = this.#place;
    const call = createClient({ baseUrl: installation.url });
    await eventually(() => {
      for (const screen of screens) if (!screen.isLive) throw new Error(`${screen.name} is not live`);
    }, WATCHED_MS);
    for (const screen of screens) screen.begin(this.#factOf);
    for (const driver of cast) await eventually(() => driver.prepare(call), WATCHED_MS);
    const lanes = runLanes({ drivers: cast, random, urlOf, entries: this.#entries, signal: this.#over.signal });
    try {
      await this.#recovery(this.#beganAtMs);
      await scene.act(this.#stage);
    } catch (error) {
      this.#failures.push(failureOf(error));
    } finally {
      link.pass();
      this.#over.abort();
      await lanes;
    }
    const quiet = { cast, screens, entries: this.#entries, beganAtMs: this.#beganAtMs, quietAtMs: Date.now() };
    const { findings, ...account } = await accountOf({ installation, events, factOf: this.#factOf, ...quiet });
    return { ...this.#outcome(findings), ...account };
  }

  get #stage(): Stage {
    return {
      ...this.#place,
      random: this.#casting.random.branch('stage'),
      acknowledged: (more) => this.#acknowledged(more),
      blow: (kind, strike) => this.#blow(kind, strike),
      fault: (kind, strike) => this.#fault(kind, strike),
    };
  }

  async #acknowledged(more: number): Promise<void> {
    const count = () => this.#entries.filter(({ ending }) => ending === 'ok').length;
    const wanted = count() + more;
    await eventually(() => {
      if (count() < wanted) throw new Error(`${String(wanted - count())} operations are still to be acknowledged`);
    }, WATCHED_MS);
  }

  async #blow(kind: string, strike: () => Promise<unknown>): Promise<void> {
    if ((await strike()) === false) throw new Error(`${kind}: nothing was there to be hit`);
    this.#faults[kind] = (this.#faults[kind] ?? 0) + 1;
  }

  async #fault(kind: string, strike: () => Promise<unknown>): Promise<void> {
    await this.#blow(kind, strike);
    const struckAtMs = Date.now();
    const ms = (await this.#recovery(struckAtMs)) - struckAtMs;
    this.#recoveries.push({ kind, ms });
  }

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
      faults: { ...this.#faults },
      endings: { ok: count('ok'), refused: count('refused'), unknown: count('unknown') },
      events: 0,
      applied: screens.reduce((sum, { log }) => sum + log.every.length, 0),
      screens: screens.length,
      recoveries: [...this.#recoveries],
      settledMs: 0,
      findings: [...found, ...slow, ...this.#failures],
    };
  }
}

const failureOf = (error: unknown): BrokenPromise => ({
  broken: 'failed',
  says: error instanceof Error ? error.message : String(error),
});
