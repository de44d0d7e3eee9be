import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { open, type RootDatabase } from 'lmdb';
import { Disk } from '../disk.ts';
import { LogStore } from './store.ts';
import { logRecord, wireRecord } from './stored-record.ts';

const HOUR_MS = 3600_000;
const every = { topic: '1000.every', delivery: 'every', partitions: 1, keepForDays: 2 } as const;
const latest = { topic: '1000.latest', delivery: 'latest', partitions: 1, keepForDays: 30 } as const;
const record = (key: string, value: string | null) =>
  wireRecord({ key, value: value === null ? null : Buffer.from(value), headers: {} });

const disk = await Disk.watch({ file: tmpdir(), reserveBytes: 0 });
let folder: string;
let env: RootDatabase;
let now = 1_700_000_000_000;
let store: LogStore;

const openStore = () => {
  env = open({ path: join(folder, 'log.lmdb'), noSubdir: true, overlappingSync: false, maxDbs: 16 });
  store = new LogStore(env, { disk, now: () => now });
};
const valuesOf = (topic: string) =>
  store.read(topic, 0, 0, 1_000_000).map(([offset, stored]) => {
    const { key, value } = logRecord(stored, 0, offset);
    return `${String(offset)} ${key}=${String(value)}`;
  });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'siaga-store-'));
  openStore();
  await store.ensure([every, latest]);
});

afterEach(async () => {
  await store.close();
  await env.close();
  rmSync(folder, { recursive: true });
});

describe('the log on disk', () => {
  it('drops records of every event after the days it keeps them', async () => {
    await store.append(every.topic, [record('a', '1')]);
    now += 47 * HOUR_MS;
    await store.append(every.topic, [record('a', '2')]);
    await store.sweep();
    expect(valuesOf(every.topic)).toEqual(['0 a=1', '1 a=2']);
    now += 2 * HOUR_MS;
    await store.sweep();
    expect(valuesOf(every.topic)).toEqual(['1 a=2']);
    expect(store.ends(every.topic).partitions).toEqual([{ partition: 0, first: 1, next: 2 }]);
  });

  it('keeps a tombstone for a day, and a value written again is not taken for it', async () => {
    await store.append(latest.topic, [record('a', '1'), record('b', '1')]);
    await store.append(latest.topic, [record('a', null), record('b', null), record('b', '2')]);
    now += 23 * HOUR_MS;
    await store.sweep();
    expect(valuesOf(latest.topic)).toEqual(['2 a=null', '4 b=2']);
    now += 2 * HOUR_MS;
    await store.sweep();
    expect(valuesOf(latest.topic)).toEqual(['4 b=2']);
    await store.append(latest.topic, [record('a', '9')]);
    expect(valuesOf(latest.topic)).toEqual(['4 b=2', '5 a=9']);
  });

  it('never uses an offset twice, whatever was removed, also after a restart', async () => {
    await store.append(every.topic, [record('a', '1'), record('a', '2')]);
    await store.commit('group', every.topic, 0, 1);
    expect(await store.remove(every.topic, 0, [1, 7])).toBe(1);
    const { logId } = store;
    await store.close();
    await env.close();
    openStore();
    await store.append(every.topic, [record('a', '3')]);
    expect(valuesOf(every.topic)).toEqual(['0 a=1', '2 a=3']);
    expect(store.position('group', every.topic, 0)).toBe(1);
    expect(store.logId).toBe(logId);
  });

  it('never lets its clock fall', async () => {
    await store.append(every.topic, [record('a', '1')]);
    now -= HOUR_MS;
    await store.append(every.topic, [record('a', '2')]);
    const times = store.read(every.topic, 0, 0, 1000).map(([offset, stored]) => logRecord(stored, 0, offset).timeMs);
    expect(times[1]).toBe(times[0]);
    now += HOUR_MS;
  });

  it('gives up a transaction that fails whole, and goes on', async () => {
    const broken = record('a', 'never');
    let reads = 0;
    Object.defineProperty(broken, 2, {
      get: () => {
        if (++reads > 2) throw new Error('unreadable');
        return Buffer.from('looks fine at the door');
      },
    });
    const together = [store.append(every.topic, [record('a', '1')]), store.append(every.topic, [broken])];
    for (const { status } of await Promise.allSettled(together)) expect(status).toBe('rejected');
    await store.append(every.topic, [record('a', '2')]);
    expect(valuesOf(every.topic)).toEqual(['0 a=2']);
  });

  it('keeps what a topic is: its delivery cannot change, its partitions do not', async () => {
    await expect(store.ensure([{ ...every, delivery: 'latest' }])).rejects.toMatchObject({ kind: 'conflict' });
    await store.ensure([{ ...every, partitions: 5, keepForDays: 1 }]);
    expect(store.ends(every.topic).partitions).toHaveLength(1);
    expect(() => store.ends('1000.unknown')).toThrow('no topic');
  });
});
