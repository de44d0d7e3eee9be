import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startEngineProcess, type EngineProcess } from '@siaga/testing';
import { createConnection } from 'mongoose';
import { startEngine } from '../engine.ts';
import { connectLog } from '../log/client.ts';
import type { EventLog } from '../log/event-log.ts';
import { makeBackup } from './ask-backup.ts';
import { DATABASE, readManifest } from './manifest.ts';
import { restoreBackup } from './restore.ts';

const settings = { topic: '1000.t', delivery: 'every', partitions: 2, keepForDays: 1 } as const;
const about = { keep: 7, city: '1000', siaga: 'test' };

let folder: string;
let to: string;
let engine: EngineProcess;
let log: EventLog;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'siaga-backup-'));
  to = path.join(folder, 'backups');
  engine = await startEngineProcess({ dataDir: path.join(folder, 'data') });
  log = connectLog(engine.logSocket);
  await log.ensure([settings]);
});

afterEach(async () => {
  await log.close();
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
});

const append = (text: string) =>
  log.append(settings.topic, [
    { key: `k${String(text.length)}${text.at(-1) ?? ''}`, value: Buffer.from(text), headers: {} },
  ]);

async function contentOf(source: EventLog): Promise<string[]> {
  const values: string[] = [];
  const following = await source.follow({
    topics: [{ topic: settings.topic, from: 'start' }],
    onBatch: ({ records }) => {
      for (const { value } of records) values.push(String(value));
    },
  });
  await following.caughtUp;
  await following.close();
  return values.toSorted();
}

/** Starts an engine on restored data, looks, and stops it. */
async function restored<Seen>(from: string, look: (log: EventLog, mongoUri: string) => Promise<Seen>): Promise<Seen> {
  const dataDir = path.join(folder, 'restored');
  await restoreBackup({ from, dataDir, replace: true });
  const again = await startEngine({ dataDir });
  const source = connectLog(again.logSocket);
  try {
    return await look(source, again.mongoUri);
  } finally {
    await source.close();
    await again.close();
  }
}

describe('a backup', () => {
  it('of an engine that is writing holds everything acknowledged before it, once, and comes back as another log', async () => {
    await writeFile(path.join(engine.dataDir, 'secret'), 'the secret', { mode: 0o600 });
    const documents = await createConnection(engine.mongoUri, { dbName: 'siaga_1000' }).asPromise();
    await documents.collection('trucks').insertOne({ plate: 'N 1' });
    const before: string[] = [];
    const after: string[] = [];
    const moment: { made?: true; over?: true } = {};
    const writing = (async () => {
      for (let number = 0; moment.over === undefined; number++) {
        await append(String(number).padEnd(5000));
        (moment.made === undefined ? before : after).push(String(number).padEnd(5000));
      }
    })();
    while (before.length < 200) await append('waits for the writer');
    const held = [...before];
    const done = await makeBackup(engine.logSocket, { ...about, to });
    moment.made = true;
    while (after.length < 50) await append('waits for the writer');
    moment.over = true;
    await writing;
    const { logId } = await log.ends(settings.topic);
    expect(done).toMatchObject({ done: true, outside: true, removed: [] });
    expect(await log.storage?.()).toMatchObject({ lastBackup: { atMs: done.atMs, bytes: done.bytes } });

    const manifest = await readManifest(done.folder);
    expect(manifest).toMatchObject({ logId, city: '1000', siaga: 'test', bytes: done.bytes });
    const taken = manifest.positions.reduce((sum, { next }) => sum + next, 0);
    for (const name of await readdir(done.folder))
      expect((await stat(path.join(done.folder, name))).mode & 0o077).toBe(0);

    await restored(done.folder, async (source, mongoUri) => {
      const content = await contentOf(source);
      expect(content).toHaveLength(taken);
      const numbered = content.filter((text) => /^\d/.test(text));
      expect(new Set(numbered).size).toBe(numbered.length);
      expect(held.filter((text) => !numbered.includes(text))).toEqual([]);
      expect(after.slice(-50).filter((text) => numbered.includes(text))).toEqual([]);
      expect((await source.ends(settings.topic)).logId).not.toBe(logId);
      expect(await source.storage?.()).toMatchObject({ lastBackup: { atMs: done.atMs } });
      const copy = await createConnection(mongoUri, { dbName: 'siaga_1000' }).asPromise();
      expect(await copy.collection('trucks').countDocuments({ plate: 'N 1' })).toBe(1);
      await copy.close();
    });
    expect(await readFile(path.join(folder, 'restored/secret'), 'utf8')).toBe('the secret');
    await documents.close();
  }, 60_000);

  it('is refused while another is made, in a folder that cannot be made, and without an engine', async () => {
    for (let number = 0; number < 30; number++) await append(String(number).padEnd(900_000));
    const both = await Promise.allSettled([
      makeBackup(engine.logSocket, { ...about, to }),
      makeBackup(engine.logSocket, { ...about, to }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { kind: 'conflict' } });
    await expect(makeBackup(engine.logSocket, { ...about, to: '/proc/backups' })).rejects.toMatchObject({
      ...{ kind: 'invalid', message: expect.stringContaining('disknya sudah terpasang?') as unknown },
    });
    expect(await readdir(to)).toHaveLength(1);
  }, 30_000);

  it('keeps the newest whole ones and itself, removes older ones only after it is whole, and what a crash left', async () => {
    const whole = ['siaga-1000-20200101T000000Z', 'siaga-1000-20210101T000000Z', 'siaga-2000-20200101T000000Z'];
    const ahead = 'siaga-1000-20991231T000000Z'; // made while the clock was wrong
    for (const name of [
      ...whole,
      ahead,
      'siaga-1000-20220101T000000Z.partial',
      'siaga-1000-20980101T000000Z',
      'photos',
    ])
      await mkdir(path.join(to, name), { recursive: true });
    for (const name of [...whole, ahead]) await writeFile(path.join(to, name, 'manifest.json'), '{}');
    const done = await makeBackup(engine.logSocket, { ...about, to, keep: 2 });
    expect(done.removed).toEqual(['siaga-1000-20210101T000000Z', 'siaga-1000-20200101T000000Z']);
    expect((await readdir(to)).toSorted()).toEqual([
      'photos',
      path.basename(done.folder),
      'siaga-1000-20980101T000000Z', // empty: no backup, so nobody's place
      ahead,
      'siaga-2000-20200101T000000Z',
    ]);
  });

  it('within one second of another has its own name, sorted behind it, and makes room for the next like any', async () => {
    const second = (number: number) => new Date(Date.now() + number * 1000).toISOString().replaceAll(/[-:]|\.\d+/g, '');
    // whenever it comes to its turn in the next two minutes, somebody was there before
    const earlier = Array.from({ length: 120 }, (_, number) => `siaga-1000-${second(number)}`);
    for (const name of earlier) {
      await mkdir(path.join(to, name), { recursive: true });
      await writeFile(path.join(to, name, 'manifest.json'), '{}');
    }
    const made = path.basename((await makeBackup(engine.logSocket, { ...about, to, keep: 1000 })).folder);
    expect(earlier.map((name) => `${name}-2`)).toContain(made);
    const first = made.slice(0, -'-2'.length);
    expect([made, first].toSorted()).toEqual([first, made]);
    const { removed } = await makeBackup(engine.logSocket, { ...about, to, keep: 1 });
    expect(removed).toEqual(expect.arrayContaining([made, ...earlier]));
  }, 30_000);

  it("holds added cities and the city's own certificates, for its owner only, and brings them back", async () => {
    const beside = { 'cities.json': '[]', 'tls/ca.crt': 'a certificate', 'tls/ca.key': 'a key', secret: 'a secret' };
    await mkdir(path.join(engine.dataDir, 'tls'));
    for (const [name, text] of Object.entries(beside)) await writeFile(path.join(engine.dataDir, name), text);
    await writeFile(path.join(engine.dataDir, 'tls/city.crt.new'), 'half');
    const { folder: from } = await makeBackup(engine.logSocket, { ...about, to });
    const modeOf = async (file: string) => ((await stat(file)).mode & 0o777).toString(8);
    expect([await modeOf(from), await modeOf(path.join(from, 'tls'))]).toEqual(['700', '700']);
    expect(await modeOf(path.join(from, 'tls/ca.key'))).toBe('600');
    const named = (await readManifest(from)).files.map(({ name }) => name);
    expect(named.toSorted()).toEqual([DATABASE, ...Object.keys(beside)].toSorted());

    const dataDir = path.join(folder, 'another machine');
    await restoreBackup({ from, dataDir, replace: false });
    for (const [name, text] of Object.entries(beside))
      expect(await readFile(path.join(dataDir, name), 'utf8')).toBe(text);
    expect(await readdir(path.join(dataDir, 'tls'))).toEqual(['ca.crt', 'ca.key']);
    expect([await modeOf(path.join(dataDir, 'tls')), await modeOf(path.join(dataDir, 'tls/ca.key'))]).toEqual([
      '700',
      '600',
    ]);
  });

  it('that names a file elsewhere is none', async () => {
    const { folder: from } = await makeBackup(engine.logSocket, { ...about, to });
    const manifest = await readManifest(from);
    const [file] = manifest.files;
    for (const name of ['../secret', 'tls/../../secret.key', 'tls/.key', '/etc/x.key']) {
      await writeFile(
        path.join(from, 'manifest.json'),
        JSON.stringify({ ...manifest, files: [file, { ...file, name }] }),
      );
      await expect(restoreBackup({ from, dataDir: path.join(folder, 'new'), replace: false })).rejects.toThrow(
        'bukan cadangan utuh',
      );
    }
  });

  it('inside the data folder does not count', async () => {
    const done = await makeBackup(engine.logSocket, { ...about, to: path.join(engine.dataDir, 'backups') });
    expect(done.outside).toBe(false);
    expect(await log.storage?.()).not.toHaveProperty('lastBackup');
  });
});

describe('a restore', () => {
  it('is refused on a running engine, over data nobody gave up, and from a damaged backup, and changes nothing', async () => {
    await append('kept');
    const { folder: from } = await makeBackup(engine.logSocket, { ...about, to });
    const { dataDir } = engine;
    await expect(restoreBackup({ from, dataDir, replace: true })).rejects.toThrow('Siaga sudah berjalan');
    await engine.kill9();
    await expect(restoreBackup({ from, dataDir, replace: false })).rejects.toThrow('--replace');
    await expect(restoreBackup({ from: to, dataDir, replace: true })).rejects.toThrow(`the newest in it: ${from}`);
    const unmounted = path.join(to, 'unmounted');
    await expect(restoreBackup({ from: unmounted, dataDir, replace: true })).rejects.toThrow('is its disk mounted?');
    await writeFile(path.join(from, DATABASE), 'x', { flag: 'a' });
    await expect(restoreBackup({ from, dataDir, replace: true })).rejects.toThrow('checksum');
    await rm(path.join(from, 'manifest.json'));
    await expect(restoreBackup({ from, dataDir, replace: true })).rejects.toThrow('bukan cadangan utuh');
    await engine.restart();
    // neither the guard that was killed nor those of the restores that were refused
    expect((await readdir(dataDir)).filter((name) => name.endsWith('.sock'))).toHaveLength(1);
    await log.close();
    log = connectLog(engine.logSocket);
    expect(await contentOf(log)).toEqual(['kept']);
  });

  it('moves another installation aside whole, also what the backup has nothing of, and mixes none of it in', async () => {
    await append('of the backup');
    const { folder: from } = await makeBackup(engine.logSocket, { ...about, to });
    const dataDir = path.join(folder, 'another city');
    const other = await startEngine({ dataDir });
    await other.close();
    const own = { secret: 'its secret', 'cities.json': '[]', 'tls/ca.key': 'its key', 'tls/notes.txt': 'by hand' };
    await mkdir(path.join(dataDir, 'tls'));
    for (const [name, text] of Object.entries(own)) await writeFile(path.join(dataDir, name), text);

    const { replaced = '' } = await restoreBackup({ from, dataDir, replace: true });
    expect(path.basename(replaced)).toMatch(/^replaced-\d{8}T\d{6}Z$/);
    for (const [name, text] of Object.entries(own))
      expect(await readFile(path.join(replaced, name), 'utf8')).toBe(text);
    expect((await readdir(dataDir)).toSorted()).toEqual([path.basename(replaced), DATABASE]);
    const back = await startEngine({ dataDir: replaced }); // it is whole: another folder for it is all it needs
    await back.close();

    await rm(path.join(dataDir, DATABASE));
    await writeFile(path.join(dataDir, 'secret'), 'of a city that keeps its data elsewhere');
    await expect(restoreBackup({ from, dataDir, replace: false })).rejects.toThrow('--replace');
    expect(await readFile(path.join(dataDir, 'secret'), 'utf8')).toMatch(/^of a city/);
  });
});

describe('a database that is damaged', () => {
  it.each([
    ['empty', (file: string) => truncate(file, 0)],
    ['cut off', (file: string) => truncate(file, 8192)],
    ['overwritten', (file: string) => writeFile(file, 'not a database'.repeat(10_000))],
  ])('(%s) is refused with the way out, and never taken for a new one', async (_, damage) => {
    for (let number = 0; number < 100; number++) await append(String(number));
    await engine.kill9();
    await damage(path.join(engine.dataDir, DATABASE));
    await expect(startEngine({ dataDir: engine.dataDir })).rejects.toThrow('npm run -s siaga -- restore --from');
  });
});
