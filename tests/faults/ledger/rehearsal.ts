import { setTimeout as pause } from 'node:timers/promises';
import { createClient, type AnyEvent } from '@siaga/contracts';
import { eventually, startFaultProxy, type FaultProxy } from '@siaga/testing';
import { checkLedger, staleValues, type Finding, type ScreenAccount } from './check-ledger.ts';
import type { Driver, Dump } from './driver.ts';
import type { Installation } from './installation.ts';
import { runLanes } from './lanes.ts';
import { dumpLog, type Logged } from './log-dump.ts';
import type { Ending, Entry } from './operation.ts';
import { randomFrom, type Random } from './random.ts';
import type { RawScreen } from './raw-screen.ts';
import { recoveredAtMs } from './recovery.ts';
import type { FactOf } from './screen-log.ts';
import { openLiveScreen, openRawScreen, type Screen } from './screens.ts';

/** Full function after any one process dies. */
export const RECOVERS_WITHIN_MS = 15_000;
/** How long a recovery is watched, so that one that comes too late is measured, too. */
const WATCHED_MS = 90_000;

/** One thing that happens to a city at work, and what is expected of it. */
export interface Scene {
  /** `kill -9 of waste, gateway or engine`: also the line in the report. */
  readonly name: string;
  /** Full function again after each fault; absent: within 15 s. */
  readonly recoversWithinMs?: number;
  /** Does what is to be done; the lanes work and the screens watch meanwhile. */
  act(stage: Stage): Promise<void>;
}

/** What a scene can do. */
export interface Stage {
  readonly installation: Installation;
  readonly random: Random;
  /** The network between two screens and every second lane, and the gateway. */
  readonly link: FaultProxy;
  /** Raw screens: one at the gateway, one behind the link. */
  readonly raw: { readonly near: RawScreen; readonly far: RawScreen };
  /** Every event the drivers watch, for a screen that is opened during a scene. */
  readonly events: readonly AnyEvent[];
  /** Resolves when so many more operations have been acknowledged. */
  readonly acknowledged: (more: number) => Promise<void>;
  /**
   * Counts a fault of this kind, does it, and waits for full function from the moment it resolves; a `Date` it answers is
   * that moment instead.
   */
  readonly fault: (kind: string, strike: () => Promise<unknown>) => Promise<void>;
  /** Counts a fault after which nobody waits: the next may come while the city recovers. */
  readonly blow: (kind: string, strike: () => Promise<unknown>) => Promise<void>;
}

/** What a scene showed. */
export interface Outcome {
  readonly scene: string;
  readonly seed: string;
  readonly faults: Readonly<Record<string, number>>;
  readonly endings: Readonly<Record<Ending, number>>;
  /** Events of `every` streams in the log, and how often screens applied them, all screens together. */
  readonly events: number;
  readonly applied: number;
  readonly screens: number;
  /** From a fault to full function. */
  readonly recoveries: readonly { readonly kind: string; readonly ms: number }[];
  /** The slowest screen, from quiet until it equalled the store. */
  readonly settledMs: number;
  readonly findings: readonly (Finding | { readonly broken: 'slow'; readonly says: string })[];
}

export interface RehearsalOptions {
  readonly installation: Installation;
  /** Everything random comes from it. */
  readonly seed: string;
  /** What is at work in a scene of this name; new things in each. */
  readonly drivers: (name: string) => readonly [Driver, ...Driver[]];
}

/** A city with screens that stay through all its scenes, each with a ledger of its own. */
export interface Rehearsal {
  play(scene: Scene): Promise<Outcome>;
  /** Closes the screens; the installation goes on. */
  close(): Promise<void>;
}

/** Opens the screens: two walls and two raw ones, one of each at the gateway, the others behind a link that can fail. */
export async function startRehearsal({ installation, seed, drivers }: RehearsalOptions): Promise<Rehearsal> {
  const { url } = installation;
  const link = await startFaultProxy({ target: { port: Number(new URL(url).port) } });
  const linkUrl = `http://${link.address}`;
  const events = [...new Set(drivers('none').flatMap(({ watches }) => watches))];
  const raw = {
    near: openRawScreen('raw screen', url, events),
    far: openRawScreen('raw screen behind the link', linkUrl, events),
  };
  const screens: readonly Screen[] = [
    openLiveScreen('wall', url, events),
    openLiveScreen('wall behind the link', linkUrl, events),
    raw.near,
    raw.far,
  ];
  let played = 0;
  return {
    play: (scene) => {
      played += 1;
      const random = randomFrom(`${seed}/${scene.name}`);
      const urlOf = (lane: number) => (lane % 2 === 0 ? url : linkUrl);
      const cast = drivers(`S${String(played)}`);
      return new Play({ installation, link, raw, events }, { scene, seed, random, screens, cast, urlOf }).run();
    },
    close: async () => {
      for (const screen of screens) screen.close();
      await link.close();
    },
  };
}

interface Casting {
  readonly scene: Scene;
  readonly seed: string;
  readonly random: Random;
  readonly screens: readonly Screen[];
  readonly cast: readonly Driver[];
  readonly urlOf: (lane: number) => string;
}

/** One scene from its preparation to its account. */
class Play implements Stage {
  readonly installation: Installation;
  readonly link: FaultProxy;
  readonly raw: Stage['raw'];
  readonly events: readonly AnyEvent[];
  readonly random: Random;
  readonly #casting: Casting;
  readonly #entries: Entry[] = [];
  readonly #faults: Record<string, number> = {};
  readonly #recoveries: { kind: string; ms: number }[] = [];
  readonly #beganAtMs = Date.now();

  constructor(place: Pick<Stage, 'installation' | 'link' | 'raw' | 'events'>, casting: Casting) {
    this.installation = place.installation;
    this.link = place.link;
    this.raw = place.raw;
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
    } finally {
      this.link.pass();
      over.abort();
      await lanes;
    }
    return this.#account();
  }

  readonly acknowledged = async (more: number): Promise<void> => {
    const count = () => this.#entries.filter(({ ending }) => ending === 'ok').length;
    const wanted = count() + more;
    await eventually(() => {
      if (count() < wanted) throw new Error(`${String(wanted - count())} operations are still to be acknowledged`);
    }, WATCHED_MS);
  };

  readonly blow = async (kind: string, strike: () => Promise<unknown>): Promise<void> => {
    this.#faults[kind] = (this.#faults[kind] ?? 0) + 1;
    await strike();
  };

  readonly fault = async (kind: string, strike: () => Promise<unknown>): Promise<void> => {
    let fromMs: number | undefined;
    await this.blow(kind, async () => {
      const answer = await strike();
      fromMs = answer instanceof Date ? answer.getTime() : Date.now();
    });
    const sinceMs = fromMs ?? Date.now();
    const ms = (await this.#recovery(sinceMs)) - sinceMs;
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
    const drivers = cast.map(({ name }) => name);
    return eventually(() => {
      const atMs = recoveredAtMs(sinceMs, { drivers, entries: this.#entries, screens: screens.map(({ log }) => log) });
      if (atMs === undefined) throw new Error(`${scene.name}: no full function after ${String(WATCHED_MS / 1000)} s`);
      return atMs;
    }, WATCHED_MS);
  }

  async #account(): Promise<Outcome> {
    const { scene, seed, screens } = this.#casting;
    const dump = await this.#steadyDump();
    const reader = await this.installation.openLog();
    const log = await dumpLog(reader, {
      city: this.installation.city,
      events: this.events,
      factOf: this.#factOf,
      sinceMs: this.#beganAtMs - 1000,
    });
    await reader.close();
    const accounts = await Promise.all(screens.map((screen) => accountOf(screen, { dump, log })));
    const entries = this.#entries;
    const count = (ending: Ending) => entries.filter((entry) => entry.ending === ending).length;
    const slowest = scene.recoversWithinMs ?? RECOVERS_WITHIN_MS;
    const slow = this.#recoveries
      .filter(({ ms }) => ms > slowest)
      .map(({ kind, ms }) => ({ broken: 'slow' as const, says: `full function ${String(ms)} ms after ${kind}` }));
    return {
      scene: scene.name,
      seed,
      faults: this.#faults,
      endings: { ok: count('ok'), refused: count('refused'), unknown: count('unknown') },
      events: new Set(log.filter(({ delivery }) => delivery === 'every').map(({ event, id }) => `${event} ${id}`)).size,
      applied: accounts.reduce((sum, { every }) => sum + every.length, 0),
      screens: screens.length,
      recoveries: this.#recoveries,
      settledMs: Math.max(...accounts.map(({ settledMs }) => settledMs ?? 0)),
      findings: [...checkLedger({ entries, log, screens: accounts, dump }), ...slow],
    };
  }

  /** The documents once everything acknowledged is in them and they change no more, or as they are when that takes too long. */
  async #steadyDump(): Promise<Dump> {
    const call = createClient({ baseUrl: this.installation.url });
    const wanted = this.#entries.flatMap(({ ending, operation }) => (ending === 'ok' ? operation.documents : []));
    let dump = await this.#dump(call);
    const until = Date.now() + WATCHED_MS / 3;
    for (;;) {
      await pause(500);
      const before = dump;
      dump = await this.#dump(call);
      const held = new Set(dump.documents);
      const same = before.documents.length === dump.documents.length;
      if ((same && wanted.every((fact) => held.has(fact))) || Date.now() > until) return dump;
    }
  }

  async #dump(call: ReturnType<typeof createClient>): Promise<Dump> {
    const dumps = await Promise.all(
      this.#casting.cast.map((driver) => eventually(() => driver.dump(call), WATCHED_MS)),
    );
    return {
      documents: dumps.flatMap(({ documents }) => documents),
      latest: new Map(dumps.flatMap(({ latest }) => [...latest])),
    };
  }
}

/** What a screen has once it equals log and store; how long that took from now. */
async function accountOf(
  screen: Screen,
  { dump, log }: { dump: Dump; log: readonly Logged[] },
): Promise<ScreenAccount> {
  const quietAtMs = Date.now();
  const events = new Set(log.filter(({ delivery }) => delivery === 'every').map(({ event, id }) => `${event} ${id}`));
  const lacks = () => {
    const applied = new Set(screen.log.every.map(({ event, id }) => `${event} ${id}`));
    return [...events].filter((name) => !applied.has(name)).length + staleValues('', screen.shown(), dump).length;
  };
  const settled = await eventually(() => {
    if (lacks() > 0) throw new Error('behind');
    return Date.now() - quietAtMs;
  }).catch(() => undefined);
  const { every, values, wentBack, gaps } = screen.log;
  return { name: screen.name, every, values, wentBack, gaps, shown: screen.shown(), settledMs: settled };
}
