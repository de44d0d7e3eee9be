import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { open } from 'lmdb';
import { createConnection, type Connection } from 'mongoose';
import { Disk } from '../disk.ts';
import { serveDocuments } from './documents.ts';

const disk = await Disk.watch({ file: tmpdir(), reserveBytes: 0 });

/** A server in a process of its own, which can be killed at any moment. */
const serverSource = `
  import { open } from 'lmdb';
  import { serveDocuments } from ${JSON.stringify(new URL('./documents.ts', import.meta.url).href)};
  import { Disk } from ${JSON.stringify(new URL('../disk.ts', import.meta.url).href)};
  const root = open({ path: process.argv[1], overlappingSync: false });
  const disk = await Disk.watch({ file: process.argv[1], reserveBytes: 0 });
  const { uri } = await serveDocuments({ root, disk, listen: { host: '127.0.0.1', port: 0 } });
  console.log(uri);
  process.stdin.on('end', () => process.exit()).resume();
`;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'siaga-durability-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function startServer(): Promise<{ child: ChildProcess; uri: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', serverSource, folder], {
    cwd: import.meta.dirname,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [uri] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, uri };
}

interface Ledger {
  /** `n` of every insert that was acknowledged. */
  readonly inserted: Set<number>;
  /** Acknowledged increments per counter; one more may have been made whose answer was lost. */
  readonly counted: Map<string, number>;
  tried: number;
}

/** Writes from several clients until the server is gone. */
async function writeUntilCut(connection: Connection, ledger: Ledger): Promise<void> {
  const events = connection.collection('events');
  const counters = connection.collection<{ key: string; count: number; last: number[] }>('counters');
  const insertOn = async () => {
    for (;;) {
      const n = ledger.tried++;
      await events.insertOne({ n, key: `k${n}`, tags: [`t${n % 7}`, `u${n % 3}`] });
      ledger.inserted.add(n);
    }
  };
  const countOn = async (key: string) => {
    for (;;) {
      await counters.findOneAndUpdate(
        { key },
        { $inc: { count: 1 }, $push: { last: { $each: [Date.now()], $slice: -5 } } },
        { upsert: true },
      );
      ledger.counted.set(key, (ledger.counted.get(key) ?? 0) + 1);
    }
  };
  const writers = [...Array.from({ length: 8 }, insertOn), countOn('a'), countOn('b')];
  await Promise.allSettled(writers);
}

test('kill -9 at any moment loses nothing that was acknowledged, and index and data agree', async () => {
  const ledger: Ledger = { inserted: new Set(), counted: new Map(), tried: 0 };
  let rounds = 0;
  const moments = fc.sample(fc.integer({ min: 20, max: 250 }), 8);
  for (const acknowledged of moments) {
    const { child, uri } = await startServer();
    const connection = await createConnection(uri, { dbName: 'siaga_3574', retryWrites: false }).asPromise();
    await connection.collection('events').createIndex({ key: 1 }, { unique: true }, {});
    await connection.collection('events').createIndex({ tags: 1, n: -1 }, {}, {});
    const goal = ledger.inserted.size + acknowledged;
    const exited = once(child, 'exit');
    const watch = setInterval(() => {
      if (ledger.inserted.size >= goal) child.kill('SIGKILL');
    }, 1);
    await writeUntilCut(connection, ledger);
    await exited;
    clearInterval(watch);
    await connection.close(true);
    rounds += 1;
  }
  expect(rounds).toBe(moments.length);

  const root = open({ path: folder, overlappingSync: false });
  const server = await serveDocuments({ root, disk, listen: { host: '127.0.0.1', port: 0 } });
  const connection = await createConnection(server.uri, { dbName: 'siaga_3574' }).asPromise();
  const events = connection.collection('events');
  const stored = new Set((await events.find().toArray()).map((event) => Number(event['n'])));
  expect([...ledger.inserted].filter((n) => !stored.has(n))).toEqual([]);
  expect(ledger.inserted.size).toBeGreaterThan(8 * 20);
  // Read by index, the same documents; read by a tag, exactly those that carry it.
  const byKey = await events.find({ key: { $gte: '' } }).toArray();
  expect(new Set(byKey.map((event) => Number(event['n'])))).toEqual(stored);
  for (let tag = 0; tag < 7; tag++) {
    const tagged = (await events.find({ tags: `t${tag}` }).toArray()).map((event) => Number(event['n']));
    expect(tagged.toSorted((a, b) => a - b)).toEqual(
      [...stored].filter((n) => n % 7 === tag).toSorted((a, b) => a - b),
    );
  }
  for (const [key, count] of ledger.counted) {
    const counter = await connection.collection('counters').find({ key }).toArray();
    expect(counter).toHaveLength(1);
    expect(Number(counter[0]?.['count'])).toBeGreaterThanOrEqual(count);
    expect(Number(counter[0]?.['count'])).toBeLessThanOrEqual(count + moments.length);
  }
  await connection.close();
  await server.close();
  await root.close();
}, 120_000);
