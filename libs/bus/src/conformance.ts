import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, randomCities, startTestProcess } from '@siaga/testing';
import fc from 'fast-check';
import path from 'node:path';
import { partitionOf } from '@siaga/engine';
import { Hold, type Batch, type EventLog, type LogRecord, type NewRecord, type TopicSettings } from './event-log.ts';

/** A log to hold against the suite: its server may be killed and comes back with what it had promised to keep. */
export interface LogUnderTest {
  /** A client of its own, closed by the suite. */
  open(): Promise<EventLog>;
  /** Environment that leads `openEventLog` to it. */
  env: Record<string, string>;
  kill9(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface LogTraits {
  /** Rounds of kill -9 while records are written. */
  kills: number;
  /** The log can purge, and compacts while it appends; otherwise some time later. */
  engine: boolean;
}

const member = path.resolve(import.meta.dirname, 'conformance-member.ts');
const [city = '1000'] = randomCities(1);
let topics = 0;

/** What every adapter of {@link EventLog} must hold. */
export function conformance(name: string, start: () => Promise<LogUnderTest>, traits: LogTraits): void {
  describe(`${name}: an event log`, () => {
    let under: LogUnderTest;
    let log: EventLog;

    beforeAll(async () => {
      under = await start();
      log = await under.open();
    }, 60_000);

    afterAll(async () => {
      await log.close();
      await under.stop();
    }, 60_000);

    async function topic(settings: Partial<TopicSettings> = {}): Promise<string> {
      const made = { topic: `${city}.t${String(++topics)}`, delivery: 'every', partitions: 3, keepForDays: 1 } as const;
      await log.ensure([{ ...made, ...settings }]);
      return made.topic;
    }

    it('keeps records as they were written, their order per key, under offsets that grow', async () => {
      const name_ = await topic();
      await fc.assert(
        fc.asyncProperty(fc.array(newRecord, { minLength: 1, maxLength: 30 }), async (records) => {
          const before = await log.ends(name_);
          await log.append(name_, records);
          const read = await readFrom(log, name_, before);
          expect(sorted(read.map(content))).toEqual(sorted(records.map(content)));
          for (const key of new Set(records.map((record) => record.key)))
            expect(ofKey(read, key).map(content)).toEqual(ofKey(records, key).map(content));
        }),
        { numRuns: traits.engine ? 40 : 8 },
      );
    });

    it('keeps the order of appends that were not waited for', async () => {
      const name_ = await topic();
      await Promise.all(numbers(200).map((count) => log.append(name_, [record('k', count)])));
      expect((await readAll(log, name_)).map(({ value }) => Number(value))).toEqual(numbers(200));
    });

    it('is read from the start, from offsets and from a time', async () => {
      const name_ = await topic({ partitions: 1 });
      await log.append(name_, numbers(10).map((count) => record('k', count))); // prettier-ignore
      const early = await readAll(log, name_);
      const lastMs = early.at(-1)?.timeMs ?? 0;
      await eventually(() => {
        expect(Date.now()).toBeGreaterThan(lastMs + 1);
      });
      await log.append(name_, numbers(5).map((count) => record('k', count + 10))); // prettier-ignore
      const valuesFrom = async (from: Parameters<typeof read>[2]) =>
        (await read(log, name_, from)).map(({ value }) => Number(value));
      expect(await valuesFrom('start')).toEqual(numbers(15));
      expect(await valuesFrom({ sinceMs: lastMs + 1 })).toEqual([11, 12, 13, 14, 15]);
      const offset = early[6]?.offset ?? 0;
      expect(await valuesFrom({ offsets: new Map([[0, offset]]) })).toEqual(numbers(15).slice(6));
      expect(await valuesFrom({ sinceMs: Date.now() + 60_000 })).toEqual([]);
    });

    it('gives each record to one member of a group, commits, and goes on there with the next member', async () => {
      const name_ = await topic();
      await log.append(name_, numbers(50).map((count) => record(`k${String(count % 7)}`, count))); // prettier-ignore
      const first = await worker(log, 'group-a', name_);
      await eventually(() => {
        expect(first.values().sort(ascending)).toEqual(numbers(50));
      }, 30_000);
      await eventually(async () => {
        expect(await lagOf(log, 'group-a', name_)).toBe(0);
      });
      await first.close();
      await log.append(name_, [record('k1', 51)]);
      const second = await worker(log, 'group-a', name_);
      const other = await worker(log, 'group-b', name_);
      await eventually(() => {
        expect(second.values()).toEqual([51]);
        expect(other.values().sort(ascending)).toEqual(numbers(51));
      }, 30_000);
      await Promise.all([second.close(), other.close()]);
    });

    it('offers a refused batch again, in order, while other partitions go on', async () => {
      const name_ = await topic({ partitions: 2 });
      const [held, free] = keysOfTwoPartitions(2);
      let refusals = 0;
      const works = await worker(log, 'group-hold', name_, ({ records }) => {
        if (records[0]?.key === held && ++refusals <= 3) throw new Hold(200, new Error('not now'));
      });
      await log.append(name_, [1, 2, 3].map((count) => record(held, count))); // prettier-ignore
      await eventually(() => {
        expect(refusals).toBeGreaterThan(0);
      }, 30_000);
      await log.append(name_, [record(free, 10)]);
      await eventually(() => {
        expect(works.values()).toContain(10);
      }, 30_000);
      await eventually(() => {
        expect(works.values().filter((count) => count < 10)).toEqual([1, 2, 3]);
      }, 30_000);
      await works.close();
    });

    it('keeps the newest of each key on a topic of latest values, tombstones too', async () => {
      const name_ = await topic({ delivery: 'latest' });
      for (const count of numbers(5))
        await log.append(name_, ['a', 'b', 'c'].map((key) => record(key, count))); // prettier-ignore
      await log.append(name_, [{ key: 'b', value: null, headers: { ce_id: 'gone' } }]);
      const read_ = await readAll(log, name_);
      const newest = new Map(read_.map(({ key, value }) => [key, value?.toString()]));
      expect(newest).toEqual(
        new Map([
          ['a', '5'],
          ['b', undefined],
          ['c', '5'],
        ]),
      );
      expect(read_.find(({ value }) => value === null)?.headers).toMatchObject({ ce_id: 'gone' });
      if (traits.engine) expect(read_).toHaveLength(3);
    });

    if (traits.engine)
      it('removes for good what is purged, and never uses an offset twice', async () => {
        const name_ = await topic({ delivery: 'latest', partitions: 1 });
        await log.append(name_, ['a', 'b', 'c'].map((key) => record(key, 1))); // prettier-ignore
        expect(await log.purge(name_, ({ key }) => key === 'c')).toBe(1);
        expect((await readAll(log, name_)).map(({ key }) => key)).toEqual(['a', 'b']);
        await log.append(name_, [record('c', 2)]);
        expect((await readAll(log, name_)).map(({ offset }) => offset)).toEqual([0, 1, 3]);
      });
    else
      it('says that it cannot purge', async () => {
        await expect(log.purge(await topic(), () => true)).rejects.toMatchObject({ kind: 'unavailable' });
      });

    it('refuses what it cannot keep', async () => {
      const name_ = await topic();
      await expect(log.append(name_, [{ ...record('k', 1), value: Buffer.alloc(1_100_000) }])).rejects.toMatchObject({
        kind: 'too-large',
      });
      await expect(log.append(name_, [record('k'.repeat(513), 1)])).rejects.toMatchObject({ kind: 'invalid' });
      expect(await readAll(log, name_)).toEqual([]);
    });

    it('gives the work of a member that was killed to one that stands by', async () => {
      const name_ = await topic({ partitions: 1 });
      const doomed = startTestProcess(member, ['group-kill', name_], under.env);
      expect(await doomed.message()).toBe('joined');
      await log.append(name_, [record('k', 1)]);
      expect(await doomed.message()).toEqual([1]);
      const standby = await worker(log, 'group-kill', name_);
      await doomed.kill9();
      await log.append(name_, [record('k', 2)]);
      await eventually(() => {
        expect(standby.values()).toContain(2);
      }, 40_000);
      await standby.close();
    }, 90_000);

    it('takes no commit of a frozen member whose work was given away, and hands it nothing of that work', async () => {
      const name_ = await topic({ partitions: 1 });
      const zombie = startTestProcess(member, ['group-freeze', name_, 'hold-work'], under.env);
      expect(await zombie.message()).toBe('joined');
      await log.append(name_, [record('k', 1)]);
      expect(await zombie.message()).toEqual([1]); // it works on this batch until it is told to finish
      zombie.child.kill('SIGSTOP');
      const standby = await worker(log, 'group-freeze', name_);
      await log.append(name_, numbers(5).map((count) => record('k', count + 1))); // prettier-ignore
      await eventually(() => {
        expect(standby.values()).toEqual([1, 2, 3, 4, 5, 6]);
      }, 40_000);
      await eventually(async () => {
        expect(await lagOf(log, 'group-freeze', name_)).toBe(0);
      });
      const committed = await log.positions('group-freeze', name_);
      zombie.child.kill('SIGCONT');
      zombie.child.send('finish');
      expect(await zombie.message()).toBe('finished');
      await log.append(name_, [record('k', 7)]);
      await eventually(async () => {
        expect(await lagOf(log, 'group-freeze', name_)).toBe(0);
      }, 40_000);
      const after = await log.positions('group-freeze', name_);
      expect(after.get(0)).toBeGreaterThan(committed.get(0) ?? 0);
      zombie.child.send('report');
      const handled = (await zombie.message()) as number[];
      expect(handled.filter((count) => count > 1 && count < 7)).toEqual([]);
      await standby.close();
      await zombie.kill9();
    }, 120_000);

    it(`loses nothing it acknowledged when killed ${String(traits.kills)} times; a reader misses and repeats nothing`, async () => {
      const name_ = await topic();
      const acknowledged = new Set<number>();
      const seen = new Map<string, LogRecord>();
      const repeated: string[] = [];
      const following = await log.follow({
        topics: [{ topic: name_, from: 'start' }],
        onBatch: ({ records }) => {
          for (const one of records) {
            const at = `${String(one.partition)}/${String(one.offset)}`;
            if (seen.has(at)) repeated.push(at);
            seen.set(at, one);
          }
        },
      });
      let writing = true;
      let written = 0;
      const writers = numbers(8).map(async () => {
        while (writing) {
          const count = ++written;
          await log.append(name_, [record(`k${String(count % 20)}`, count)]).then(
            () => acknowledged.add(count),
            () => undefined,
          );
        }
      });
      for (let kill = 0; kill < traits.kills; kill++) {
        const before = acknowledged.size;
        await eventually(() => {
          expect(acknowledged.size).toBeGreaterThan(before + 20);
        }, 60_000);
        await delay(Math.random() * 100); // the moment is the experiment
        await under.kill9();
        await under.restart();
      }
      writing = false;
      await Promise.all(writers);
      const kept = await readAll(log, name_);
      const values = new Set(kept.map(({ value }) => Number(value)));
      expect([...acknowledged].filter((count) => !values.has(count))).toEqual([]);
      expect(acknowledged.size).toBeGreaterThan(traits.kills * 20);
      await eventually(() => {
        expect([...seen.keys()].sort()).toEqual(kept.map(({ partition, offset }) => `${String(partition)}/${String(offset)}`).sort()); // prettier-ignore
      }, 60_000);
      expect(repeated).toEqual([]);
      await following.close();
    }, 300_000);
  });
}

const newRecord: fc.Arbitrary<NewRecord> = fc.record({
  key: fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }).filter((key) => key.isWellFormed()),
  value: fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value))),
  ),
  headers: fc.dictionary(fc.stringMatching(/^[a-z][a-z_]{0,9}$/), fc.string({ unit: 'grapheme', maxLength: 20 })),
});

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at + 1);
const ascending = (a: number, b: number) => a - b;
const record = (key: string, count: number): NewRecord => ({ key, value: Buffer.from(String(count)), headers: {} });
const content = ({ key, value, headers }: NewRecord) =>
  JSON.stringify([key, value?.toString('base64'), Object.entries(headers).sort()]);
const sorted = (texts: string[]) => texts.sort();
const ofKey = <One extends NewRecord>(records: readonly One[], key: string) => records.filter((one) => one.key === key);

/** Everything the log holds of a topic now. */
const readAll = (log: EventLog, topic: string) => read(log, topic, 'start');

async function read(
  log: EventLog,
  topic: string,
  from: 'start' | { sinceMs: number } | { offsets: ReadonlyMap<number, number> },
): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  const following = await log.follow({
    topics: [{ topic, from }],
    onBatch: (batch) => void records.push(...batch.records),
  });
  await following.caughtUp;
  await following.close();
  return records;
}

function readFrom(log: EventLog, topic: string, ends: Awaited<ReturnType<EventLog['ends']>>): Promise<LogRecord[]> {
  return read(log, topic, { offsets: new Map(ends.partitions.map(({ partition, next }) => [partition, next])) });
}

async function lagOf(log: EventLog, group: string, topic: string): Promise<number> {
  const [positions, { partitions }] = await Promise.all([log.positions(group, topic), log.ends(topic)]);
  return partitions.reduce((lag, { partition, next }) => lag + next - (positions.get(partition) ?? 0), 0);
}

async function worker(log: EventLog, group: string, topic: string, before: (batch: Batch) => void = () => undefined) {
  const done: LogRecord[] = [];
  const membership = await log.join({
    group,
    topics: [topic],
    onBatch: (batch) => {
      before(batch);
      done.push(...batch.records);
      return Promise.resolve();
    },
  });
  return { values: () => done.map(({ value }) => Number(value)), close: () => membership.close() };
}

function keysOfTwoPartitions(partitions: number): [string, string] {
  const byPartition = new Map(numbers(50).map((count) => [partitionOf(`k${String(count)}`, partitions), `k${String(count)}`])); // prettier-ignore
  return [byPartition.get(0) ?? '', byPartition.get(1) ?? ''];
}
