import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@siaga/contracts';
import { eventually } from '@siaga/testing';
import { staleValues, type ScreenAccount } from './check-ledger.ts';
import type { Driver, Dump } from './driver.ts';
import type { Logged } from './log-dump.ts';
import type { Entry } from './operation.ts';
import type { Screen } from './screens.ts';

/** Documents that still change after so long are taken as they are. */
const STEADY_WITHIN_MS = 30_000;
const LOOK_AGAIN_MS = 500;

/** The documents once everything acknowledged is in them and they change no more. */
export async function steadyDump(
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
  return {
    documents: dumps.flatMap(({ documents }) => documents),
    latest: new Map(dumps.flatMap(({ latest }) => [...latest])),
  };
}

/** What a screen has once it equals log and store; how long that took from now. */
export async function accountOf(
  screen: Screen,
  { dump, log }: { dump: Dump; log: readonly Logged[] },
): Promise<ScreenAccount> {
  const quietAtMs = Date.now();
  const events = namesOf(log);
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

/** How many events of `every` streams lie in the log, repeats not counted. */
export const eventsIn = (log: readonly Logged[]): number => namesOf(log).size;

const namesOf = (log: readonly Logged[]) =>
  new Set(log.filter(({ delivery }) => delivery === 'every').map(({ event, id }) => `${event} ${id}`));
