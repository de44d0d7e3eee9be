import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkLedger, type Ledger, type Promised, type ScreenAccount } from './check-ledger.ts';
import type { Logged } from './log-dump.ts';
import type { Ending, Entry } from './operation.ts';
import type { Applied } from './screen-log.ts';

/** What became of one operation of a random history. */
interface Deed {
  lane: number;
  ending: Ending;
  /** Of an unanswered one: whether it happened after all. */
  happened: boolean;
  /** Its event lies in the log twice, as a relay leaves it that died before it knew. */
  repeated: boolean;
}

const aDeed: fc.Arbitrary<Deed> = fc.record({
  lane: fc.nat({ max: 2 }),
  ending: fc.constantFrom('ok', 'ok', 'ok', 'refused', 'unknown'),
  happened: fc.boolean(),
  repeated: fc.boolean(),
});
const aHistory = fc.array(aDeed, { minLength: 1, maxLength: 25 });

const EVENT = 'test.deed.done';
const VALUE = 'test.deed.last';

function screenOf(name: string, log: readonly Logged[]): Writable<ScreenAccount> {
  const every: Applied[] = [];
  const shown = new Map<string, { event: string; key: string; data: unknown }>();
  for (const { delivery, event, key, id, fact, place } of log) {
    if (delivery === 'latest') shown.set(key, { event, key, data: { fact } });
    else if (!every.some((applied) => applied.id === id)) every.push({ event, key, id, fact, place, atMs: 1 });
  }
  const values = new Set(log.filter(({ delivery }) => delivery === 'latest').map(({ fact }) => fact));
  return { name, every, values, wentBack: [], gaps: 0, shown: [...shown.values()], own: undefined, settledMs: 100 };
}

type Writable<Value> = { -readonly [Field in keyof Value]: Value[Field] extends readonly (infer Item)[] ? Item[] : Value[Field] }; // prettier-ignore

interface Kept {
  entries: Entry[];
  log: Logged[];
  documents: string[];
  screens: Writable<ScreenAccount>[];
  ledger: Ledger;
}

/** A history whose promise was kept. */
function kept(deeds: readonly Deed[]): Kept {
  const entries: Entry[] = [];
  const log: Logged[] = [];
  const documents: string[] = [];
  const latest = new Map<string, { fact: string }>();
  for (const [index, { lane, ending, happened, repeated }] of deeds.entries()) {
    const [key, fact] = [`key ${String(lane)}`, `deed ${String(index)}`];
    const operation = { says: fact, every: [fact], latest: [`${fact} last`], documents: [fact] };
    const times = { startedAtMs: index * 10, endedAtMs: index * 10 + 5 };
    entries.push({ number: index + 1, driver: 'test', lane: key, operation, ending, attempts: 1, ...times });
    if (ending === 'refused' || (ending === 'unknown' && !happened)) continue;
    const logged: Logged = {
      event: EVENT,
      delivery: 'every',
      key,
      id: `id ${fact}`,
      fact,
      place: `0@${String(index)}`,
    };
    log.push(logged, ...(repeated ? [{ ...logged, place: `0@${String(index)} again` }] : []));
    log.push({ ...logged, event: VALUE, delivery: 'latest', fact: `${fact} last` });
    documents.push(fact);
    latest.set(key, { fact: `${fact} last` });
  }
  const screens = [screenOf('wall', log), screenOf('raw screen', log)];
  const ledger = { entries, log, screens, dump: { documents, latest: new Map([[VALUE, latest]]) } };
  return { entries, log, documents, screens, ledger };
}

const okIn = ({ entries }: Kept) => entries.find(({ ending }) => ending === 'ok')?.operation.says;
const sameLane = (items: readonly { key: string }[]) => {
  for (const [index, one] of items.entries()) {
    const other = items.findIndex(({ key }, later) => later > index && key === one.key);
    if (other !== -1) return [index, other] as const;
  }
  return undefined;
};
function swap(items: unknown[], pair: readonly [number, number] | undefined): boolean {
  const [one, other] = [items[pair?.[0] ?? -1], items[pair?.[1] ?? -1]];
  if (pair === undefined || one === undefined || other === undefined) return false;
  items[pair[0]] = other;
  items[pair[1]] = one;
  return true;
}
function removeAll<Item>(items: Item[], is: (item: Item) => boolean): boolean {
  const left = items.filter((item) => !is(item));
  return items.splice(0, items.length, ...left).length > left.length;
}
/** Sets a field; false when there is no screen. */
function set(screen: Writable<ScreenAccount> | undefined, fields: Partial<Writable<ScreenAccount>>): boolean {
  if (screen !== undefined) Object.assign(screen, fields);
  return screen !== undefined;
}

/** Ways to break a history; false when this one has nothing to break. */
const plants: readonly { broken: Promised; what: string; plant: (of: Kept) => boolean }[] = [
  {
    broken: 'lost',
    what: 'an acknowledged event is missing in the log',
    plant: (of) => removeAll(of.log, ({ fact }) => fact === okIn(of)),
  },
  {
    broken: 'lost',
    what: 'an acknowledged fact is missing in the documents',
    plant: (of) => removeAll(of.documents, (fact) => fact === okIn(of)),
  },
  {
    broken: 'lost',
    what: 'a screen never applied an event',
    plant: ({ screens: [wall] }) => wall?.every.pop() !== undefined,
  },
  {
    broken: 'twice',
    what: 'a screen applied an event twice',
    plant: ({ screens: [, raw] }) => {
      const [first] = raw?.every ?? [];
      return first !== undefined && raw?.every.push({ ...first }) !== undefined;
    },
  },
  {
    broken: 'twice',
    what: 'a fact is stored twice',
    plant: ({ documents }) => documents[0] !== undefined && documents.push(documents[0]) > 0,
  },
  {
    broken: 'twice',
    what: 'one fact lies in the log under two ids',
    plant: ({ log }) => {
      const first = log.find(({ delivery }) => delivery === 'every');
      return first !== undefined && log.push({ ...first, id: 'another id' }) > 0;
    },
  },
  {
    broken: 'out of order',
    what: 'a screen applied two events of a key the wrong way round',
    plant: ({ screens: [wall] }) => wall !== undefined && swap(wall.every, sameLane(wall.every)),
  },
  {
    broken: 'out of order',
    what: 'the log has them the wrong way round',
    plant: (of) => {
      const acknowledged = new Set(
        of.entries.filter(({ ending }) => ending === 'ok').map(({ operation }) => operation.says),
      );
      const once = of.log.filter(({ delivery, fact }) => delivery === 'every' && acknowledged.has(fact));
      const first = [...new Map(once.map((record) => [record.id, record])).values()];
      const done = swap(first, sameLane(first));
      of.log.splice(0, of.log.length, ...first);
      return done;
    },
  },
  {
    broken: 'not asked for',
    what: 'something refused is in the log',
    plant: ({ entries, log }) => {
      const fact = entries.find(({ ending }) => ending === 'refused')?.operation.says;
      return (
        fact !== undefined && log.push({ event: EVENT, delivery: 'every', key: 'k', id: 'i', fact, place: '' }) > 0
      );
    },
  },
  {
    broken: 'not asked for',
    what: 'a screen applied what the log does not have',
    plant: ({ screens: [wall] }) =>
      (wall?.every.push({ event: EVENT, key: 'k', id: 'phantom', fact: 'phantom', place: '', atMs: 1 }) ?? 0) > 0,
  },
  {
    broken: 'not asked for',
    what: 'a document nobody asked for',
    plant: ({ documents }) => documents.push('phantom') > 0,
  },
  {
    broken: 'not asked for',
    what: 'a screen showed a value that was refused',
    plant: ({ entries, screens: [wall] }) => {
      const fact = entries.find(({ ending }) => ending === 'refused')?.operation.latest[0];
      if (wall === undefined || fact === undefined) return false;
      wall.values = new Set([...wall.values, fact]);
      return true;
    },
  },
  {
    broken: 'stale',
    what: 'a screen shows an old value',
    plant: ({ screens: [wall] }) => {
      const [first] = wall?.shown ?? [];
      if (wall === undefined || first === undefined) return false;
      wall.shown[0] = { ...first, data: { fact: 'old' } };
      return true;
    },
  },
  { broken: 'stale', what: 'a screen lacks a value', plant: ({ screens: [wall] }) => wall?.shown.pop() !== undefined },
  {
    broken: 'stale',
    what: 'a screen still shows what was taken out of the store',
    plant: ({ screens: [wall] }) => (wall?.shown.push({ event: VALUE, key: 'gone', data: { fact: 'gone' } }) ?? 0) > 0,
  },
  {
    broken: 'lost',
    what: 'a screen says itself that it missed an event',
    plant: ({ screens: [wall] }) => set(wall, { own: { inLog: 2, applied: 1, missed: ['e1'] } }),
  },
  {
    broken: 'stale',
    what: 'a value went back',
    plant: ({ screens: [wall] }) => (wall?.wentBack.push('it went back') ?? 0) > 0,
  },
  {
    broken: 'stale',
    what: 'a screen was too slow to equal the store',
    plant: ({ screens: [wall] }) => set(wall, { settledMs: 2001 }),
  },
  {
    broken: 'gap',
    what: 'a screen was told that it missed something for good',
    plant: ({ screens: [wall] }) => set(wall, { gaps: 1 }),
  },
];

describe('the checker of a ledger', () => {
  it('finds nothing in a history whose promise was kept, repeats in the log included', () => {
    fc.assert(
      fc.property(aHistory, (deeds) => {
        expect(checkLedger(kept(deeds).ledger)).toEqual([]);
      }),
    );
  });

  it.each(plants)('says "$broken" when $what', ({ broken, plant }) => {
    fc.assert(
      fc.property(aHistory, (deeds) => {
        const history = kept(deeds);
        fc.pre(plant(history));
        expect(checkLedger(history.ledger).map((finding) => finding.broken)).toContain(broken);
      }),
    );
  });

  it('says it in a sentence that names fact, place and operation', () => {
    const history = kept([{ lane: 0, ending: 'ok', happened: true, repeated: false }]);
    history.documents.pop();
    expect(checkLedger(history.ledger)).toEqual([
      { broken: 'lost', says: 'deed 0 is 0 times in the documents, but must be once: operation 1 was told ok' },
    ]);
  });
});
