import { setTimeout as pause } from 'node:timers/promises';
import { createClient, type AnyEvent, type Client } from '@siaga/contracts';
import { eventually } from '@siaga/testing';
import { checkLedger, staleValues, type Finding, type ScreenAccount } from './check-ledger.ts';
import type { Driver, Dump } from './driver.ts';
import type { Installation } from './installation.ts';
import { dumpLog, type Logged } from './log-dump.ts';
import type { Entry } from './operation.ts';
import type { FactOf } from './screen-log.ts';
import type { Screen } from './screens.ts';

/** Documents that still change after so long are taken as they are. */
const STEADY_WITHIN_MS = 30_000;
const LOOK_AGAIN_MS = 500;
/** The log is read from so long before a scene began. */
const BEFORE_MS = 1000;

/** A scene that is over: what was asked, and who looked on. */
export interface Over {
  readonly installation: Installation;
  readonly events: readonly AnyEvent[];
  readonly cast: readonly Driver[];
  readonly screens: readonly Screen[];
  readonly entries: readonly Entry[];
  readonly factOf: FactOf;
  readonly beganAtMs: number;
  /** When the last lane ended: nobody has asked for anything since. */
  readonly quietAtMs: number;
}

/** What the ledger of a scene shows; `events` and `settledMs` as in an outcome. */
export async function accountOf(over: Over): Promise<{ findings: Finding[]; events: number; settledMs: number }> {
  const { installation, events, cast, entries, factOf, beganAtMs, quietAtMs } = over;
  const call = createClient({ baseUrl: installation.url });
  const dump = await steadyDump(call, { drivers: cast, entries });
  const reader = await installation.openLog();
  const log = await dumpLog(reader, { city: installation.city, events, factOf, sinceMs: beganAtMs - BEFORE_MS });
  await reader.close();
  const screens = await Promise.all(over.screens.map((screen) => screenAccount(screen, { dump, log, quietAtMs })));
  return {
    findings: checkLedger({ entries, log, screens, dump }),
    events: namesOf(log).size,
    settledMs: Math.max(...screens.map(({ settledMs }) => settledMs ?? 0)),
  };
}

/** The documents once everything acknowledged is in them and they change no more. */
async function steadyDump(
  call: Client,
  { drivers, entries }: { drivers: readonly Driver[]; entries: readonly Entry[] },
): Promise<Dump> {
  const wanted = entries.flatMap(({ ending, operation }) => (ending === 'ok' ? operation.documents : []));
  const until = Date.now() + STEADY_WITHIN_MS;
  let dump = await dumpOf(call, drivers);
  for (;;) {
    await pause(LOOK_AGAIN_MS);
    const before = dump;
    dump = await dumpOf(call, drivers);
    const held = new Set(dump.documents);
    const isSteady = before.documents.length === dump.documents.length && wanted.every((fact) => held.has(fact));
    if (isSteady || Date.now() > until) return dump;
  }
}

async function dumpOf(call: Client, drivers: readonly Driver[]): Promise<Dump> {
  const dumps = await Promise.all(drivers.map((driver) => eventually(() => driver.dump(call), STEADY_WITHIN_MS)));
  const latest = new Map<string, ReadonlyMap<string, Readonly<Record<string, unknown>>>>();
  for (const [event, values] of dumps.flatMap((dump) => [...dump.latest]))
    latest.set(event, new Map([...(latest.get(event) ?? []), ...values]));
  return { documents: dumps.flatMap(({ documents }) => documents), latest };
}

/** What a screen has once it equals log and store, and how long after the quiet its last change came. */
export async function screenAccount(
  screen: Screen,
  { dump, log, quietAtMs }: { dump: Dump; log: readonly Logged[]; quietAtMs: number },
): Promise<ScreenAccount> {
  const { name } = screen;
  const wanted = namesOf(log);
  const shown = () => screen.shown().filter((value) => screen.log.knows(value));
  const settledMs = await eventually(() => {
    const applied = new Set(screen.log.every.map(({ event, id }) => `${event} ${id}`));
    const lacking = [...wanted].filter((id) => !applied.has(id));
    if (lacking.length + staleValues(name, shown(), dump).length > 0) throw new Error(`${name} is behind`);
    return Math.max(0, screen.log.changedAtMs - quietAtMs);
  }).catch(() => undefined);
  const own = await screen.ownAccount();
  const { every, values, wentBack, gaps } = screen.log;
  return { name, every, values, wentBack, gaps, shown: shown(), own, settledMs };
}

/** Events of `every` streams in the log, repeats not counted. */
const namesOf = (log: readonly Logged[]) =>
  new Set(log.filter(({ delivery }) => delivery === 'every').map(({ event, id }) => `${event} ${id}`));
