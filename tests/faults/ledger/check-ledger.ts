import type { Dump } from './driver.ts';
import type { Logged } from './log-dump.ts';
import type { Entry } from './operation.ts';
import type { Applied, Shown } from './screen-log.ts';

/** Whether a screen missed anything since it was opened, as it tells its own people. */
export interface OwnAccount {
  /** `every` events the log has for it, and those of them it applied. */
  readonly inLog: number;
  readonly applied: number;
  /** Ids of the first it missed. */
  readonly missed: readonly string[];
}

/** What one screen had at the end of a scene. */
export interface ScreenAccount {
  readonly name: string;
  readonly every: readonly Applied[];
  /** Facts of the `latest` values it showed at some time. */
  readonly values: ReadonlySet<string>;
  readonly wentBack: readonly string[];
  /** Times it was told that not everything missed could be filled in. */
  readonly gaps: number;
  /** Values of this scene. */
  readonly shown: readonly Shown[];
  readonly own: OwnAccount | undefined;
  /** From quiet until it equalled the store, ms; undefined: it did not while it was watched. */
  readonly settledMs: number | undefined;
}

/** Everything that is known of a scene once it is quiet. */
export interface Ledger {
  readonly entries: readonly Entry[];
  /** In order per key, repeats included. */
  readonly log: readonly Logged[];
  readonly screens: readonly ScreenAccount[];
  readonly dump: Dump;
}

/** Which part of the promise is broken. */
export type Promised = 'lost' | 'twice' | 'not asked for' | 'out of order' | 'stale' | 'gap';

export interface Finding {
  readonly broken: Promised;
  /** What was found, for who looks for the reason. */
  readonly says: string;
}

/** A screen equals the store this long after everything is quiet. */
export const SETTLED_WITHIN_MS = 2000;

/** Whether the promise was kept: nothing lost, nothing twice, nothing made up, in order, and screens as the store is. */
export function checkLedger(ledger: Ledger): Finding[] {
  return [
    ...checkAgainstOperations(ledger),
    ...checkLogOrder(ledger),
    ...ledger.screens.flatMap((screen) => [...checkScreen(screen, ledger), ...checkValues(screen, ledger)]),
  ];
}

/** How often a fact may be there. */
interface Bounds {
  least: number;
  most: number;
  /** One of the operations it comes from. */
  entry: Entry;
}

/** Acknowledged: once. Not answered: at most once. Refused: not at all. */
function boundsOf(entries: readonly Entry[], factsOf: (entry: Entry) => readonly string[]): Map<string, Bounds> {
  const bounds = new Map<string, Bounds>();
  for (const entry of entries)
    for (const fact of factsOf(entry)) {
      const bound = bounds.get(fact) ?? { least: 0, most: 0, entry };
      if (entry.ending === 'ok') bound.least += 1;
      if (entry.ending !== 'refused') bound.most += 1;
      bounds.set(fact, bound);
    }
  return bounds;
}

function checkAgainstOperations({ entries, log, dump }: Ledger): Finding[] {
  const everyOf = ({ operation }: Entry) => operation.every;
  const latestOf = ({ operation }: Entry) => operation.latest;
  const events = [...eventsOf(log).values()].map(({ fact }) => fact);
  const values = log.filter(({ delivery }) => delivery === 'latest').map(({ fact }) => fact);
  return [
    ...compared('the log', events, boundsOf(entries, everyOf)),
    ...compared(
      'the documents',
      dump.documents,
      boundsOf(entries, ({ operation }) => operation.documents),
    ),
    ...neverRefused('the log', new Set(values), boundsOf(entries, latestOf)),
  ];
}

function compared(where: string, found: readonly string[], bounds: ReadonlyMap<string, Bounds>): Finding[] {
  const counts = new Map<string, number>();
  for (const fact of found) counts.set(fact, (counts.get(fact) ?? 0) + 1);
  const findings: Finding[] = [];
  for (const [fact, { least, most, entry }] of bounds) {
    const count = counts.get(fact) ?? 0;
    const told = `operation ${String(entry.number)} was told ${entry.ending}`;
    if (count < least)
      findings.push({
        broken: 'lost',
        says: `${fact} is ${times(count)} in ${where}, but must be ${times(least)}: ${told}`,
      });
    else if (count > most)
      findings.push({
        broken: most === 0 ? 'not asked for' : 'twice',
        says: `${fact} is ${times(count)} in ${where}, but may be ${times(most)}: ${told}`,
      });
  }
  for (const fact of counts.keys())
    if (!bounds.has(fact))
      findings.push({ broken: 'not asked for', says: `${fact} is in ${where}, but nobody asked for it` });
  return findings;
}

function neverRefused(where: string, found: ReadonlySet<string>, bounds: ReadonlyMap<string, Bounds>): Finding[] {
  return [...found]
    .filter((fact) => (bounds.get(fact)?.most ?? 0) === 0)
    .map((fact) => ({ broken: 'not asked for', says: `${fact} is in ${where}, but nobody asked for it with success` }));
}

/** What was acknowledged before the next was asked for lies before it, under each key. */
function checkLogOrder({ entries, log }: Ledger): Finding[] {
  const askedBy = new Map(entries.flatMap((entry) => entry.operation.every.map((fact) => [fact, entry] as const)));
  const latestStart = new Map<string, { startedAtMs: number; fact: string }>();
  const findings: Finding[] = [];
  for (const { event, key, fact, place } of eventsOf(log).values()) {
    const entry = askedBy.get(fact);
    if (entry === undefined) continue;
    const lane = `${event} ${key}`;
    const before = latestStart.get(lane);
    if (before !== undefined && entry.ending === 'ok' && entry.endedAtMs < before.startedAtMs)
      findings.push({
        broken: 'out of order',
        says: `${fact} lies in the log at ${place} behind ${before.fact}, which was asked for after it was acknowledged`,
      });
    if (before === undefined || entry.startedAtMs > before.startedAtMs)
      latestStart.set(lane, { startedAtMs: entry.startedAtMs, fact });
  }
  return findings;
}

/** Each event of the log once, in the order of its key, and nothing else. */
function checkScreen(screen: ScreenAccount, { log }: Ledger): Finding[] {
  const { name } = screen;
  const inLog = eventsOf(log);
  const applied = new Map<string, number>();
  const findings: Finding[] = [];
  for (const one of screen.every) {
    const { fact } = one;
    const id = nameOf(one);
    applied.set(id, (applied.get(id) ?? 0) + 1);
    if (!inLog.has(id))
      findings.push({ broken: 'not asked for', says: `${name} applied ${fact}, which is not in the log` });
  }
  for (const [id, { fact, place }] of inLog) {
    const count = applied.get(id) ?? 0;
    if (count === 0) findings.push({ broken: 'lost', says: `${name} never applied ${fact}, in the log at ${place}` });
    if (count > 1) findings.push({ broken: 'twice', says: `${name} applied ${fact} ${times(count)}` });
  }
  if (screen.gaps > 0)
    findings.push({
      broken: 'gap',
      says: `${name} was told ${times(screen.gaps)} that what it missed cannot be filled in`,
    });
  if (screen.own !== undefined && screen.own.applied !== screen.own.inLog)
    findings.push({
      broken: 'lost',
      says: `${name} says itself that it applied ${String(screen.own.applied)} of ${String(screen.own.inLog)} events, without ${screen.own.missed.slice(0, 3).join(', ')}`,
    });
  return [...findings, ...checkScreenOrder(screen, inLog)];
}

function checkScreenOrder({ name, every }: ScreenAccount, inLog: ReadonlyMap<string, Logged>): Finding[] {
  const rank = new Map([...inLog.keys()].map((id, index) => [id, index]));
  const furthest = new Map<string, { at: number; fact: string }>();
  const findings: Finding[] = [];
  for (const one of every) {
    const { event, key, fact } = one;
    const at = rank.get(nameOf(one));
    if (at === undefined) continue;
    const lane = `${event} ${key}`;
    const before = furthest.get(lane);
    if (before !== undefined && before.at > at)
      findings.push({ broken: 'out of order', says: `${name} applied ${fact} after ${before.fact}, against the log` });
    if (before === undefined || before.at < at) furthest.set(lane, { at, fact });
  }
  return findings;
}

function checkValues(screen: ScreenAccount, { entries, dump }: Ledger): Finding[] {
  const { name, shown, settledMs } = screen;
  const late =
    settledMs !== undefined && settledMs > SETTLED_WITHIN_MS
      ? [`${name} equalled the store only ${String(settledMs)} ms after all was quiet`]
      : [];
  const stale = [
    ...screen.wentBack.map((sentence) => `on ${name} ${sentence}`),
    ...late,
    ...staleValues(name, shown, dump),
  ];
  return [
    ...neverRefused(
      name,
      screen.values,
      boundsOf(entries, ({ operation }) => operation.latest),
    ),
    ...stale.map((says) => ({ broken: 'stale' as const, says })),
  ];
}

/** Where a screen does not show what the store has, or shows what it has not, each in a sentence. */
export function staleValues(name: string, shown: readonly Shown[], dump: Dump): string[] {
  const held = new Map(shown.map(({ event, key, data }) => [`${event} ${key}`, data]));
  const left = shown
    .filter(({ event, key }) => dump.latest.get(event)?.has(key) !== true)
    .map(({ event, key }) => `${name} shows ${event} of ${key}, which the store has not`);
  const differing = [...dump.latest].flatMap(([event, values]) =>
    [...values].flatMap(([key, wanted]) => {
      const data = held.get(`${event} ${key}`) as Readonly<Record<string, unknown>> | undefined;
      if (data === undefined) return [`${name} shows no ${event} of ${key}, which the store has`];
      const wrong = Object.keys(wanted).filter(
        (field) => JSON.stringify(data[field]) !== JSON.stringify(wanted[field]),
      );
      return wrong.map(
        (field) =>
          `${name} shows ${event} of ${key} with ${field} ${JSON.stringify(data[field])}, the store has ${JSON.stringify(wanted[field])}`,
      );
    }),
  );
  return [...left, ...differing];
}

/** Events of `every` streams, each where it first lies: relays and devices repeat under the same id. */
function eventsOf(log: readonly Logged[]): Map<string, Logged> {
  const first = new Map<string, Logged>();
  for (const record of log)
    if (record.delivery === 'every' && !first.has(nameOf(record))) first.set(nameOf(record), record);
  return first;
}

const nameOf = ({ event, id }: { event: string; id: string }) => `${event} ${id}`;
const times = (count: number) => (count === 1 ? 'once' : `${String(count)} times`);
